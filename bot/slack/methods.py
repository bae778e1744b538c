"""The Web API methods that the bot calls, each with its pace, its scope and what a lost answer means."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.slack.pace import GENEROUS, PER_WORKSPACE, TIER_3, TIER_4, Rate


class Repeat(Enum):
    """What may be done when a call was sent and no answer came."""

    SAFE = auto()
    """Reads, and writes that end in the same state: tried again."""
    NEVER = auto()
    """Posts, and whatever uses a trigger: the caller is told that it is uncertain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    name: str
    rate: Rate
    scope: str | None = None
    """The bot scope it needs; manifest.yml lists exactly these and `commands`."""
    repeat: Repeat = Repeat.SAFE
    as_query: bool = False
    """Slack reads the arguments of its older read methods from the query, not from JSON."""
    seconds: float = 10.0
    """How long to wait for the answer."""
    max_wait: float = 30.0
    """How long to wait for a turn."""
    uses_trigger: bool = False
    """It must be over before its trigger is: no second try."""


_TRIGGER_SECONDS = 2.5
"""A trigger lives 3 s: an answer that is later helps nobody."""


def _with_trigger(name: str) -> Method:
    return Method(
        name=name,
        rate=TIER_4,
        repeat=Repeat.NEVER,
        seconds=_TRIGGER_SECONDS,
        max_wait=_TRIGGER_SECONDS,
        uses_trigger=True,
    )


AUTH_TEST = Method(name="auth.test", rate=GENEROUS, as_query=True)
POST = Method(name="chat.postMessage", rate=PER_WORKSPACE, scope="chat:write", repeat=Repeat.NEVER)
UPDATE = Method(name="chat.update", rate=TIER_3, scope="chat:write")
DELETE = Method(name="chat.delete", rate=TIER_3, scope="chat:write")
OPEN_DM = Method(name="conversations.open", rate=TIER_3, scope="im:write")
HISTORY = Method(name="conversations.history", rate=TIER_3, scope="im:history", as_query=True)
USER_INFO = Method(name="users.info", rate=TIER_4, scope="users:read", as_query=True, max_wait=5.0)
OPEN_VIEW = _with_trigger("views.open")
PUSH_VIEW = _with_trigger("views.push")
UPDATE_VIEW = Method(name="views.update", rate=TIER_4, max_wait=5.0)

START_UPLOAD = Method(name="files.getUploadURLExternal", rate=TIER_4, scope="files:write", as_query=True)
"""Repeated without harm: an upload that nobody completes is shown to nobody."""
SHARE_UPLOAD = Method(name="files.completeUploadExternal", rate=TIER_4, scope="files:write", repeat=Repeat.NEVER)

ALL = (
    AUTH_TEST,
    POST,
    UPDATE,
    DELETE,
    OPEN_DM,
    HISTORY,
    USER_INFO,
    OPEN_VIEW,
    PUSH_VIEW,
    UPDATE_VIEW,
    START_UPLOAD,
    SHARE_UPLOAD,
)
