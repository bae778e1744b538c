"""The made-up meeting as messages get it, and the values of every rule of the judgement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.assessment import Facts, Value, assess
from domain.decision import Decision, Draft, Effect, EffectState
from domain.policy import Policy
from domain.timeline import EffectRecord
from domain.upcoming import Upcoming
from domain.words import MeetingKind, Option, Reason, Tier
from messages.blocks import Block, Message
from messages.meeting_view import MeetingView
from tests.support.wording import AMSTERDAM, CLIENT, MEETING, NOW, TERMS, everywhere

LANGUAGES = ("en", "nl")

RULE_VALUES: Mapping[str, Value] = {
    "tier": Tier.B,
    "from_tier": Tier.C,
    "to_tier": Tier.B,
    "counted_as": Tier.C,
    "share_percent": 12.5,
    "limit_percent": 10.0,
    "days": 30,
    "limit_days": 90,
    "option": Option.EMAIL,
    "reason": Reason.EMERGENCY,
    "kind": MeetingKind.KICKOFF,
    "meetings": 5,
    "meetings_limit": 4,
    "occurrences": 3,
    "occurrences_limit": 3,
    "limit": 4,
    "step_downs": 2,
    "budget": 1,
    "hours": 1,
    "minutes": 61,
    "limit_hours": 2,
    "limit_minutes": 15,
}
"""Everything that any rule may carry, so that each can be said."""


def view(*, facts: Mapping[str, Any] | None = None, **changes: Any) -> MeetingView:
    """Seen by its owner on a Friday, four days before."""
    meeting = changes.get("meeting", MEETING)
    known = Facts(tier=CLIENT.tier, minutes=meeting.minutes, mode=meeting.mode, until=meeting.starts_at - NOW)
    made = MeetingView(
        meeting=MEETING,
        client=CLIENT,
        zone=AMSTERDAM,
        assessment=assess(replace(known, **(facts or {})), Policy()),
        met_lately=4,
    )
    return replace(made, **changes)


def decision(option: Option, **changes: Any) -> Decision:
    draft = Draft(language="en", subject="A subject", body="A message.", to=("sanne@acme.example",))
    made = Decision(
        id="decision-1",
        team_id="T1",
        meeting_id="meeting-1",
        client_id="client-1",
        owner_id="U1",
        option=option,
        reason=None if option is Option.KEEP else Reason.WORKLOAD,
        terms=TERMS[option],
        draft=None if option is Option.KEEP else draft,
        made_at=NOW,
        made_by="U1",
    )
    return replace(made, **changes)


def effects(**states: EffectState) -> tuple[EffectRecord, ...]:
    """`effects(mail=EffectState.DONE)`."""
    return tuple(EffectRecord(effect=Effect(name), state=state) for name, state in states.items())


def upcoming(number: int, **changes: Any) -> Upcoming:
    """The meeting again, `number` days later."""
    ahead = timedelta(days=number)
    line = Upcoming(
        id=f"meeting-{number}",
        title=MEETING.title,
        starts_at=MEETING.starts_at + ahead,
        ends_at=MEETING.ends_at + ahead,
        mode=MEETING.mode,
        kind=MEETING.kind,
        client_name=CLIENT.name,
        tier=CLIENT.tier,
    )
    return replace(line, **changes)


def extreme_view(text: str, **changes: Any) -> MeetingView:
    """The meeting with `text` in every field that a person can fill."""
    meeting, client, _ = everywhere(text)
    return replace(view(), meeting=meeting, client=client, delegate_name=text, **changes)


def buttons(payload: Message | Block) -> list[tuple[str, str]]:
    """Label and action of every button, in reading order."""
    found = []
    for block in payload.blocks if isinstance(payload, Message) else payload["blocks"]:
        elements = [*block.get("elements", []), *[block[name] for name in ("accessory",) if name in block]]
        found += [(item["text"]["text"], str(item["action_id"])) for item in elements if item.get("type") == "button"]
    return found
