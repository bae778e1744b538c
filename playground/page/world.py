"""What the page needs of the world around it; whoever runs the playground provides it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from playground.server import SlackStandIn


class PageClock(Protocol):
    """The time that the bot and the stand-in share; moving it is told to whoever subscribed."""

    def now(self) -> datetime: ...

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the machine's."""
        ...

    def move(self, by: timedelta) -> None: ...

    def to(self, moment: datetime) -> None: ...

    def back_to_now(self) -> None: ...


class PageMail(Protocol):
    """One mail as it was received."""

    @property
    def id(self) -> str: ...

    @property
    def sender(self) -> str:
        """The From header."""
        ...

    @property
    def to(self) -> Sequence[str]: ...

    @property
    def reply_to(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def html(self) -> str:
        """Empty where the mail has none."""
        ...

    @property
    def calendars(self) -> Sequence[str]:
        """The text of each text/calendar part."""
        ...

    @property
    def message_id(self) -> str: ...

    @property
    def at(self) -> datetime:
        """By the playground's clock."""
        ...


class PageMailbox(Protocol):
    @property
    def mails(self) -> Sequence[PageMail]:
        """Oldest first."""
        ...


class PageEntry(Protocol):
    """One occurrence in somebody's calendar."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...

    @property
    def location(self) -> str: ...

    @property
    def attendees(self) -> Sequence[str]:
        """Addresses, without the owner's."""
        ...

    @property
    def cancelled(self) -> bool: ...


class PageCalendar(Protocol):
    """The calendars of the members, on a real server; every act is done when it returns.

    Raises LookupError for an entry that is no longer there, ValueError for an end before the start.
    """

    async def entries(self, user_id: str) -> Sequence[PageEntry]:
        """From yesterday to some weeks ahead, in the order of their starts."""
        ...

    async def add(
        self,
        user_id: str,
        *,
        title: str,
        starts_at: datetime,
        ends_at: datetime,
        location: str,
        attendees: Sequence[str],
    ) -> None: ...

    async def move(self, user_id: str, entry_id: str, *, starts_at: datetime, ends_at: datetime) -> None: ...

    async def cancel(self, user_id: str, entry_id: str) -> None: ...

    def feed_url(self, user_id: str) -> str:
        """The address to paste into the bot; empty where the member has no calendar."""
        ...


class Changes(Protocol):
    def subscribe(self) -> AsyncIterator[Mapping[str, Any]]:
        """Small events with a `kind`; closing the iterator ends the subscription."""
        ...


class World(Protocol):
    @property
    def slack(self) -> SlackStandIn: ...

    @property
    def clock(self) -> PageClock: ...

    @property
    def mailbox(self) -> PageMailbox: ...

    @property
    def calendar(self) -> PageCalendar: ...

    @property
    def changed(self) -> Changes: ...

    async def next_due(self) -> datetime | None:
        """When the next reminder or follow-up is due in the bot's database."""
        ...

    async def travel(self, to: datetime) -> None:
        """Move the clock on with a stop at whatever is due on the way. ValueError for a moment out of reach."""
        ...
