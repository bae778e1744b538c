"""Another rhythm for a series: what is proposed openly where one exception follows the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.assessment import Assessment
from domain.clock import require_aware
from domain.decision import SHORTEST_MINUTES, Draft, EffectState, offered_lengths
from domain.meeting import Meeting

ASKED_AGAIN_AFTER = timedelta(days=90)
"""So long a client is left in peace about a series: a quarter, as with the budget."""


class Rhythm(StrEnum):
    SHORTER = "shorter"
    """As often, with less time."""
    RARER = "rarer"
    """Every second time, as long as before."""
    BOTH = "both"

    @property
    def is_shorter(self) -> bool:
        return self is not Rhythm.RARER

    @property
    def is_rarer(self) -> bool:
        return self is not Rhythm.SHORTER


@dataclass(frozen=True, kw_only=True, slots=True)
class RhythmProposal:
    """What an owner proposed to a client about one series."""

    id: str
    team_id: str
    owner_id: str
    client_id: str
    meeting_id: str
    """The occurrence that it was proposed from."""
    uid: str
    """Of the series."""
    rhythm: Rhythm
    minutes: int
    """Length that is proposed; the present one where the series only gets rarer."""
    draft: Draft
    made_at: datetime
    state: EffectState = EffectState.STARTED
    """How far the message to the client is."""
    in_doubt: bool = False
    """A mail server never answered: the client may have it."""

    def __post_init__(self) -> None:
        require_aware(self.made_at, "made_at")


def is_due(meeting: Meeting, assessment: Assessment, proposed_at: datetime | None, now: datetime) -> bool:
    """Whether another rhythm is to be proposed: there is a pattern, a series that could change, and nothing was
    proposed of late (`proposed_at`).
    """
    if not assessment.pattern or not meeting.in_series or meeting.client_id is None:
        return False
    return proposed_at is None or now - proposed_at >= ASKED_AGAIN_AFTER


def choices(minutes: int) -> tuple[Rhythm, ...]:
    """What is possible for a meeting of this length."""
    return tuple(Rhythm) if minutes > SHORTEST_MINUTES else (Rhythm.RARER,)


def default_minutes(minutes: int) -> int:
    """The longest offered length that is at most two thirds of the present one: less, but no other meeting."""
    offered = offered_lengths(minutes)
    return next((length for length in offered if length * 3 <= minutes * 2), offered[-1] if offered else minutes)
