"""The base verdicts: how good a reason is for a client of a tier, before anything else is looked at."""

from domain.assessment_facts import Facts
from domain.assessment_findings import Finding, Rule
from domain.policy import Policy
from domain.tiers import email_tier
from domain.words import STEP_DOWNS, Option, Reason, Tier, Verdict

_F, _T, _B = Verdict.FINE, Verdict.THINK_TWICE, Verdict.BLOCKED

# In the order of STEP_DOWNS: shorter, call, handoff, email.
_EXCUSED = dict.fromkeys(Tier, (_F, _F, _F, _F))
_BUSY = {Tier.A: (_F, _F, _T, _T), Tier.B: (_F, _F, _F, _T), Tier.C: (_F, _F, _F, _F)}
_REPETITIVE = {Tier.A: (_F, _F, _T, _T), Tier.B: (_F, _F, _F, _F), Tier.C: (_F, _F, _F, _F)}
_RATHER_NOT = {Tier.A: (_T, _T, _B, _B), Tier.B: (_F, _F, _B, _B), Tier.C: (_F, _F, _T, _T)}

_ROWS = {
    Reason.ILLNESS: _EXCUSED,
    Reason.EMERGENCY: _EXCUSED,
    Reason.CONFLICT: _BUSY,
    Reason.WORKLOAD: _BUSY,
    Reason.REPETITIVE: _REPETITIVE,
    Reason.RATHER_NOT: _RATHER_NOT,
}

_RULES = {_F: Rule.BASE_FINE, _T: Rule.BASE_THINK_TWICE, _B: Rule.BASE_BLOCKED}


def is_excused(reason: Reason) -> bool:
    """Illness and emergency: nobody chose them, so most modifiers leave them alone."""
    return reason in {Reason.ILLNESS, Reason.EMERGENCY}


def base_findings(option: Option, reason: Reason, tier: Tier, facts: Facts, policy: Policy) -> list[Finding]:
    """The base rule first, then what moved it within the table: the e-mail column, whether repetition is shown."""
    history = _repetition(facts, policy) if reason is Reason.REPETITIVE else []
    shown = all(finding.rule is not Rule.REPETITIVE_NOT_SHOWN for finding in history)
    row = _ROWS[reason if shown else Reason.RATHER_NOT]
    column = STEP_DOWNS.index(option)
    counted = email_tier(tier, glad_to_write=facts.glad_to_write) if option is Option.EMAIL else tier
    verdict = row[counted][column]
    rule = Rule.BASE_EXCUSED if is_excused(reason) else _RULES[verdict]
    findings = [Finding(rule=rule, values={"option": option, "tier": counted, "reason": reason}, verdict=verdict)]
    if option is Option.EMAIL and facts.glad_to_write:
        if row[tier][column] is not verdict:
            findings.append(Finding(rule=Rule.GLAD_TO_WRITE, values={"tier": tier, "counted_as": counted}))
        elif tier is Tier.A and row[Tier.B][column] is not verdict:
            findings.append(Finding(rule=Rule.GLAD_TO_WRITE_NOT_A, values={"tier": tier}))
    return findings + history


def _repetition(facts: Facts, policy: Policy) -> list[Finding]:
    """What the history shows of a repetitive meeting."""
    frequent = facts.meetings_30d >= policy.frequent_meetings
    idle = facts.series_idle >= policy.idle_occurrences
    findings = []
    if frequent:
        values = {
            "meetings": facts.meetings_30d,
            "limit": policy.frequent_meetings,
            "days": policy.frequent_window_days,
        }
        findings.append(Finding(rule=Rule.REPETITIVE_FREQUENT, values=values))
    if idle:
        values = {"occurrences": facts.series_idle, "limit": policy.idle_occurrences}
        findings.append(Finding(rule=Rule.REPETITIVE_IDLE, values=values))
    if not findings:
        values = {
            "meetings": facts.meetings_30d,
            "meetings_limit": policy.frequent_meetings,
            "days": policy.frequent_window_days,
            "occurrences": facts.series_idle,
            "occurrences_limit": policy.idle_occurrences,
        }
        findings.append(Finding(rule=Rule.REPETITIVE_NOT_SHOWN, values=values))
    return findings
