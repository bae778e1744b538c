"""The settings that stand beside a finding are those that docs/judgement.md names for its rule."""

import pytest
from hypothesis import given

from domain.assessment import Facts, Finding, Rule, assess
from domain.policy import Policy
from domain.settings_behind import settings_behind
from domain.words import Tier
from tests.support.judgement import any_facts, any_policy
from tests.unit.domain.test_judgement_page import ROWS, named

DOCUMENTED = {row[0].strip("`"): frozenset(named([row[4]])) for row in ROWS}


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.BUDGET_USED])
def test_a_rule_goes_by_the_settings_that_the_page_gives_it(rule: Rule) -> None:
    assert set(settings_behind(Finding(rule=rule))) == DOCUMENTED[rule.value]


def test_the_budget_is_that_of_the_tier_that_counts() -> None:
    behind = {tier: settings_behind(Finding(rule=Rule.BUDGET_USED, values={"tier": tier})) for tier in Tier}

    assert behind == {
        Tier.A: ("budget_a", "budget_window_days"),
        Tier.B: ("budget_b", "budget_window_days"),
        Tier.C: ("budget_c", "budget_window_days"),
    }
    assert {name for names in behind.values() for name in names} == DOCUMENTED["budget_used"]


@given(any_facts(), any_policy())
def test_every_setting_behind_a_finding_is_one_of_the_policy(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)
    findings = [*assessment.findings, *(f for j in assessment.judgements.values() for f in j.findings)]

    assert all(hasattr(policy, name) for finding in findings for name in settings_behind(finding))
