"""The guided first minute: three steps, ticked off by what really happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from playground.page.world import World
from playground.records import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    text: str
    done: bool
    act: str
    """What its button does: an act of the page's script."""
    value: str
    label: str


def steps(world: World, user: User) -> Sequence[Step]:
    """Empty once all are done."""
    sent = [parcel for parcel, answer in world.slack.courier.delivered if answer.acknowledged]
    asked = any(p.kind == "slash_commands" and p.payload.get("user_id") == user.id for p in sent)
    decided = any(
        p.payload.get("type") == "view_submission" and p.payload["user"]["id"] == user.id
        for p in sent
        if p.kind == "interactive"
    )
    moved = world.clock.offset > timedelta(seconds=1)
    found = [
        Step(
            text="Ask for your coming client meetings.",
            done=asked,
            act="type",
            value="/meetdown",
            label="Type /meetdown",
        ),
        Step(
            text="Make a meeting shorter, or choose another way out, and send the form.",
            done=decided,
            act="",
            value="",
            label="",
        ),
        Step(
            text="Move the clock to the next reminder, and see it arrive.",
            done=moved,
            act="clock",
            value="next",
            label="To the next reminder",
        ),
    ]
    return [] if all(step.done for step in found) else found
