from dataclasses import asdict
from datetime import time

import pytest

from domain.policy import Policy, PolicyError
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
    ("numbers", "field"),
    [
        ({"revenue_share_lift": 0.0}, "revenue_share_lift"),
        ({"revenue_share_lift": 1.01}, "revenue_share_lift"),
        ({"revenue_share_lift": float("nan")}, "revenue_share_lift"),
        ({"renewal_lift_days": -1}, "renewal_lift_days"),
        ({"budget_a": -1}, "budget_a"),
        ({"budget_a": 3}, "budget_a"),
        ({"budget_b": 4}, "budget_b"),
        ({"too_late_hours": 25}, "too_late_hours"),
        ({"ring_first_hours": 49}, "ring_first_hours"),
        ({"ring_too_hours": 169}, "ring_too_hours"),
        ({"frequent_meetings": 0}, "frequent_meetings"),
        ({"idle_occurrences": 0}, "idle_occurrences"),
        ({"pattern_step_downs": 6}, "pattern_step_downs"),
        ({"shortest_minutes": 14}, "shortest_minutes"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_by_its_name(numbers: dict[str, int], field: str) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy(**numbers)  # type: ignore[arg-type]  # names and values come as data here

    assert refused.value.field == field
