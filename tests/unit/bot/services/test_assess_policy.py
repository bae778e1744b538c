"""Numbers of the judgement that are tried out in `app.py assess`."""

import pytest

from bot.services.assess_policy import SETTINGS, SettingMistake, policy_with
from domain.policy import Policy


def test_numbers_can_be_tried_out() -> None:
    assert policy_with(["budget_a=2", "revenue_share_lift=0.2"]) == Policy(budget_a=2, revenue_share_lift=0.2)
    assert policy_with([]) == Policy()


def test_every_number_of_the_judgement_can_be_tried_out() -> None:
    assert {"renewal_lift_days", "budget_c", "too_late_hours", "pattern_step_downs", "shortest_minutes"} < set(SETTINGS)
    assert "quiet_from" not in SETTINGS


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("budget_a=9", "budget_a must not be more than budget_b"),
        ("budget_a=many", "budget_a must be a whole number, not 'many'"),
        ("budget_a", "budget_a must be a whole number, not ''"),
        ("revenue_share_lift=nan", "revenue_share_lift must be at least 0.001"),
        ("budget=1", "'budget=1' sets nothing; write name=number, where name is revenue_share_lift, "),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(setting: str, said: str) -> None:
    with pytest.raises(SettingMistake) as refused:
        policy_with([setting])

    assert str(refused.value).startswith(said)
