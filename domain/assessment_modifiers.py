"""What worsens a verdict (protected kinds, budget, notice, the client's lead) and what makes an option impossible."""

from domain.assessment_base import is_excused
from domain.assessment_facts import ClientLead, Facts
from domain.assessment_findings import Finding, Rule, Value
from domain.notice import Notice
from domain.policy import Policy
from domain.words import Mode, Option, Reason, Tier, Verdict


def modifiers(
    option: Option, reason: Reason, tier: Tier, facts: Facts, policy: Policy, notice: Notice
) -> list[Finding]:
    """Every modifier that applies, also one that asks for no more than another already does: removing the other
    would not help, and the owner should know."""
    findings = _protected_kind(option, reason, facts)
    if not is_excused(reason):
        findings += _history(tier, facts, policy)
        findings += _short_notice(option, facts, policy, notice)
        if option is Option.HANDOFF and tier is Tier.A and facts.lead is ClientLead.OWNER:
            findings.append(Finding(rule=Rule.OWNER_LEADS, values={"tier": tier}, verdict=Verdict.THINK_TWICE))
    if option is Option.CALL and not facts.phone_known:
        findings.append(Finding(rule=Rule.NUMBER_TO_ASK))
    return findings


def _protected_kind(option: Option, reason: Reason, facts: Facts) -> list[Finding]:
    if not facts.kind.is_protected:
        return []
    values: dict[str, Value] = {"kind": facts.kind}
    if option is Option.EMAIL and is_excused(reason):
        values["reason"] = reason
        return [Finding(rule=Rule.PROTECTED_EMAIL_EXCUSED, values=values, verdict=Verdict.THINK_TWICE)]
    if option is Option.EMAIL:
        return [Finding(rule=Rule.PROTECTED_EMAIL, values=values, verdict=Verdict.BLOCKED)]
    if option is Option.HANDOFF and not is_excused(reason):
        return [Finding(rule=Rule.PROTECTED_HANDOFF, values=values, verdict=Verdict.THINK_TWICE)]
    return []


def _history(tier: Tier, facts: Facts, policy: Policy) -> list[Finding]:
    """The budget, and never two in a row with an A or B. The effective tier counts, also for an e-mail to a client
    who is glad to write: the mark speaks of one medium, the budget of all of them."""
    findings = []
    budget = policy.budget(tier)
    if facts.step_downs_90d >= budget:
        values: dict[str, Value] = {
            "tier": tier,
            "step_downs": facts.step_downs_90d,
            "budget": budget,
            "days": policy.budget_window_days,
        }
        findings.append(Finding(rule=Rule.BUDGET_USED, values=values, verdict=Verdict.THINK_TWICE))
    if facts.last_stepped_down and tier is not Tier.C:
        findings.append(Finding(rule=Rule.TWICE_IN_A_ROW, values={"tier": tier}, verdict=Verdict.THINK_TWICE))
    return findings


def _short_notice(option: Option, facts: Facts, policy: Policy, notice: Notice) -> list[Finding]:
    if notice is Notice.LAST_MINUTE and option in {Option.CALL, Option.EMAIL}:
        values = {**notice_values(facts, policy.too_late_hours), "option": option}
        return [Finding(rule=Rule.TOO_LATE, values=values, verdict=Verdict.BLOCKED)]
    if notice is Notice.SHORT and option is Option.EMAIL:
        values = {**notice_values(facts, policy.ring_first_hours), "option": option}
        return [Finding(rule=Rule.SHORT_NOTICE, values=values, verdict=Verdict.THINK_TWICE)]
    return []


def notice_values(facts: Facts, limit_hours: int) -> dict[str, Value]:
    """What a sentence about notice needs; `minutes` is the whole notice in minutes, not what is left of an hour."""
    minutes = facts.minutes_until
    return {"hours": minutes // 60, "minutes": minutes, "limit_hours": limit_hours}


def not_available(option: Option, facts: Facts, policy: Policy) -> list[Finding]:
    """Why an option does not exist for this meeting; empty where it does. Nothing else matters then."""
    if facts.started:
        return [_unavailable(Rule.STARTED)]
    if option is Option.CALL and facts.mode is Mode.CALL:
        return [_unavailable(Rule.ALREADY_A_CALL)]
    if option is Option.CALL and not facts.number_possible:
        return [_unavailable(Rule.NO_NUMBER)]
    if option is Option.SHORTER and facts.minutes <= policy.shortest_minutes:
        return [_unavailable(Rule.ALREADY_SHORT, minutes=facts.minutes, limit_minutes=policy.shortest_minutes)]
    if option is Option.HANDOFF and facts.colleagues < 1:
        return [_unavailable(Rule.NOBODY_TO_TAKE_IT)]
    return []


def _unavailable(rule: Rule, **values: Value) -> Finding:
    return Finding(rule=rule, values=values, verdict=Verdict.NOT_AVAILABLE)
