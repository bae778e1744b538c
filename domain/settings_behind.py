"""Which numbers of the policy a rule goes by, so that whoever reads a verdict knows what it hangs on."""

from collections.abc import Mapping

from domain.assessment_findings import Finding, Rule

_SETTINGS: Mapping[Rule, tuple[str, ...]] = {
    Rule.TIER_REVENUE: ("revenue_share_lift",),
    Rule.TIER_RENEWAL: ("renewal_lift_days",),
    Rule.REPETITIVE_FREQUENT: ("frequent_meetings", "frequent_window_days"),
    Rule.REPETITIVE_IDLE: ("idle_occurrences",),
    Rule.REPETITIVE_NOT_SHOWN: ("frequent_meetings", "frequent_window_days", "idle_occurrences"),
    Rule.SHORT_NOTICE: ("ring_first_hours",),
    Rule.TOO_LATE: ("too_late_hours",),
    Rule.ALREADY_SHORT: ("shortest_minutes",),
    Rule.RING_FIRST: ("ring_first_hours",),
    Rule.RING_TOO: ("ring_too_hours",),
    Rule.EARLY: ("praised_days",),
    Rule.PATTERN: ("pattern_step_downs", "pattern_meetings"),
}


def settings_behind(finding: Finding) -> tuple[str, ...]:
    """Names of fields of `Policy`; none for a rule without a number."""
    if finding.rule is Rule.BUDGET_USED:
        return (f"budget_{str(finding.values['tier']).lower()}", "budget_window_days")
    return _SETTINGS.get(finding.rule, ())
