"""What is coming for a member: as much of each meeting as lists show and words find."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.decision import Terms
from domain.meeting import Attendee
from domain.planned import Proposal
from domain.words import MeetingKind, Mode, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Upcoming:
    """A meeting that has not started. Leaner than `Meeting`: every `/meetdown` reads ten of them."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    kind: MeetingKind
    client_name: str | None
    """None, as is `tier`, where it names nobody in the client book."""
    tier: Tier | None
    terms: Terms | None = None
    """Of the decision that stands, if there is one."""
    attendees: tuple[Attendee, ...] = ()
    """May be left out where the client is known: then a list names nobody else."""

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at) / timedelta(minutes=1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """The answer to a bare `/meetdown`."""

    meetings: tuple[Upcoming, ...]
    """The nearest ones, soonest first."""
    total: int
    has_calendar: bool
    proposals: tuple[Proposal, ...] = ()
