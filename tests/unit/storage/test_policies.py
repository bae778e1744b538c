"""A workspace's numbers as they are stored."""

from datetime import time

from domain.policy import Policy
from storage.policies import decode_policy, encode_policy


def test_only_what_differs_from_the_product_is_stored() -> None:
    policy = Policy(budget_a=2, tier_a_share=0.2, quiet_from=time(19, 30))

    assert encode_policy(policy) == {"budget_a": 2, "tier_a_share": 0.2, "quiet_from": "19:30"}
    assert decode_policy(encode_policy(policy)) == policy
    assert encode_policy(Policy()) == {}


def test_a_number_that_is_no_longer_taken_gives_way_to_the_default() -> None:
    stored = {"budget_a": 2, "last_call_hours": 0, "too_late_hours": 900, "of_another_release": 1}

    assert decode_policy(stored) == Policy(budget_a=2)


def test_two_numbers_that_no_longer_go_together_both_give_way() -> None:
    assert decode_policy({"budget_a": 9, "budget_b": 5, "praised_days": 10}) == Policy(praised_days=10)
