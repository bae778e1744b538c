"""What the transport needs of others, as narrow Protocols; assembly says who does it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.slack.installations import BotInstallation, Installations

__all__ = [
    "Answer",
    "BotInstallation",
    "Check",
    "InstallationStore",
    "Installations",
    "NewInstallation",
    "OAuthStates",
    "SeenRequests",
]

Check = Callable[[], Awaitable[None]]
"""Returns where the thing is ready, raises where it is not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What Slack is answered."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class SeenRequests(Protocol):
    """The answers given to requests that may come again.

    A request is remembered once it was answered with 200, never before: where its first try died, the retry must run.
    """

    async def answer_to(self, key: str) -> Answer | None:
        """The answer given to `key`, or None where it was not dealt with (or too long ago)."""
        ...

    async def remember(self, key: str, answer: Answer) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class NewInstallation:
    """What an installation through OAuth brings. For a whole organisation `team_id` is None."""

    team_id: str | None
    team_name: str
    enterprise_id: str | None
    enterprise_name: str
    app_id: str
    bot_token: str = field(repr=False)
    bot_user_id: str
    bot_id: str
    scopes: tuple[str, ...]
    refresh_token: str | None = field(repr=False, default=None)
    """Only with token rotation."""
    token_expires_at: datetime | None = None
    installed_by: str
    installed_at: datetime


class InstallationStore(Protocol):
    """Where installations are kept; tokens encrypted."""

    async def save(self, installation: NewInstallation) -> None:
        """Replaces what was kept for the same workspace or organisation."""
        ...


class OAuthStates(Protocol):
    """The one-time states of installations under way."""

    async def issue(self) -> str:
        """A new unguessable state, good for ten minutes."""
        ...

    async def consume(self, state: str) -> bool:
        """Whether the state was issued and not consumed before; atomically, so that of two only one gets True."""
        ...
