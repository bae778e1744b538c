"""Worlds for the judgement's tests: any facts under any policy that a workspace could set."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from domain.assessment import ClientLead, Facts, Organiser, Rule
from domain.policy import Policy
from domain.words import MeetingKind, Mode, Reason, Tier

small = st.integers(min_value=-1, max_value=8)


def any_facts() -> st.SearchStrategy[Facts]:
    """Also contradictory ones; numbers lie where the limits are, so that every rule is met often."""
    return st.builds(
        Facts,
        tier=st.none() | st.sampled_from(Tier),
        revenue_share=st.none() | st.floats(min_value=0, max_value=1) | st.sampled_from([0.0999, 0.1, float("nan")]),
        renewal_in_days=st.none() | st.integers(min_value=-10, max_value=200) | st.sampled_from([0, 90, 91]),
        open_complaint=st.booleans(),
        glad_to_write=st.booleans(),
        lead=st.sampled_from(ClientLead),
        kind=st.sampled_from(MeetingKind),
        minutes=st.sampled_from([-5, 0, 14, 15, 16, 30, 60, 480]),
        mode=st.sampled_from(Mode),
        until=spans_until(),
        organiser=st.sampled_from(Organiser),
        colleague_lead_attends=st.booleans(),
        meetings_total=st.none() | small,
        meetings_30d=small,
        step_downs_90d=small,
        last_stepped_down=st.booleans(),
        series_idle=small,
        last_five_stepped_down=small,
        reason=st.none() | st.sampled_from(Reason),
        phone_known=st.booleans(),
        number_possible=st.sampled_from([True, True, True, False]),
        colleagues=st.sampled_from([0, 1, 1, 3]),
    )


def spans_until() -> st.SearchStrategy[timedelta]:
    edges = [timedelta(hours=hours) for hours in (0, 2, 24, 48, 168)]
    beside = [edge + timedelta(seconds=seconds) for edge in edges for seconds in (-1, 0, 1)]
    return st.sampled_from(beside) | st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=30))


@st.composite
def any_policy(draw: st.DrawFn) -> Policy:
    """Every policy that is accepted, most often the default."""
    if draw(st.booleans()):
        return Policy()
    hours = sorted(draw(st.lists(st.integers(min_value=0, max_value=96), min_size=3, max_size=3)))
    budgets = sorted(draw(st.lists(st.integers(min_value=0, max_value=5), min_size=3, max_size=3)))
    return Policy(
        revenue_share_lift=draw(st.floats(min_value=0.01, max_value=1)),
        renewal_lift_days=draw(st.integers(min_value=0, max_value=365)),
        too_late_hours=hours[0],
        ring_first_hours=hours[1],
        ring_too_hours=hours[2],
        praised_days=draw(st.integers(min_value=4, max_value=30)),
        budget_a=budgets[0],
        budget_b=budgets[1],
        budget_c=budgets[2],
        frequent_meetings=draw(st.integers(min_value=1, max_value=8)),
        idle_occurrences=draw(st.integers(min_value=1, max_value=8)),
        pattern_step_downs=draw(st.integers(min_value=1, max_value=5)),
        pattern_meetings=draw(st.integers(min_value=5, max_value=8)),
        budget_window_days=draw(st.integers(min_value=1, max_value=365)),
        frequent_window_days=draw(st.integers(min_value=1, max_value=60)),
        shortest_minutes=draw(st.sampled_from([15, 20, 30])),
    )


AGES = timedelta(days=400)

REMEDY: dict[Rule, dict[str, object]] = {
    Rule.TIER_NO_CLIENT: {"tier": Tier.B},
    Rule.TIER_REVENUE: {"revenue_share": None},
    Rule.TIER_RENEWAL: {"renewal_in_days": None},
    Rule.TIER_COMPLAINT: {"open_complaint": False},
    Rule.REASON_ASSUMED: {"reason": Reason.WORKLOAD},
    Rule.BASE_EXCUSED: {"reason": Reason.RATHER_NOT},
    Rule.GLAD_TO_WRITE: {"glad_to_write": False},
    Rule.GLAD_TO_WRITE_NOT_A: {"glad_to_write": False},
    Rule.REPETITIVE_FREQUENT: {"meetings_30d": 0},
    Rule.REPETITIVE_IDLE: {"series_idle": 0},
    Rule.REPETITIVE_NOT_SHOWN: {"meetings_30d": 99},
    Rule.PROTECTED_EMAIL: {"kind": MeetingKind.ORDINARY},
    Rule.PROTECTED_EMAIL_EXCUSED: {"kind": MeetingKind.ORDINARY},
    Rule.PROTECTED_HANDOFF: {"kind": MeetingKind.ORDINARY},
    Rule.BUDGET_USED: {"step_downs_90d": -1},
    Rule.TWICE_IN_A_ROW: {"last_stepped_down": False},
    Rule.SHORT_NOTICE: {"until": AGES},
    Rule.TOO_LATE: {"until": AGES},
    Rule.OWNER_LEADS: {"lead": ClientLead.NONE},
    Rule.ALREADY_A_CALL: {"mode": Mode.VIDEO},
    Rule.NO_NUMBER: {"number_possible": True},
    Rule.NUMBER_TO_ASK: {"phone_known": True},
    Rule.ALREADY_SHORT: {"minutes": 480},
    Rule.NOBODY_TO_TAKE_IT: {"colleagues": 1},
    Rule.STARTED: {"until": AGES},
    Rule.RING_FIRST: {"until": AGES},
    Rule.RING_TOO: {"until": AGES},
    Rule.EARLY: {"until": timedelta(days=3)},
    Rule.PATTERN: {"last_five_stepped_down": 0},
}
"""For each rule that cites a fact: the change that takes the fact away."""


def without(facts: Facts, *rules: Rule) -> Facts:
    changes = {name: value for rule in rules for name, value in REMEDY[rule].items()}
    return replace(facts, **changes)  # type: ignore[arg-type]  # names and values come as data here
