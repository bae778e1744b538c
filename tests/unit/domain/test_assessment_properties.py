"""What holds for every meeting under every policy that a workspace could set."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings

from domain.assessment import Assessment, ClientLead, Facts, Rule, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, MeetingKind, Mode, Option, Reason, Tier, Verdict
from tests.support.judgement import REMEDY, any_facts, any_policy, spans_until, without

GRADES = (
    (Reason.RATHER_NOT,),
    (Reason.REPETITIVE, Reason.CONFLICT, Reason.WORKLOAD),
    (Reason.ILLNESS, Reason.EMERGENCY),
)
"""From worse to better reasons."""


def worse_or_equal(assessment: Assessment, other: Assessment) -> bool:
    return all(
        assessment.for_option(option).verdict.severity >= other.for_option(option).verdict.severity
        for option in STEP_DOWNS
    )


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_there_is_an_answer_to_everything_and_each_is_explained(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)

    assert tuple(assessment.judgements) == STEP_DOWNS
    for option in Option:
        judgement = assessment.for_option(option)
        assert judgement.decisive
        assert judgement.findings[0].verdict is not None
    assert assessment.for_option(assessment.recommended).verdict is Verdict.FINE
    assert assessment.findings[0].rule in {Rule.TIER_AS_SET, Rule.TIER_NO_CLIENT}


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_keep_is_recommended_only_where_nothing_is_fine(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)
    fine = [option for option in STEP_DOWNS if assessment.for_option(option).verdict is Verdict.FINE]

    assert (assessment.recommended is Option.KEEP) is (not fine)


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_a_better_reason_never_worsens_a_verdict(facts: Facts, policy: Policy) -> None:
    for worse_grade, better_grade in pairwise(GRADES):
        for worse in worse_grade:
            for better in better_grade:
                assert worse_or_equal(
                    assess(replace(facts, reason=worse), policy), assess(replace(facts, reason=better), policy)
                ), (worse, better)


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_a_higher_tier_never_eases_a_verdict(facts: Facts, policy: Policy) -> None:
    a, b, c = (assess(replace(facts, tier=tier), policy) for tier in Tier)

    assert worse_or_equal(a, b)
    assert worse_or_equal(b, c)
    assert assess(replace(facts, tier=None), policy).judgements == c.judgements


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy(), one=spans_until(), other=spans_until())
def test_less_notice_never_eases_a_verdict(facts: Facts, policy: Policy, one: timedelta, other: timedelta) -> None:
    less, more = sorted((one, other))

    assert worse_or_equal(assess(replace(facts, until=less), policy), assess(replace(facts, until=more), policy))


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_each_of_these_alone_never_eases_a_verdict(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)
    burdens: list[dict[str, object]] = [
        {"open_complaint": True},
        {"renewal_in_days": 0},
        {"revenue_share": 1.0},
        {"step_downs_90d": facts.step_downs_90d + 1},
        {"last_stepped_down": True},
        {"lead": ClientLead.OWNER},
        {"mode": Mode.CALL},
        {"colleagues": 0},
        {"minutes": 15},
        {"glad_to_write": False},
        {"meetings_30d": 0, "series_idle": 0},
    ]
    burdens += [{"kind": kind} for kind in MeetingKind if kind.is_protected]

    for burden in burdens:
        burdened = assess(replace(facts, **burden), policy)  # type: ignore[arg-type]  # names come as data here
        assert worse_or_equal(burdened, assessment), burden


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_taking_away_any_cited_fact_changes_what_is_said(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)

    for finding in assessment.findings:
        if finding.rule in REMEDY:
            assert finding not in assess(without(facts, finding.rule), policy).findings, finding
    for option in STEP_DOWNS:
        for finding in assessment.for_option(option).findings:
            if finding.rule in REMEDY:
                changed = assess(without(facts, finding.rule), policy)
                assert finding not in changed.for_option(option).findings, finding


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_taking_away_all_that_modifiers_cite_eases_what_they_worsened(facts: Facts, policy: Policy) -> None:
    assessment = assess(facts, policy)

    for option in STEP_DOWNS:
        judgement = assessment.for_option(option)
        base, *_ = judgement.findings
        if judgement.verdict in {base.verdict, Verdict.NOT_AVAILABLE}:
            continue
        eased = assess(without(facts, *(finding.rule for finding in judgement.decisive)), policy).for_option(option)
        assert eased.verdict.severity < judgement.verdict.severity


@settings(deadline=None)
@given(facts=any_facts(), policy=any_policy())
def test_flags_that_only_speak_change_no_verdict(facts: Facts, policy: Policy) -> None:
    quiet = replace(facts, last_five_stepped_down=0, meetings_total=None, phone_known=True)
    loud = replace(facts, last_five_stepped_down=5, meetings_total=7, phone_known=False)

    assert [assess(quiet, policy).for_option(option).verdict for option in Option] == [
        assess(loud, policy).for_option(option).verdict for option in Option
    ]


def test_every_rule_about_a_fact_has_its_remedy() -> None:
    about_the_answer = {rule for rule in Rule if rule.startswith(("keep_", "base_"))} - {Rule.BASE_EXCUSED}

    assert set(Rule) - set(REMEDY) == about_the_answer | {Rule.TIER_AS_SET, Rule.LEAST_DAMAGE, Rule.DRAGGED_ALONG}
