"""What the judgement knows of a meeting, its client and their history: plain facts, gathered elsewhere."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.words import MeetingKind, Mode, Reason, Tier


class ClientLead(StrEnum):
    """Who leads the client's account, seen from the owner of the meeting."""

    OWNER = "owner"
    COLLEAGUE = "colleague"
    NONE = "none"


class Organiser(StrEnum):
    """Who called the meeting, seen from its owner."""

    OWNER = "owner"
    COLLEAGUE = "colleague"
    """Another member, who attends."""
    CLIENT = "client"


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """One meeting and one reason. What is left out has a default that worsens nothing.

    No value is refused: the judgement has an answer for every combination, also for ones that contradict themselves.
    """

    tier: Tier | None = None
    """The client's own tier; None where the meeting (entered by hand) names no client: it counts as C."""
    revenue_share: float | None = None
    """0 to 1; None where unknown."""
    renewal_in_days: int | None = None
    """Days from today to the renewal; negative where it is past, which lifts nothing."""
    open_complaint: bool = False
    glad_to_write: bool = False
    lead: ClientLead = ClientLead.NONE

    kind: MeetingKind = MeetingKind.ORDINARY
    minutes: int = 60
    mode: Mode = Mode.ON_SITE
    until: timedelta = timedelta(hours=72)
    """Elapsed time until the start (see `domain.notice.time_until`); zero or less: it has started."""
    organiser: Organiser = Organiser.OWNER
    colleague_lead_attends: bool = False
    """Another member who attends is the client's lead."""

    meetings_total: int | None = None
    """Meetings with the client so far; None where the history is not known."""
    meetings_30d: int = 0
    """Meetings with the client in the policy's `frequent_window_days` up to now."""
    step_downs_90d: int = 0
    """Step-downs with the client in the policy's `budget_window_days` that stand. Those for illness or emergency
    are left out: they count in the history, but are not held against the owner."""
    last_stepped_down: bool = False
    """The last meeting with the client was stepped down, for another reason than illness or emergency."""
    series_idle: int = 0
    """Last occurrences of the series in a row without a decision, note or debrief."""
    last_five_stepped_down: int = 0
    """Of the policy's last `pattern_meetings` with the client, how many were stepped down, whatever the reason: the
    client feels the pattern also where nobody is to blame."""

    reason: Reason | None = None
    """None before the owner gave one (in a reminder): `workload` is assumed."""

    phone_known: bool = True
    number_possible: bool = True
    """A number of the contact is known or can be asked for."""
    colleagues: int = 1
    """How many members could take the meeting over."""

    @property
    def started(self) -> bool:
        return self.until <= timedelta(0)

    @property
    def dragged_along(self) -> bool:
        """Somebody else who attends is nearer to the client than the owner."""
        return self.colleague_lead_attends or self.organiser is Organiser.COLLEAGUE

    @property
    def minutes_until(self) -> int:
        """Whole minutes until the start, never negative."""
        return max(0, self.until // timedelta(minutes=1))
