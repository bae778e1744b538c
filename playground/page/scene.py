"""What one person sees at one address of the page, as plain values for the templates."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from playground import forms
from playground.page.mrkdwn import Names
from playground.records import Channel, Ephemeral, File, Json, Message, User, View
from playground.store import Store

HOME = "home"
PANES: Mapping[str, str] = {
    "clock": "Clock",
    "mail": "Mailbox",
    "calendar": "Calendar",
    "faults": "Faults",
    "inspector": "Inspector",
}
SAME_BREATH = timedelta(minutes=5)
"""Messages of one author that follow within this time stand under one name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    user_id: str
    place: str = ""
    """A channel's id, or `home` for the app's Home tab."""
    pane: str = ""
    thread: str = ""
    """The `ts` of the message whose thread is open."""
    about: str = ""
    """What the pane shows in detail: a message's `ts` in the inspector, a mail's id in the mailbox."""

    def link(self, **changes: str) -> str:
        there = {"place": self.place, "pane": self.pane, "thread": self.thread, "about": self.about, **changes}
        path = f"/as/{there.pop('user_id', self.user_id)}/{there.pop('place')}"
        query = urlencode({name: value for name, value in there.items() if value})
        return f"{path}?{query}" if query else path

    @classmethod
    def of(cls, user_id: str, place: str, query: Mapping[str, str]) -> Self:
        pane = query.get("pane", "")
        return cls(
            user_id=user_id,
            place=place,
            pane=pane if pane in PANES else "",
            thread=query.get("thread", ""),
            about=query.get("about", ""),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One message as it stands in a conversation."""

    message: Message | Ephemeral
    author: str
    is_app: bool
    at: datetime
    """In the zone of whoever looks."""
    new_day: bool
    continued: bool
    replies: int
    state: Json
    files: Sequence["SharedFile"] = ()

    @property
    def ts(self) -> str:
        return self.message.ts

    @property
    def only_for_you(self) -> bool:
        return isinstance(self.message, Ephemeral)

    @property
    def surface(self) -> str:
        kind = "ephemeral" if self.only_for_you else "message"
        return f"{kind}:{self.message.channel}:{self.message.ts}"

    @property
    def edited(self) -> bool:
        return isinstance(self.message, Message) and bool(self.message.edited_ts)


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedFile:
    id: str
    name: str
    title: str
    size: str
    """For people, such as `2.1 kB`."""

    @classmethod
    def of(cls, file: File) -> Self:
        size = f"{file.length} bytes" if file.length < 1000 else f"{file.length / 1000:.1f} kB"
        return cls(id=file.id, name=file.name, title=file.title, size=size)


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    channel: Channel
    name: str
    unread: int


class Scene:
    """Reads the store for one person; cheap enough to be made anew at each change."""

    def __init__(self, store: Store, user: User) -> None:
        self.store = store
        self.user = user
        self.workspace = store.workspaces[user.team_id]
        self.zone = ZoneInfo(user.tz)

    @property
    def names(self) -> Names:
        return Names(
            people={user.id: _name(user) for user in self.store.users.values()},
            channels={channel.id: channel.name for channel in self.store.channels.values() if channel.name},
            zone=self.user.tz,
        )

    @property
    def people(self) -> Sequence[User]:
        return people(self.store)

    @property
    def bot_name(self) -> str:
        return _name(self.store.users[self.workspace.bot_user_id])

    @property
    def dm(self) -> Channel:
        return self.store.open_dm(self.workspace.id, self.user.id)

    @property
    def home(self) -> View | None:
        return self.store.views.get(self.store.homes.get(self.user.id, ""))

    @property
    def conversations(self) -> list[Conversation]:
        """The bot's first, then the channels by name."""
        dm = self.dm
        rooms = [one for one in self.store.channels.values() if one.kind != "im" and self.user.id in one.members]
        named = [(dm, self.bot_name), *((room, room.name) for room in sorted(rooms, key=lambda room: room.name))]
        return [Conversation(channel=channel, name=name, unread=self._unread(channel)) for channel, name in named]

    def _unread(self, channel: Channel) -> int:
        seen = channel.last_read.get(self.user.id, "")
        return sum(1 for one in self.store.messages_in(channel.id) if one.user != self.user.id and one.ts > seen)

    def read_all(self, channel: Channel) -> bool:
        """Everything in it was seen; whether that changes anything."""
        messages = self.store.messages_in(channel.id)
        newest = messages[-1].ts if messages else ""
        if channel.last_read.get(self.user.id, "") >= newest:
            return False
        channel.last_read[self.user.id] = newest
        return True

    def lines(self, channel: Channel) -> list[Line]:
        """What stands in the conversation itself, without the answers in threads."""
        messages = [one for one in self.store.messages_in(channel.id) if one.thread_ts in ("", one.ts)]
        mine = [one for one in self.store.ephemerals if self._sees(one, channel)]
        return list(self._lines(sorted([*messages, *mine], key=lambda one: one.ts)))

    def thread(self, channel: Channel, ts: str) -> list[Line]:
        """A message and the answers to it."""
        return list(self._lines([one for one in self.store.messages_in(channel.id) if ts in (one.ts, one.thread_ts)]))

    def _sees(self, one: Ephemeral, channel: Channel) -> bool:
        return (one.user, one.channel, one.deleted) == (self.user.id, channel.id, False)

    def _lines(self, messages: Sequence[Message | Ephemeral]) -> Iterator[Line]:
        before: tuple[tuple[str, type], datetime] | None = None
        answers = [one for one in self.store.messages if one.thread_ts not in ("", one.ts) and not one.deleted]
        replies = Counter((one.channel, one.thread_ts) for one in answers)
        for message in messages:
            author = self._author(message)
            at = self.local(message.ts)
            new_day = before is None or before[1].date() != at.date()
            alike = before is not None and before[0] == (author.id, type(message))
            close = before is not None and at - before[1] < SAME_BREATH
            yield Line(
                message=message,
                author=_name(author),
                is_app=author.is_bot,
                at=at,
                new_day=new_day,
                continued=alike and close and not new_day and isinstance(message, Message),
                replies=replies[message.channel, message.ts],
                state=forms.initial_state(message.blocks, message.states.get(self.user.id)),
                files=self._files(message),
            )
            before = (author.id, type(message)), at

    def _files(self, message: Message | Ephemeral) -> list[SharedFile]:
        ids = message.files if isinstance(message, Message) else []
        return [SharedFile.of(self.store.files[one]) for one in ids if one in self.store.files]

    def _author(self, message: Message | Ephemeral) -> User:
        return self.store.users[self.workspace.bot_user_id if isinstance(message, Ephemeral) else message.user]

    def local(self, ts: str) -> datetime:
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self.zone)


def people(store: Store) -> list[User]:
    """Those one can be on the page."""
    return [one for one in store.users.values() if not (one.is_bot or one.is_slackbot or one.deleted)]


def person(store: Store, user_id: str) -> User:
    """LookupError where that is nobody one can be: not there, gone, or a bot."""
    user = store.users[user_id]
    if user not in people(store):
        raise LookupError(user_id)
    return user


def _name(user: User) -> str:
    return user.real_name or user.name.title()
