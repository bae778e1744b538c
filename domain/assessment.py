"""The judgement: what stepping one meeting down would mean, for each option, with the rules that say so.

Every rule names the best verdict that it leaves open and the worst of them counts. So modifiers can only worsen, and
no verdict is without its explanation.
"""

from domain.assessment_base import base_findings, is_excused
from domain.assessment_facts import ClientLead, Facts, Organiser
from domain.assessment_findings import Assessment, Finding, Judgement, Requirement, Rule, Value, requirement
from domain.assessment_modifiers import modifiers, not_available, notice_values
from domain.notice import Notice, notice_band
from domain.policy import Policy
from domain.tiers import effective_tier, email_tier
from domain.words import STEP_DOWNS, Option, Reason, Tier, Verdict

__all__ = [
    "Assessment",
    "ClientLead",
    "Facts",
    "Finding",
    "Judgement",
    "Organiser",
    "Requirement",
    "Rule",
    "Value",
    "assess",
    "is_excused",
    "requirement",
]

ASSUMED_REASON = Reason.WORKLOAD
"""Before the owner gave a reason."""


def assess(facts: Facts, policy: Policy) -> Assessment:
    """The whole judgement of one meeting for one reason; never raises."""
    reason = ASSUMED_REASON if facts.reason is None else facts.reason
    tier, tier_findings = effective_tier(facts, policy)
    notice = notice_band(facts.until, policy)
    judgements = {option: _judge(option, reason, tier, facts, policy, notice) for option in STEP_DOWNS}
    recommended, because = _recommend(judgements, reason, tier, facts)
    findings = list(tier_findings)
    if facts.reason is None:
        findings.append(Finding(rule=Rule.REASON_ASSUMED, values={"reason": reason}))
    findings.extend(_notice_findings(notice, facts, policy))
    pattern = facts.last_five_stepped_down >= policy.pattern_step_downs
    if pattern:
        findings.append(_pattern_finding(facts, policy))
    return Assessment(
        effective_tier=tier,
        email_tier=email_tier(tier, glad_to_write=facts.glad_to_write),
        judgements=judgements,
        recommended=recommended,
        recommended_because=because,
        ring_first=notice.ring_first,
        ring_too=notice is Notice.TIGHT,
        praised=notice is Notice.AMPLE,
        pattern=pattern,
        findings=tuple(findings),
    )


def _judge(option: Option, reason: Reason, tier: Tier, facts: Facts, policy: Policy, notice: Notice) -> Judgement:
    hindrances = not_available(option, facts, policy)
    if hindrances:
        return Judgement.of(hindrances)
    return Judgement.of(
        [
            *base_findings(option, reason, tier, facts, policy),
            *modifiers(option, reason, tier, facts, policy, notice),
        ]
    )


def _recommend(judgements: dict[Option, Judgement], reason: Reason, tier: Tier, facts: Facts) -> tuple[Option, Finding]:
    """The first fine option in the order of least damage, or `keep`."""
    if facts.started:
        return Option.KEEP, Finding(rule=Rule.KEEP_STARTED)
    if reason is Reason.RATHER_NOT and tier is Tier.A:
        return Option.KEEP, Finding(rule=Rule.KEEP_RATHER_NOT, values={"tier": tier})
    fine = [option for option in STEP_DOWNS if judgements[option].verdict is Verdict.FINE]
    if not fine:
        return Option.KEEP, Finding(rule=Rule.KEEP_NOTHING_FINE)
    if facts.dragged_along and Option.HANDOFF in fine:
        return Option.HANDOFF, Finding(rule=Rule.DRAGGED_ALONG, values={"option": Option.HANDOFF})
    return fine[0], Finding(rule=Rule.LEAST_DAMAGE, values={"option": fine[0]})


def _notice_findings(notice: Notice, facts: Facts, policy: Policy) -> list[Finding]:
    if notice is Notice.STARTED:
        return [Finding(rule=Rule.STARTED)]
    if notice.ring_first:
        return [Finding(rule=Rule.RING_FIRST, values=notice_values(facts, policy.ring_first_hours))]
    if notice is Notice.TIGHT:
        return [Finding(rule=Rule.RING_TOO, values=notice_values(facts, policy.ring_too_hours))]
    if notice is Notice.AMPLE:
        return [Finding(rule=Rule.EARLY, values={"days": facts.until.days, "limit_days": policy.praised_days})]
    return []


def _pattern_finding(facts: Facts, policy: Policy) -> Finding:
    """Names as many meetings as there were, where there have not been the policy's five yet."""
    meetings = policy.pattern_meetings
    if facts.meetings_total is not None:
        meetings = min(meetings, max(facts.meetings_total, facts.last_five_stepped_down))
    step_downs = min(facts.last_five_stepped_down, meetings)
    return Finding(rule=Rule.PATTERN, values={"step_downs": step_downs, "meetings": meetings})
