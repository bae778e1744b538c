"""Requests that Slack sends more than once: recognised, and answered as the first time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.transport.body import Body
from bot.transport.ports import Answer

KEPT_SECONDS = 600.0
"""Slack's last retry of an event comes after five minutes."""
_KEPT = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestKind:
    """What a request is, for counting, and the key that its repetitions share (None: never repeated)."""

    name: str
    key: str | None


class RecentAnswers:
    """`SeenRequests` in the memory of one process.

    A retry that reaches another process runs the listener again; listeners are idempotent, so this saves work and
    keeps modals from being answered twice in different ways, and correctness does not rest on it.
    """

    def __init__(
        self, *, seconds: float = KEPT_SECONDS, kept: int = _KEPT, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._limit = kept
        self._monotonic = monotonic
        # Not a dict: taking its first key again and again gets slower with each one taken.
        self._answers: OrderedDict[str, tuple[float, Answer]] = OrderedDict()

    async def answer_to(self, key: str) -> Answer | None:
        kept = self._answers.get(key)
        return kept[1] if kept is not None and kept[0] > self._monotonic() else None

    async def remember(self, key: str, answer: Answer) -> None:
        self._answers.pop(key, None)
        if len(self._answers) >= self._limit:
            self._answers.popitem(last=False)
        self._answers[key] = (self._monotonic() + self._seconds, answer)


def kind_of(body: Body) -> RequestKind:
    """Events repeat under their `event_id`, commands and interactions under their `trigger_id`, which is used once;
    without one, an action is told by where, what, when and who."""
    kind = body.get("type")
    if kind == "event_callback":
        return RequestKind(name="event", key=_key("event", body.get("event_id")))
    if "command" in body:
        return RequestKind(name="command", key=_key("command", body.get("team_id"), body.get("trigger_id")))
    if kind in ("block_actions", "view_submission", "shortcut", "message_action"):
        key = _key(str(kind), _id(body.get("team")) or _id(body.get("enterprise")), body.get("trigger_id"))
        return RequestKind(name=str(kind), key=key or _action_key(body))
    if kind in ("block_suggestion", "view_closed", "url_verification"):
        return RequestKind(name=str(kind), key=None)
    return RequestKind(name="other", key=None)


def _action_key(body: Body) -> str | None:
    container = body.get("container")
    actions = body.get("actions")
    if not isinstance(container, dict) or not isinstance(actions, list) or not actions:
        return None
    first = actions[0] if isinstance(actions[0], dict) else {}
    place = (container.get("channel_id"), container.get("message_ts"))
    return _key("action", *place, first.get("action_id"), first.get("action_ts"), _id(body.get("user")))


def _key(*parts: object) -> str | None:
    """None where a part is missing: better to run twice than to mistake one request for another."""
    if any(not isinstance(part, str) or not part for part in parts):
        return None
    return "\x1f".join(str(part) for part in parts)


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else None
