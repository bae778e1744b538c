"""The page on a world in memory: everything but the bot's database, mail and calendar servers is the real thing."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from playground.changes import Changes
from playground.clock import PlaygroundClock
from playground.page import mount
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.scripted_bot import ScriptedBot


@dataclass(frozen=True, kw_only=True)
class MemoryMail:
    id: str
    subject: str
    sender: str = "Meetdown <meetdown@acme.example>"
    to: tuple[str, ...] = ("hank@globex.example",)
    reply_to: str = "anna@acme.example"
    text: str = "Dear Hank"
    html: str = ""
    calendars: tuple[str, ...] = ()
    message_id: str = "<1@acme.example>"
    at: datetime = datetime(2030, 1, 7, 9, tzinfo=UTC)


@dataclass(kw_only=True)
class MemoryMailbox:
    mails: list[MemoryMail] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class MemoryEntry:
    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str = ""
    attendees: tuple[str, ...] = ()
    cancelled: bool = False


class MemoryCalendar:
    def __init__(self, changed: Changes) -> None:
        self._changed = changed
        self.held: dict[str, list[MemoryEntry]] = {}

    async def entries(self, user_id: str) -> list[MemoryEntry]:
        return sorted(self.held.get(user_id, []), key=lambda entry: entry.starts_at)

    async def add(self, user_id: str, **fields: Any) -> None:
        entries = self.held.setdefault(user_id, [])
        given = {**fields, "attendees": tuple(fields["attendees"])}
        entries.append(MemoryEntry(id=f"e{len(entries) + 1}", **given))
        self._changed.tell("calendar")

    async def move(self, user_id: str, entry_id: str, *, starts_at: datetime, ends_at: datetime) -> None:
        self._change(user_id, entry_id, starts_at=starts_at, ends_at=ends_at)

    async def cancel(self, user_id: str, entry_id: str) -> None:
        self._change(user_id, entry_id, cancelled=True)

    def feed_url(self, user_id: str) -> str:
        return f"http://127.0.0.1:9/{user_id}.ics" if user_id == OWNER else ""

    def _change(self, user_id: str, entry_id: str, **fields: Any) -> None:
        entries = self.held[user_id]
        if entry_id not in [entry.id for entry in entries]:
            raise LookupError(entry_id)
        self.held[user_id] = [replace(one, **fields) if one.id == entry_id else one for one in entries]
        self._changed.tell("calendar")


class MemoryWorld:
    """Two people, the bot's DM with each, and one channel; `bot` says what the test tells it to."""

    def __init__(self, slack: SlackStandIn, clock: PlaygroundClock) -> None:
        self.slack = slack
        self.clock = clock
        self.changed = Changes()
        self.mailbox = MemoryMailbox()
        self.calendar = MemoryCalendar(self.changed)
        self.due: datetime | None = None
        self.bot = ScriptedBot()
        clock.listeners.add(lambda: self.changed.tell("clock"))

    async def travel(self, to: datetime) -> None:
        self.clock.to(to)

    async def next_due(self) -> datetime | None:
        return self.due

    async def says(self, text: str, *, user: str = OWNER, **args: Any) -> Mapping[str, Any]:
        """The bot posts to the DM with `user`, or to `channel`; the answer of Slack."""
        return await self.calls("chat.postMessage", **{"channel": user, "text": text, **args})

    async def calls(self, method: str, **args: Any) -> Mapping[str, Any]:
        """The bot calls Slack's Web API, over real HTTP. SlackApiError where that is refused."""
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(
                token=self.slack.bot_token, base_url=self.slack.api_url, session=session, retry_handlers=[]
            )
            answer = await client.api_call(method, json=args)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def shows(self, view: Mapping[str, Any], user: str = OWNER) -> None:
        """The bot opens a modal, as it does when somebody types a command."""
        await self.slack.as_user(user).command("/meetdown", "modal")
        trigger = self.bot.received[-1].form["trigger_id"]
        await self.calls("views.open", trigger_id=trigger, view=view)

    @property
    def base_url(self) -> str:
        return self.slack.base_url

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        clock = PlaygroundClock()
        slack = SlackStandIn(time_scale=0.0005, clock=clock)
        world = cls(slack, clock)
        slack.add_user(OWNER, name="anna", real_name="Anna Berg", email="anna@acme.example", title="Account director")
        slack.add_user(COLLEAGUE, name="ben", real_name="Ben Visser", email="ben@acme.example", locale="nl-NL")
        slack.add_channel("C0GENERAL", name="general", members={OWNER, COLLEAGUE, slack.workspace.bot_user_id})
        slack.mount(lambda server: mount(server, world))
        async with slack, world.bot:
            slack.request_url = world.bot.url
            yield world


def soon(**later: int) -> datetime:
    """Some time from now, on a full minute."""
    return (datetime.now(UTC) + timedelta(**later)).replace(second=0, microsecond=0)
