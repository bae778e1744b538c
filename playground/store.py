"""Slack's memory: everything in one process, looked up by id, with a signal for whoever waits for a change."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from domain.clock import Clock
from playground.blockkit.rules import Violation
from playground.records import (
    ApiCall,
    App,
    Channel,
    Ephemeral,
    File,
    Grant,
    Json,
    Message,
    OAuthCode,
    ResponseUrl,
    Surface,
    Trigger,
    User,
    View,
    Workspace,
)

Found = TypeVar("Found")


class Store:
    def __init__(self, *, app: App, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.workspaces: dict[str, Workspace] = {}
        self.grants: dict[str, Grant] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.ephemerals: list[Ephemeral] = []
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        """Open modals of each person, the visible one last."""
        self.homes: dict[str, str] = {}
        """The Home tab of each person: user id → view id."""
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.oauth_codes: dict[str, OAuthCode] = {}
        self.socket_tickets: set[str] = set()
        """Websocket addresses that were given out and not used yet."""
        self.calls: list[ApiCall] = []
        self.violations: list[Violation] = []
        self.listeners: set[Callable[[], None]] = set()
        """Called at each change."""
        self._waiting: set[asyncio.Future[None]] = set()
        self.last_ts = 0
        """The newest message name, in microseconds."""
        self.numbers = 0
        """How many ids were made."""

    # Names and moments

    def new_id(self, letter: str) -> str:
        """Like Slack's: a letter that says the kind, then capitals and digits."""
        return f"{letter}{self._next_number():010d}"

    def _next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    def new_ts(self) -> str:
        """A message's name: seconds and microseconds, never twice and never backwards."""
        self.last_ts = max(self.last_ts + 1, int(self.clock.now().timestamp() * 1_000_000))
        seconds, microseconds = divmod(self.last_ts, 1_000_000)
        return f"{seconds}.{microseconds:06d}"

    def new_hash(self) -> str:
        return f"{self.new_ts().partition('.')[0]}.{secrets.token_hex(4)}"

    def now(self) -> datetime:
        return self.clock.now()

    # Waiting

    def changed(self) -> None:
        """Wake whoever waits: something happened."""
        for waiter in list(self._waiting):
            if not waiter.done():
                waiter.set_result(None)
        for listener in list(self.listeners):
            listener()

    async def wait_for(self, found: Callable[[], Found], timeout: float) -> Found:  # noqa: ASYNC109 - a helper for tests
        """The first true result of `found`, asked again after each change; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (result := found()):
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
        return result

    # Workspaces and people

    def add_workspace(
        self, team_id: str, *, name: str, domain: str, enterprise_id: str | None, installed: bool
    ) -> Workspace:
        """A workspace with the bot in it. `installed=False`: nobody clicked *Add to Slack* yet."""
        workspace = Workspace(
            id=team_id,
            name=name,
            domain=domain,
            enterprise_id=enterprise_id,
            bot_user_id=f"UB{team_id}",
            bot_id=f"B{team_id}",
            bot_token="",
            installed=installed,
        )
        self.workspaces[team_id] = workspace
        self.add_user(User(id=workspace.bot_user_id, team_id=team_id, name="meetdown", is_bot=True))
        if "USLACKBOT" not in self.users:
            self.add_user(User(id="USLACKBOT", team_id=team_id, name="slackbot", real_name="Slackbot"))
        self.users["USLACKBOT"].seen_in.add(team_id)
        if installed:
            self.install(team_id, scopes=set(self.app.scopes), token=f"xoxb-{team_id}-stand-in")
        return workspace

    def install(self, team_id: str, *, scopes: set[str], token: str = "") -> Grant:
        workspace = self.workspaces[team_id]
        grant = Grant(token=token or f"xoxb-{team_id}-{secrets.token_hex(8)}", team_id=team_id, scopes=scopes)
        self.grants[grant.token] = grant
        workspace.bot_token = grant.token
        workspace.installed = True
        return grant

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def user_seen_by(self, team_id: str, user_id: str) -> User | None:
        user = self.users.get(user_id)
        return user if user is not None and (user.team_id == team_id or team_id in user.seen_in) else None

    # Conversations

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def dm_with(self, team_id: str, user_id: str) -> Channel | None:
        for channel in self.channels.values():
            if (channel.kind, channel.team_id, channel.user_id) == ("im", team_id, user_id):
                return channel
        return None

    def open_dm(self, team_id: str, user_id: str) -> Channel:
        members = {user_id, self.workspaces[team_id].bot_user_id}
        return self.dm_with(team_id, user_id) or self.add_channel(
            Channel(id=self.new_id("D"), team_id=team_id, kind="im", user_id=user_id, members=members)
        )

    def message(self, channel_id: str, ts: str) -> Message | None:
        for message in reversed(self.messages):
            if (message.channel, message.ts, message.deleted) == (channel_id, ts, False):
                return message
        return None

    def current(self, shown: Message | Ephemeral) -> Message | Ephemeral | None:
        """What stands now where `shown`, perhaps an older copy, stood; None once it is gone."""
        if isinstance(shown, Message):
            return self.message(shown.channel, shown.ts)
        found = (one for one in self.ephemerals if (one.user, one.ts, one.deleted) == (shown.user, shown.ts, False))
        return next(found, None)

    def messages_in(self, channel_id: str) -> list[Message]:
        return [message for message in self.messages if message.channel == channel_id and not message.deleted]

    # Interactions

    def new_trigger(self, team_id: str, user_id: str, on: Surface | None) -> Trigger:
        trigger = Trigger(
            id=f"{self._next_number()}.{self.new_ts().replace('.', '')}.{secrets.token_hex(8)}",
            team_id=team_id,
            user=user_id,
            at=self.now(),
            view_id=on.id if isinstance(on, View) else None,
        )
        self.triggers[trigger.id] = trigger
        return trigger

    def new_response_url(
        self, team_id: str, user_id: str, channel: str, original: Message | Ephemeral | None
    ) -> ResponseUrl:
        made = ResponseUrl(
            token=secrets.token_urlsafe(12),
            team_id=team_id,
            user=user_id,
            channel=channel,
            at=self.now(),
            original=original,
        )
        self.response_urls[made.token] = made
        return made

    def age(self, moment: datetime) -> timedelta:
        return self.now() - moment


def with_ids(blocks: list[Any], store: Store) -> list[Json]:
    """The blocks as Slack keeps them: each block and interactive element has an id, made up where none was given."""
    kept: list[Json] = []
    for block in blocks:
        copy = {**block, "block_id": block.get("block_id") or store.new_id("b")}
        for name in ("element", "accessory"):
            if name in copy:
                copy[name] = _with_action_id(copy[name], store)
        if copy["type"] == "actions":
            copy["elements"] = [_with_action_id(element, store) for element in copy["elements"]]
        kept.append(copy)
    return kept


def _with_action_id(element: Json, store: Store) -> Json:
    return (
        element
        if element.get("action_id") or element["type"] == "image"
        else {
            **element,
            "action_id": store.new_id("a"),
        }
    )
