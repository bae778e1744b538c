"""What the stand-in Slack keeps. Mutable on purpose: this is Slack's side, and tests turn its knobs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
"""A JSON object as it travels."""

BOT_SCOPES = frozenset(
    {
        "chat:write",
        "commands",
        "files:write",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(kw_only=True)
class App:
    """The one app that this Slack knows, as its configuration page would show it."""

    id: str = "A0MEETDOWN"
    client_id: str = "1000.2000"
    client_secret: str = "client-secret-of-the-stand-in"
    signing_secret: str = "signing-secret-of-the-stand-in"
    app_token: str = "xapp-1-A0MEETDOWN-1-stand-in"
    messages_tab: bool = True
    """Off: every DM is refused with messages_tab_disabled."""
    scopes: frozenset[str] = BOT_SCOPES
    """What an installation grants."""
    hears_own_messages: bool = False
    """On: what the bot posts and changes comes back to it as an event, as with a subscription to message.im."""


@dataclass(kw_only=True)
class Workspace:
    id: str
    name: str
    domain: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    """The token of the newest installation."""
    enterprise_id: str | None = None
    installed: bool = True

    @property
    def url(self) -> str:
        return f"https://{self.domain}.slack.example/"


@dataclass(kw_only=True)
class Grant:
    """What a token stands for."""

    token: str
    team_id: str
    scopes: set[str]
    error: str = ""
    """Why it no longer works: `token_revoked`, `account_inactive`, `invalid_auth`, `token_expired`; empty: it works."""


@dataclass(kw_only=True)
class User:
    id: str
    team_id: str
    """The home workspace; differs from the viewing one for people of a shared channel."""
    name: str
    real_name: str = ""
    title: str = ""
    """What they do, as in their profile."""
    email: str = ""
    locale: str = "en-US"
    tz: str = "Europe/Amsterdam"
    tz_offset: int = 3600
    """Seconds east of UTC; Slack reports it beside `tz`."""
    is_admin: bool = False
    is_owner: bool = False
    """Slack calls an owner an administrator as well."""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_invited_user: bool = False
    is_stranger: bool = False
    enterprise_id: str | None = None
    seen_in: set[str] = field(default_factory=set)
    """Other workspaces that know this person through a shared channel."""
    visible: bool = True
    """False: the bot is told user_not_visible."""
    dm_error: str = ""
    """The error a message to this person gets, such as `restricted_action`; empty: none."""

    @property
    def is_slackbot(self) -> bool:
        return self.id == "USLACKBOT"


@dataclass(kw_only=True)
class Channel:
    id: str
    team_id: str
    kind: str
    """`im`, `public` or `private`."""
    name: str = ""
    user_id: str = ""
    """The person on the other side of the bot; `im` only."""
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    last_read: dict[str, str] = field(default_factory=dict)
    """Per person the name of the newest message they have seen."""


@dataclass(kw_only=True)
class Message:
    channel: str
    ts: str
    team_id: str
    user: str
    bot_id: str = ""
    app_id: str = ""
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    """Kept, never shown: the page says that they are there."""
    files: list[str] = field(default_factory=list)
    """Ids of the files that are shared in it."""
    metadata: Json | None = None
    thread_ts: str = ""
    edited_ts: str = ""
    deleted: bool = False
    states: dict[str, Json] = field(default_factory=dict)
    """Per person what is chosen in the message: block_id → action_id → value."""
    earlier: list[Json] = field(default_factory=list)
    """What it said before each of the newest updates, oldest first."""

    @property
    def payload(self) -> Json:
        return _payload(self)


@dataclass(kw_only=True)
class Ephemeral:
    """Seen by one person, never kept by Slack, cannot be read back."""

    channel: str
    ts: str
    team_id: str
    user: str
    """Who sees it."""
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    deleted: bool = False
    states: dict[str, Json] = field(default_factory=dict)

    @property
    def payload(self) -> Json:
        return _payload(self)


def _payload(shown: Message | Ephemeral) -> Json:
    said: Json = {"text": shown.text, "blocks": shown.blocks}
    return {**said, "attachments": shown.attachments} if shown.attachments else said


@dataclass(kw_only=True)
class File:
    """A file that somebody is uploading, has uploaded, or has shared."""

    id: str
    team_id: str
    user: str
    name: str
    length: int
    """Bytes, as announced."""
    ticket: str = ""
    """The secret part of the address where the bytes are expected; empty once the file is completed."""
    content: str = ""
    """Base64."""
    title: str = ""
    at: str = ""
    """When it was completed, as the `ts` of a message."""
    shares: list[str] = field(default_factory=list)
    """`channel:ts` of each message that it is in."""


@dataclass(kw_only=True)
class View:
    id: str
    team_id: str
    user: str
    payload: Json
    """As the bot sent it, with block and action ids made up where it gave none."""
    hash: str
    root_id: str
    previous_id: str | None = None
    state: Json = field(default_factory=dict)
    """What stands in the inputs now: block_id → action_id → value object."""
    errors: dict[str, str] = field(default_factory=dict)
    """Shown beside the inputs: block_id → sentence."""
    is_open: bool = True

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.payload.get("private_metadata", ""))

    @property
    def title(self) -> str:
        return str(self.payload.get("title", {}).get("text", ""))


Surface = Message | Ephemeral | View
"""Anything with blocks that a person can act on."""


@dataclass(kw_only=True)
class Trigger:
    id: str
    team_id: str
    user: str
    at: datetime
    view_id: str | None = None
    """The modal that the interaction came from: only then can another one be pushed."""
    used: bool = False


@dataclass(kw_only=True)
class ResponseUrl:
    token: str
    team_id: str
    channel: str
    user: str
    at: datetime
    original: Message | Ephemeral | None = None
    """What the person acted on; None for a command, which has nothing to replace."""
    uses: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class OAuthCode:
    """A person's yes to an installation, to be exchanged for a token once."""

    team_id: str
    user_id: str
    scopes: frozenset[str]


@dataclass(kw_only=True)
class ApiCall:
    """One call of the bot. `args` are decoded: JSON strings of a form are objects here."""

    method: str
    args: Json
    team_id: str
    at: datetime
    status: int = 200
    response: Json = field(default_factory=dict)
    fault: str = ""
    """What was done to it on purpose."""

    @property
    def ok(self) -> bool:
        return bool(self.response.get("ok"))
