"""What would change a verdict: it really does, nothing nearer would, and nobody is taught to lie."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessment import Facts, assess, is_excused
from domain.policy import Policy
from domain.what_if import Change, Prospects, changes, nearest, nearest_to_a_step_down
from domain.words import STEP_DOWNS, MeetingKind, Option, Reason, Tier, Verdict
from tests.support.judgement import any_facts, any_policy

POLICY = Policy()
NOTHING_AHEAD = Prospects()
ORDER = list(Change)


def any_prospects() -> st.SearchStrategy[Prospects]:
    waits = st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=30))
    return st.builds(Prospects, kind_guessed=st.booleans(), budget_eases_in=st.lists(waits, max_size=5).map(tuple))


@settings(max_examples=400)
@given(any_facts(), any_policy(), any_prospects(), st.sampled_from(STEP_DOWNS))
def test_a_change_that_is_named_turns_the_verdict_and_nothing_nearer_does(
    facts: Facts, policy: Policy, prospects: Prospects, option: Option
) -> None:
    before = assess(facts, policy).for_option(option).verdict

    found = nearest(option, facts, policy, prospects)

    helping = [
        (ORDER.index(change), days)
        for change, days, changed in changes(facts, prospects)
        if assess(changed, policy).for_option(option).verdict.severity < before.severity
    ]
    assert (found is None) == (helping == [])
    if found is not None:
        assert found.verdict is assess(found.facts, policy).for_option(option).verdict
        assert found.verdict.severity < before.severity
        assert (ORDER.index(found.change), found.days) == min(helping)


@settings(max_examples=400)
@given(any_facts(), any_policy(), any_prospects())
def test_advice_to_keep_turns_by_the_nearest_change_that_makes_a_step_down_fine(
    facts: Facts, policy: Policy, prospects: Prospects
) -> None:
    found = nearest_to_a_step_down(facts, policy, prospects)

    helping = [
        (ORDER.index(change), days)
        for change, days, changed in changes(facts, prospects)
        if assess(changed, policy).recommended is not Option.KEEP
    ]
    if assess(facts, policy).recommended is not Option.KEEP or not helping:
        assert found is None
    else:
        assert found is not None
        assert found.recommended is assess(found.facts, policy).recommended
        assert (ORDER.index(found.change), found.days, found.verdict) == (*min(helping), Verdict.FINE)


@given(any_facts(), any_policy(), any_prospects(), st.sampled_from(STEP_DOWNS))
def test_no_reason_is_put_into_anybodys_mouth_that_the_history_does_not_show(
    facts: Facts, policy: Policy, prospects: Prospects, option: Option
) -> None:
    found = nearest(option, facts, policy, prospects)

    if found is not None and found.facts.reason is not facts.reason:
        shown = facts.meetings_30d >= policy.frequent_meetings or facts.series_idle >= policy.idle_occurrences
        assert (found.change, found.facts.reason, shown) == (Change.REPETITION, Reason.REPETITIVE, True)
        assert facts.reason is None or not is_excused(facts.reason)


@given(any_facts(), any_prospects())
def test_nobody_is_told_to_wait_until_it_has_begun_or_for_longer_than_need_be(
    facts: Facts, prospects: Prospects
) -> None:
    waits = [(days, changed) for change, days, changed in changes(facts, prospects) if change is Change.WAIT]

    assert all(days >= 1 and not changed.started for days, changed in waits)
    assert [days for days, _ in waits] == sorted({days for days, _ in waits})


@pytest.mark.parametrize(
    ("option", "facts", "prospects", "change", "verdict"),
    [
        (Option.EMAIL, {"kind": MeetingKind.KICKOFF}, NOTHING_AHEAD, Change.KIND, Verdict.FINE),
        (Option.CALL, {"number_possible": False}, NOTHING_AHEAD, Change.NUMBER, Verdict.FINE),
        (Option.HANDOFF, {"colleagues": 0}, NOTHING_AHEAD, Change.COLLEAGUE, Verdict.FINE),
        (Option.EMAIL, {"tier": Tier.B}, NOTHING_AHEAD, Change.GLAD_TO_WRITE, Verdict.FINE),
        (Option.EMAIL, {"tier": Tier.B, "series_idle": 3}, NOTHING_AHEAD, Change.REPETITION, Verdict.FINE),
        (Option.HANDOFF, {"tier": Tier.B, "open_complaint": True}, NOTHING_AHEAD, Change.COMPLAINT, Verdict.FINE),
        (
            Option.SHORTER,
            {"tier": Tier.A, "step_downs_90d": 1, "until": timedelta(days=5)},
            Prospects(budget_eases_in=(timedelta(days=1, hours=3),)),
            Change.WAIT,
            Verdict.FINE,
        ),
    ],
)
def test_each_change_helps_where_its_rule_is_all_that_hinders(
    option: Option, facts: dict[str, object], prospects: Prospects, change: Change, verdict: Verdict
) -> None:
    given_facts = Facts(**{"tier": Tier.C, "reason": Reason.WORKLOAD, **facts})  # type: ignore[arg-type]  # as data

    found = nearest(option, given_facts, POLICY, prospects)

    assert found is not None
    assert (found.change, found.verdict) == (change, verdict)


def test_waiting_is_for_whole_days_until_the_budget_is_free_again() -> None:
    facts = Facts(tier=Tier.B, reason=Reason.WORKLOAD, step_downs_90d=3, until=timedelta(days=9))
    prospects = Prospects(budget_eases_in=(timedelta(days=8), timedelta(hours=5), timedelta(days=3, minutes=1)))

    found = nearest(Option.SHORTER, facts, POLICY, prospects)

    assert found is not None
    assert (found.change, found.days, found.facts.until) == (Change.WAIT, 4, timedelta(days=5))
    assert nearest(Option.SHORTER, facts, POLICY, Prospects(budget_eases_in=(timedelta(days=9),) * 3)) is None


def test_a_kind_that_the_owner_named_is_not_put_in_doubt() -> None:
    facts = Facts(tier=Tier.C, kind=MeetingKind.COMPLAINT)

    assert nearest(Option.EMAIL, facts, POLICY, Prospects(kind_guessed=False)) is None


def test_what_is_fine_needs_no_change() -> None:
    assert nearest(Option.SHORTER, Facts(tier=Tier.C, glad_to_write=False), POLICY, NOTHING_AHEAD) is None
