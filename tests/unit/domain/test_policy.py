from dataclasses import asdict, fields, replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import BOUNDS, Policy, PolicyError, PolicyReason, problems
from domain.words import Tier


def test_the_defaults_are_those_of_the_product() -> None:
    assert asdict(Policy()) == {
        "revenue_share_lift": 0.10,
        "renewal_lift_days": 90,
        "budget_a": 1,
        "budget_b": 2,
        "budget_c": 3,
        "budget_window_days": 90,
        "too_late_hours": 2,
        "ring_first_hours": 24,
        "ring_too_hours": 48,
        "praised_days": 7,
        "frequent_meetings": 4,
        "frequent_window_days": 30,
        "idle_occurrences": 3,
        "pattern_step_downs": 3,
        "pattern_meetings": 5,
        "shortest_minutes": 15,
        "follow_up_days_a": 1,
        "follow_up_days_b": 2,
        "follow_up_days_c": 5,
        "decide_lead_working_days": 2,
        "last_call_hours": 2,
        "quiet_from": time(18),
        "quiet_until": time(8),
        "confirm_after_working_days": 1,
        "tier_a_share": 0.10,
        "tier_b_share": 0.03,
        "travel_minutes": 30,
        "approval_silence_working_hours": 4,
        "delegate_silence_working_hours": 4,
        "delegate_latest_hours": 24,
    }


def test_budget_and_follow_up_depend_on_the_tier() -> None:
    policy = Policy()

    assert [(policy.budget(tier), policy.follow_up_days(tier)) for tier in Tier] == [(1, 1), (2, 2), (3, 5)]


@pytest.mark.parametrize(
    ("numbers", "field", "reason", "bound", "other"),
    [
        ({"revenue_share_lift": 0.0}, "revenue_share_lift", PolicyReason.TOO_LOW, 0.001, ""),
        ({"revenue_share_lift": 1.01}, "revenue_share_lift", PolicyReason.TOO_HIGH, 1, ""),
        ({"revenue_share_lift": float("nan")}, "revenue_share_lift", PolicyReason.TOO_LOW, 0.001, ""),
        ({"renewal_lift_days": -1}, "renewal_lift_days", PolicyReason.TOO_LOW, 0, ""),
        ({"budget_a": -1}, "budget_a", PolicyReason.TOO_LOW, 0, ""),
        ({"budget_a": 3}, "budget_a", PolicyReason.ABOVE, 2, "budget_b"),
        ({"budget_b": 4}, "budget_b", PolicyReason.ABOVE, 3, "budget_c"),
        ({"too_late_hours": 25}, "too_late_hours", PolicyReason.ABOVE, 24, "ring_first_hours"),
        ({"ring_first_hours": 49}, "ring_first_hours", PolicyReason.ABOVE, 48, "ring_too_hours"),
        ({"ring_too_hours": 169}, "ring_too_hours", PolicyReason.ABOVE, 168, "praised_days"),
        ({"frequent_meetings": 0}, "frequent_meetings", PolicyReason.TOO_LOW, 1, ""),
        ({"idle_occurrences": 0}, "idle_occurrences", PolicyReason.TOO_LOW, 1, ""),
        ({"pattern_step_downs": 6}, "pattern_step_downs", PolicyReason.ABOVE, 5, "pattern_meetings"),
        ({"shortest_minutes": 14}, "shortest_minutes", PolicyReason.TOO_LOW, 15, ""),
        ({"tier_b_share": 0.2}, "tier_b_share", PolicyReason.ABOVE, 0.1, "tier_a_share"),
        ({"decide_lead_working_days": 0}, "decide_lead_working_days", PolicyReason.TOO_LOW, 1, ""),
        ({"last_call_hours": 0}, "last_call_hours", PolicyReason.TOO_LOW, 1, ""),
        ({"delegate_latest_hours": 169}, "delegate_latest_hours", PolicyReason.TOO_HIGH, 168, ""),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_by_its_name(
    numbers: dict[str, float], field: str, reason: PolicyReason, bound: float, other: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy(**numbers)  # type: ignore[arg-type]  # names and values come as data here

    error = refused.value
    assert (error.field, error.reason, error.bound, error.other) == (field, reason, bound, other)


def test_every_number_has_bounds_that_its_default_keeps() -> None:
    numbers = {field.name for field in fields(Policy) if not isinstance(field.default, time)}

    assert set(BOUNDS) == numbers


def test_the_problems_of_a_change_are_told_all_at_once_one_for_each_field() -> None:
    found = problems(Policy(), {"budget_a": 200, "budget_c": -1, "too_late_hours": 2})

    assert {error.field: error.reason for error in found} == {
        "budget_a": PolicyReason.TOO_HIGH,
        "budget_c": PolicyReason.TOO_LOW,
        "budget_b": PolicyReason.ABOVE,
    }
    assert problems(Policy(), {"budget_a": 2}) == ()


@given(
    st.dictionaries(
        st.sampled_from(sorted(BOUNDS)), st.integers(min_value=-2, max_value=800) | st.floats(min_value=-1, max_value=2)
    )
)
def test_a_change_without_problems_is_a_policy_and_one_with_problems_is_none(numbers: dict[str, Any]) -> None:
    if problems(Policy(), numbers):
        with pytest.raises(PolicyError):
            replace(Policy(), **numbers)
    else:
        assert asdict(replace(Policy(), **numbers)).items() >= numbers.items()
