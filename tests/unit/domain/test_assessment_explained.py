"""An explanation that is true: what a verdict is said to hang on does hold it, under every policy."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings

from domain.assessment import Facts, Finding, Organiser, Rule, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, Reason, Tier, Verdict
from tests.support.judgement import any_facts, any_policy, without

LIFTS = frozenset({Rule.TIER_REVENUE, Rule.TIER_RENEWAL, Rule.TIER_COMPLAINT})
BASE = frozenset({Rule.BASE_EXCUSED, Rule.BASE_FINE, Rule.BASE_THINK_TWICE, Rule.BASE_BLOCKED})


def harmless(facts: Facts, finding: Finding) -> Facts:
    """The same meeting without the fact that the finding cites."""
    if finding.rule in BASE:
        return replace(facts, reason=Reason.ILLNESS)
    return without(facts, finding.rule)


@settings(max_examples=200, deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_without_the_fact_of_a_finding_the_verdict_is_another_or_another_finding_is_its_reason(
    facts: Facts, policy: Policy
) -> None:
    assessment = assess(facts, policy)

    for option in STEP_DOWNS:
        judgement = assessment.for_option(option)
        for finding in judgement.decisive:
            if judgement.verdict is Verdict.FINE:
                continue
            then = assess(harmless(facts, finding), policy).for_option(option)
            assert (then.verdict, then.decisive) != (judgement.verdict, judgement.decisive), finding
            assert finding not in then.decisive, finding


@settings(max_examples=200, deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_the_only_finding_that_holds_a_verdict_changes_it_when_it_goes(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)

    for option in STEP_DOWNS:
        judgement = assessment.for_option(option)
        if judgement.verdict in {Verdict.FINE, Verdict.NOT_AVAILABLE} or len(judgement.decisive) > 1:
            continue
        (alone,) = judgement.decisive
        then = assess(harmless(facts, alone), policy).for_option(option)
        assert then.verdict.severity < judgement.verdict.severity, alone


@settings(max_examples=150, deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_a_modifier_that_asks_for_less_than_another_holds_nothing(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)

    for option in STEP_DOWNS:
        judgement = assessment.for_option(option)
        for finding in judgement.findings[1:]:
            if finding.verdict is not None and finding.verdict.severity < judgement.verdict.severity:
                then = assess(without(facts, finding.rule), policy).for_option(option)
                assert then.verdict is judgement.verdict, finding


@settings(max_examples=150, deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_the_only_lift_that_is_named_is_what_lifts_the_client(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)
    lifts = [finding for finding in assessment.findings if finding.rule in LIFTS]
    own = Tier.C if facts.tier is None else facts.tier

    assert bool(lifts) is (assessment.effective_tier is not own)
    if len(lifts) == 1:
        assert assess(without(facts, lifts[0].rule), policy).effective_tier is not assessment.effective_tier


@settings(max_examples=150, deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_advice_that_cites_a_fact_is_given_for_another_reason_without_it(facts: Facts, policy: Policy) -> None:
    remedies: dict[Rule, dict[str, object]] = {
        Rule.DRAGGED_ALONG: {"organiser": Organiser.OWNER, "colleague_lead_attends": False},
        Rule.KEEP_RATHER_NOT: {"reason": Reason.ILLNESS},
        Rule.KEEP_STARTED: {"until": timedelta(days=400)},
    }
    because = assess(facts, policy).recommended_because
    assume(because.rule in remedies)

    changed = replace(facts, **remedies[because.rule])  # type: ignore[arg-type]  # names and values come as data here

    assert assess(changed, policy).recommended_because != because
