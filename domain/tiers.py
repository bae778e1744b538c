"""How much a client matters today: its tier, lifted by revenue, a coming renewal or an open complaint."""

from domain.assessment_facts import Facts
from domain.assessment_findings import Finding, Rule
from domain.policy import Policy
from domain.words import Tier

_ONE_HIGHER = {Tier.A: Tier.A, Tier.B: Tier.A, Tier.C: Tier.B}

WITHOUT_CLIENT = Tier.C
"""A meeting by hand that names nobody in the client book: nothing is known that would ask for more care."""


def effective_tier(facts: Facts, policy: Policy) -> tuple[Tier, tuple[Finding, ...]]:
    """The tier that counts, and why.

    Revenue and renewal together lift by one, not by two ("or"). A lift that changes nothing is not named: an A stays A.
    """
    own = WITHOUT_CLIENT if facts.tier is None else facts.tier
    findings = [Finding(rule=Rule.TIER_NO_CLIENT if facts.tier is None else Rule.TIER_AS_SET, values={"tier": own})]
    if own is Tier.A:
        return own, tuple(findings)
    higher = _ONE_HIGHER[own]
    tier: Tier = own
    if facts.revenue_share is not None and facts.revenue_share >= policy.revenue_share_lift:
        tier = higher
        values = {
            "share_percent": round(facts.revenue_share * 100, 1),
            "limit_percent": round(policy.revenue_share_lift * 100, 1),
            "from_tier": own,
            "to_tier": higher,
        }
        findings.append(Finding(rule=Rule.TIER_REVENUE, values=values))
    if facts.renewal_in_days is not None and 0 <= facts.renewal_in_days <= policy.renewal_lift_days:
        tier = higher
        values = {
            "days": facts.renewal_in_days,
            "limit_days": policy.renewal_lift_days,
            "from_tier": own,
            "to_tier": higher,
        }
        findings.append(Finding(rule=Rule.TIER_RENEWAL, values=values))
    if facts.open_complaint:
        findings.append(Finding(rule=Rule.TIER_COMPLAINT, values={"from_tier": tier, "to_tier": Tier.A}))
        tier = Tier.A
    return tier, tuple(findings)


def email_tier(effective: Tier, *, glad_to_write: bool) -> Tier:
    """The tier in the e-mail column.

    "Never an A" is read as: whoever counts as an A today, also through a lift, stays one. The other reading (an A
    counts as B) would send an e-mail to a client with an open complaint because of a mark made in better days.
    """
    return Tier.C if glad_to_write and effective is not Tier.A else effective
