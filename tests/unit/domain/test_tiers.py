import pytest

from domain.assessment import Facts, Finding, Rule
from domain.policy import Policy
from domain.tiers import effective_tier, email_tier
from domain.words import Tier

A, B, C = Tier.A, Tier.B, Tier.C


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        (Facts(tier=A), A),
        (Facts(tier=B), B),
        (Facts(tier=C), C),
        (Facts(tier=None), C),
        (Facts(tier=C, revenue_share=0.10), B),
        (Facts(tier=B, revenue_share=0.10), A),
        (Facts(tier=A, revenue_share=0.10), A),
        (Facts(tier=C, revenue_share=0.0999), C),
        (Facts(tier=C, revenue_share=float("nan")), C),
        (Facts(tier=C, renewal_in_days=90), B),
        (Facts(tier=C, renewal_in_days=0), B),
        (Facts(tier=C, renewal_in_days=91), C),
        (Facts(tier=C, renewal_in_days=-1), C),
        (Facts(tier=C, revenue_share=0.5, renewal_in_days=3), B),
        (Facts(tier=C, open_complaint=True), A),
        (Facts(tier=B, open_complaint=True), A),
        (Facts(tier=None, open_complaint=True), A),
        (Facts(tier=C, glad_to_write=True), C),
        (Facts(tier=B, glad_to_write=True), B),
    ],
)
def test_revenue_and_renewal_lift_by_one_and_a_complaint_makes_it_an_a(facts: Facts, tier: Tier) -> None:
    assert effective_tier(facts, Policy())[0] is tier


def test_the_limits_are_the_workspaces() -> None:
    policy = Policy(revenue_share_lift=0.3, renewal_lift_days=10)

    assert effective_tier(Facts(tier=C, revenue_share=0.29, renewal_in_days=11), policy)[0] is C
    assert effective_tier(Facts(tier=C, revenue_share=0.30), policy)[0] is B
    assert effective_tier(Facts(tier=C, renewal_in_days=10), policy)[0] is B


def test_every_lift_is_named_with_its_numbers() -> None:
    facts = Facts(tier=C, revenue_share=0.125, renewal_in_days=30, open_complaint=True)

    assert effective_tier(facts, Policy())[1] == (
        Finding(rule=Rule.TIER_AS_SET, values={"tier": C}),
        Finding(
            rule=Rule.TIER_REVENUE,
            values={"share_percent": 12.5, "limit_percent": 10.0, "from_tier": C, "to_tier": B},
        ),
        Finding(rule=Rule.TIER_RENEWAL, values={"days": 30, "limit_days": 90, "from_tier": C, "to_tier": B}),
        Finding(rule=Rule.TIER_COMPLAINT, values={"from_tier": B, "to_tier": A}),
    )


def test_nothing_lifts_an_a_so_nothing_is_named() -> None:
    facts = Facts(tier=A, revenue_share=0.5, renewal_in_days=1, open_complaint=True)

    assert effective_tier(facts, Policy())[1] == (Finding(rule=Rule.TIER_AS_SET, values={"tier": A}),)


def test_a_meeting_without_a_client_says_so() -> None:
    assert effective_tier(Facts(tier=None), Policy()) == (C, (Finding(rule=Rule.TIER_NO_CLIENT, values={"tier": C}),))


@pytest.mark.parametrize(("tier", "glad", "counted"), [(A, True, A), (B, True, C), (C, True, C), (B, False, B)])
def test_glad_to_write_counts_one_lower_in_the_email_column_but_never_for_an_a(
    tier: Tier, glad: bool, counted: Tier
) -> None:
    assert email_tier(tier, glad_to_write=glad) is counted
