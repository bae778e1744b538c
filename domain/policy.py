"""The numbers of the judgement: each is a setting of the workspace, with the product's default."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from domain.decision import SHORTEST_MINUTES
from domain.words import Tier


class PolicyReason(StrEnum):
    """What is wrong with a number."""

    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    ABOVE = "above"
    """It is more than another setting that must be at least as large."""


class PolicyError(ValueError):
    """A number that cannot be a setting.

    `field` is its name in `Policy`; `bound` the least or most that it may be, in the unit of `field`; `other` the
    setting that the bound comes from, empty where it is the product's.
    """

    def __init__(self, field: str, reason: PolicyReason, bound: float, other: str = "") -> None:
        said = "must be at least" if reason is PolicyReason.TOO_LOW else "must be at most"
        super().__init__(f"{field} {said} {bound}" if not other else f"{field} must not be more than {other}")
        self.field = field
        self.reason = reason
        self.bound = bound
        self.other = other


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a workspace may tune. Raises PolicyError where a number makes no sense.

    The order that `__post_init__` asks of budgets and notice limits is what keeps the judgement monotone: with a
    larger budget for tier A than for B, a more valuable client would be easier to put off.
    """

    revenue_share_lift: float = 0.10
    """From this share of the workspace's revenue (0 to 1) a client counts one tier higher."""
    renewal_lift_days: int = 90
    """A renewal at most this many days away lifts the tier by one."""

    budget_a: int = 1
    """Step-downs per client in `budget_window_days` before another one needs a second thought."""
    budget_b: int = 2
    budget_c: int = 3
    budget_window_days: int = 90

    too_late_hours: int = 2
    """With less notice than this, a call or an e-mail instead is blocked."""
    ring_first_hours: int = 24
    """With less notice than this, ring first; an e-mail needs a second thought."""
    ring_too_hours: int = 48
    """With less notice than this, the bot proposes to ring as well."""
    praised_days: int = 7
    """Notice of at least this many days is praised."""

    frequent_meetings: int = 4
    """This many meetings in `frequent_window_days` show by themselves that a meeting is repetitive."""
    frequent_window_days: int = 30
    idle_occurrences: int = 3
    """So do this many last occurrences of the series without a decision, note or debrief."""

    pattern_step_downs: int = 3
    """This many of the last `pattern_meetings` stepped down: another exception will not help."""
    pattern_meetings: int = 5

    shortest_minutes: int = SHORTEST_MINUTES
    """A meeting of at most this many minutes cannot become shorter."""

    follow_up_days_a: int = 1
    """Working days after an e-mail until the owner is asked whether a call is needed."""
    follow_up_days_b: int = 2
    follow_up_days_c: int = 5

    decide_lead_working_days: int = 2
    """The first reminder comes this many working days before the meeting, at the same time of day."""
    last_call_hours: int = 2
    """The last reminder comes this many hours before the meeting."""
    quiet_from: time = time(18, 0)
    """No reminder from this time of day (in the member's zone) until `quiet_until`; equal times: never quiet."""
    quiet_until: time = time(8, 0)

    confirm_after_working_days: int = 1
    """Working days after a call or a shorter meeting was proposed: has the client agreed?"""
    tier_a_share: float = 0.10
    """From this share of the workspace's revenue (0 to 1) tier A is suggested for a client."""
    tier_b_share: float = 0.03
    """From this share tier B is suggested; C below it."""
    travel_minutes: int = 30
    """Minutes of travel that a call instead of a meeting on site is reckoned to save in the report."""
    approval_silence_working_hours: int = 4
    """A manager who has not answered after this many working hours leaves the choice to the owner."""

    delegate_silence_working_hours: int = 4
    """A delegate who has not answered after this many working hours is taken to have declined."""
    delegate_latest_hours: int = 24
    """At the latest this many hours before the meeting, too."""

    def __post_init__(self) -> None:
        for problem in _problems(lambda name: getattr(self, name)):
            raise problem

    def budget(self, tier: Tier) -> int:
        """Step-downs that a client of this tier is spared no second thought for, per `budget_window_days`."""
        return {Tier.A: self.budget_a, Tier.B: self.budget_b, Tier.C: self.budget_c}[tier]

    def follow_up_days(self, tier: Tier) -> int:
        """Working days until the follow-up of an e-mail."""
        return {Tier.A: self.follow_up_days_a, Tier.B: self.follow_up_days_b, Tier.C: self.follow_up_days_c}[tier]


def problems(base: Policy, changes: Mapping[str, Any]) -> tuple[PolicyError, ...]:
    """What keeps `changes` from being laid over `base`: at most one for each field; none where they make a policy."""
    found: dict[str, PolicyError] = {}
    for problem in _problems(lambda name: changes[name] if name in changes else getattr(base, name)):
        found.setdefault(problem.field, problem)
    return tuple(found.values())


BOUNDS: Mapping[str, tuple[float, float]] = {
    "revenue_share_lift": (0.001, 1),
    "renewal_lift_days": (0, 730),
    "budget_a": (0, 99),
    "budget_b": (0, 99),
    "budget_c": (0, 99),
    "budget_window_days": (1, 730),
    "too_late_hours": (0, 720),
    "ring_first_hours": (0, 720),
    "ring_too_hours": (0, 720),
    "praised_days": (0, 60),
    "frequent_meetings": (1, 99),
    "frequent_window_days": (1, 365),
    "idle_occurrences": (1, 20),
    "pattern_step_downs": (1, 20),
    "pattern_meetings": (1, 20),
    "shortest_minutes": (SHORTEST_MINUTES, 240),
    "follow_up_days_a": (0, 60),
    "follow_up_days_b": (0, 60),
    "follow_up_days_c": (0, 60),
    "decide_lead_working_days": (1, 30),
    "last_call_hours": (1, 168),
    "confirm_after_working_days": (0, 60),
    "tier_a_share": (0.001, 1),
    "tier_b_share": (0.001, 1),
    "travel_minutes": (0, 600),
    "approval_silence_working_hours": (1, 80),
    "delegate_silence_working_hours": (1, 80),
    "delegate_latest_hours": (0, 168),
}
"""The least and the most that each number may be; the times of day may be any."""

AT_MOST: Mapping[str, tuple[str, int]] = {
    "budget_a": ("budget_b", 1),
    "budget_b": ("budget_c", 1),
    "too_late_hours": ("ring_first_hours", 1),
    "ring_first_hours": ("ring_too_hours", 1),
    "ring_too_hours": ("praised_days", 24),
    "pattern_step_downs": ("pattern_meetings", 1),
    "tier_b_share": ("tier_a_share", 1),
}
"""Numbers that must not exceed another one, with how many of this number's unit one of that number's is."""


def _problems(value_of: Callable[[str], Any]) -> Iterator[PolicyError]:
    # Not `<` and `>`: a number that is none (NaN) is within no bounds.
    for name, (lowest, highest) in BOUNDS.items():
        if not value_of(name) >= lowest:
            yield PolicyError(name, PolicyReason.TOO_LOW, lowest)
        elif not value_of(name) <= highest:
            yield PolicyError(name, PolicyReason.TOO_HIGH, highest)
    for name, (other, times) in AT_MOST.items():
        bound = value_of(other) * times
        if not value_of(name) <= bound:
            yield PolicyError(name, PolicyReason.ABOVE, bound, other)
