"""The guided first minute: three steps, ticked off by what really happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from playground.page.world import World
from playground.records import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    text: str
    act: str = ""
    """What its button does: an act of the page's script. Empty: it has none."""
    value: str = ""
    label: str = ""
    done: bool = False


_STEPS = (
    Step(text="Ask for your coming client meetings.", act="type", value="/meetdown", label="Type /meetdown"),
    Step(text="Make a meeting shorter, or choose another way out, and send the form."),
    Step(
        text="Move the clock to the next reminder, and see it arrive.",
        act="clock",
        value="next",
        label="To the next reminder",
    ),
)


class Guide:
    """What was done stays done, also when the clock goes back and what was sent is forgotten."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._done: dict[str, tuple[bool, ...]] = {}

    def steps(self, user: User) -> Sequence[Step]:
        """Empty once all are done."""
        before = self._done.get(user.id, (False,) * len(_STEPS))
        if all(before):
            return []
        now = tuple(was or is_so for was, is_so in zip(before, _happened(self._world, user), strict=True))
        self._done[user.id] = now
        return [] if all(now) else [replace(step, done=done) for step, done in zip(_STEPS, now, strict=True)]


def _happened(world: World, user: User) -> tuple[bool, bool, bool]:
    sent = [parcel for parcel, answer in world.slack.courier.delivered if answer.acknowledged]
    asked = any(p.kind == "slash_commands" and p.payload.get("user_id") == user.id for p in sent)
    decided = any(
        p.payload.get("type") == "view_submission" and p.payload["user"]["id"] == user.id
        for p in sent
        if p.kind == "interactive"
    )
    moved = world.clock.offset > timedelta(seconds=1)
    return asked, decided, moved
