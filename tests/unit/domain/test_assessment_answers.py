"""What is recommended, what an override needs, and options taken together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assessment import Facts, Finding, Judgement, Organiser, Requirement, Rule, assess, requirement
from domain.policy import Policy
from domain.words import MeetingKind, Mode, Option, Reason, Tier, Verdict

CALM = Facts(tier=Tier.C, reason=Reason.WORKLOAD)


def recommended(facts: Facts) -> Option:
    return assess(facts, Policy()).recommended


def test_the_first_fine_option_in_the_order_of_least_damage_is_recommended() -> None:
    no_shorter = replace(CALM, minutes=15)
    no_call = replace(no_shorter, mode=Mode.CALL)
    no_handoff = replace(no_call, colleagues=0)

    assert [recommended(facts) for facts in (CALM, no_shorter, no_call, no_handoff)] == [
        Option.SHORTER,
        Option.CALL,
        Option.HANDOFF,
        Option.EMAIL,
    ]


def test_what_is_not_fine_is_never_recommended() -> None:
    facts = replace(CALM, minutes=15, mode=Mode.CALL, colleagues=0, kind=MeetingKind.KICKOFF)

    assert recommended(facts) is Option.KEEP
    assert assess(facts, Policy()).recommended_because == Finding(rule=Rule.KEEP_NOTHING_FINE)


@pytest.mark.parametrize("dragged", [{"colleague_lead_attends": True}, {"organiser": Organiser.COLLEAGUE}])
@pytest.mark.parametrize("reason", [Reason.WORKLOAD, Reason.CONFLICT, Reason.ILLNESS])
def test_who_was_dragged_along_hands_over_first(dragged: dict[str, object], reason: Reason) -> None:
    facts = replace(Facts(tier=Tier.B, reason=reason), **dragged)  # type: ignore[arg-type]  # names come as data
    assessment = assess(facts, Policy())

    assert assessment.recommended is Option.HANDOFF
    assert assessment.recommended_because == Finding(rule=Rule.DRAGGED_ALONG, values={"option": Option.HANDOFF})


@pytest.mark.parametrize("organiser", [Organiser.OWNER, Organiser.CLIENT])
def test_own_meetings_and_those_of_the_client_are_not_handed_over_first(organiser: Organiser) -> None:
    assessment = assess(replace(CALM, organiser=organiser), Policy())

    assert assessment.recommended is Option.SHORTER
    assert assessment.recommended_because == Finding(rule=Rule.LEAST_DAMAGE, values={"option": Option.SHORTER})


@pytest.mark.parametrize(
    "facts",
    [
        Facts(tier=Tier.A, reason=Reason.WORKLOAD),
        Facts(tier=Tier.B, reason=Reason.RATHER_NOT),
        Facts(tier=Tier.C, reason=Reason.WORKLOAD, colleagues=0),
        Facts(tier=Tier.C, reason=Reason.WORKLOAD, kind=MeetingKind.RENEWAL),
    ],
)
def test_dragged_along_or_not_a_handoff_must_be_fine_to_come_first(facts: Facts) -> None:
    assert recommended(replace(facts, colleague_lead_attends=True)) is Option.SHORTER


@pytest.mark.parametrize("dragged", [True, False])
def test_an_a_that_one_would_rather_not_meet_is_kept(dragged: bool) -> None:
    facts = Facts(tier=Tier.C, open_complaint=True, reason=Reason.RATHER_NOT, colleague_lead_attends=dragged)
    assessment = assess(facts, Policy())

    assert assessment.recommended is Option.KEEP
    assert assessment.recommended_because == Finding(rule=Rule.KEEP_RATHER_NOT, values={"tier": Tier.A})


def test_an_hour_before_shorter_stays_possible() -> None:
    assert recommended(replace(CALM, until=timedelta(hours=1))) is Option.SHORTER


def test_keeping_is_always_fine() -> None:
    assert assess(CALM, Policy()).for_option(Option.KEEP) == Judgement(
        verdict=Verdict.FINE, findings=(Finding(rule=Rule.KEEP_ALWAYS, verdict=Verdict.FINE),)
    )


@pytest.mark.parametrize(
    ("verdict", "needed"),
    [
        (Verdict.FINE, Requirement.NONE),
        (Verdict.THINK_TWICE, Requirement.CONFIRM),
        (Verdict.BLOCKED, Requirement.NOTE),
        (Verdict.NOT_AVAILABLE, Requirement.IMPOSSIBLE),
    ],
)
def test_what_an_override_needs(verdict: Verdict, needed: Requirement) -> None:
    assert requirement(verdict) is needed


def test_a_shorter_call_is_as_bad_as_the_worse_of_the_two() -> None:
    assessment = assess(replace(CALM, until=timedelta(hours=1)), Policy())
    shorter, call = assessment.for_option(Option.SHORTER), assessment.for_option(Option.CALL)

    assert assessment.together(Option.SHORTER, Option.CALL) == Judgement(
        verdict=Verdict.BLOCKED, findings=shorter.findings + call.findings
    )


def test_what_two_options_share_is_said_once() -> None:
    assessment = assess(replace(CALM, step_downs_90d=3), Policy())
    rules = [finding.rule for finding in assessment.together(Option.SHORTER, Option.CALL).findings]

    assert rules == [Rule.BASE_FINE, Rule.BUDGET_USED, Rule.BASE_FINE]
