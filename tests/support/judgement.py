"""Worlds for the judgement's tests: any facts under any policy that a workspace could set."""

from datetime import timedelta

from hypothesis import strategies as st

from domain.assessment import ClientLead, Facts, Organiser
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
        shortest_minutes=draw(st.sampled_from([15, 20, 30])),
    )
