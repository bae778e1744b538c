"""What worsens a verdict, what makes an option impossible, and what is only said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assessment import ClientLead, Facts, Finding, Judgement, Rule, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, MeetingKind, Mode, Option, Reason, Tier, Verdict

F, T, B, N = Verdict.FINE, Verdict.THINK_TWICE, Verdict.BLOCKED, Verdict.NOT_AVAILABLE
EXCUSES = [Reason.ILLNESS, Reason.EMERGENCY]
CALM = Facts(tier=Tier.C, reason=Reason.WORKLOAD)
"""Everything is fine here."""


def verdicts(facts: Facts) -> list[Verdict]:
    """Shorter, call, handoff, email."""
    assessment = assess(facts, Policy())
    return [assessment.for_option(option).verdict for option in STEP_DOWNS]


def judged(facts: Facts, option: Option) -> Judgement:
    return assess(facts, Policy()).for_option(option)


def test_where_nothing_applies_everything_is_fine() -> None:
    assert verdicts(CALM) == [F, F, F, F]


@pytest.mark.parametrize("kind", [kind for kind in MeetingKind if kind.is_protected])
def test_a_protected_kind_blocks_an_email_and_makes_a_handoff_think_twice(kind: MeetingKind) -> None:
    facts = replace(CALM, kind=kind)

    assert verdicts(facts) == [F, F, T, B]
    assert judged(facts, Option.EMAIL).decisive == (
        Finding(rule=Rule.PROTECTED_EMAIL, values={"kind": kind}, verdict=B),
    )
    assert judged(facts, Option.HANDOFF).decisive == (
        Finding(rule=Rule.PROTECTED_HANDOFF, values={"kind": kind}, verdict=T),
    )


@pytest.mark.parametrize("reason", EXCUSES)
@pytest.mark.parametrize("tier", Tier)
def test_with_an_excuse_a_protected_kind_only_makes_an_email_think_twice(reason: Reason, tier: Tier) -> None:
    facts = Facts(tier=tier, reason=reason, kind=MeetingKind.COMPLAINT)

    assert verdicts(facts) == [F, F, F, T]
    assert judged(facts, Option.EMAIL).decisive == (
        Finding(rule=Rule.PROTECTED_EMAIL_EXCUSED, values={"kind": MeetingKind.COMPLAINT, "reason": reason}, verdict=T),
    )


def test_a_modifier_never_eases() -> None:
    assert verdicts(Facts(tier=Tier.A, reason=Reason.RATHER_NOT, kind=MeetingKind.KICKOFF)) == [T, T, B, B]


@pytest.mark.parametrize(("tier", "budget"), [(Tier.A, 1), (Tier.B, 2), (Tier.C, 3)])
def test_a_budget_used_up_turns_fine_into_think_twice(tier: Tier, budget: int) -> None:
    facts = Facts(tier=tier, reason=Reason.WORKLOAD, step_downs_90d=budget)
    used = Finding(
        rule=Rule.BUDGET_USED, values={"tier": tier, "step_downs": budget, "budget": budget, "days": 90}, verdict=T
    )

    assert verdicts(facts) == [T, T, T, T]
    assert all(used in judged(facts, option).findings for option in STEP_DOWNS)
    assert verdicts(replace(facts, step_downs_90d=budget - 1)) == verdicts(replace(facts, step_downs_90d=0))


@pytest.mark.parametrize("tier", [Tier.A, Tier.B])
def test_never_two_in_a_row_with_an_a_or_b(tier: Tier) -> None:
    facts = Facts(tier=tier, reason=Reason.WORKLOAD, last_stepped_down=True)
    twice = Finding(rule=Rule.TWICE_IN_A_ROW, values={"tier": tier}, verdict=T)

    assert verdicts(facts) == [T, T, T, T]
    assert all(twice in judged(facts, option).findings for option in STEP_DOWNS)


def test_two_in_a_row_with_a_c_is_nothing_to_speak_of() -> None:
    assert assess(replace(CALM, last_stepped_down=True), Policy()) == assess(CALM, Policy())


def test_the_effective_tier_decides_on_budget_and_two_in_a_row() -> None:
    lifted = replace(CALM, renewal_in_days=5)

    assert verdicts(replace(lifted, step_downs_90d=2)) == [T, T, T, T]
    assert verdicts(replace(lifted, last_stepped_down=True)) == [T, T, T, T]
    assert verdicts(replace(lifted, last_stepped_down=True, glad_to_write=True)) == [T, T, T, T]


def test_budget_does_not_make_a_blocked_verdict_milder() -> None:
    assert verdicts(Facts(tier=Tier.B, reason=Reason.RATHER_NOT, step_downs_90d=9)) == [T, T, B, B]


@pytest.mark.parametrize("reason", EXCUSES)
def test_budget_notice_and_lead_are_not_held_against_the_ill(reason: Reason) -> None:
    facts = Facts(
        tier=Tier.A,
        reason=reason,
        step_downs_90d=9,
        last_stepped_down=True,
        until=timedelta(minutes=30),
        lead=ClientLead.OWNER,
    )

    assert verdicts(facts) == [F, F, F, F]
    assert assess(facts, Policy()).ring_first


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (timedelta(seconds=1), [F, B, F, B]),
        (timedelta(hours=2, seconds=-1), [F, B, F, B]),
        (timedelta(hours=2), [F, F, F, T]),
        (timedelta(hours=24, seconds=-1), [F, F, F, T]),
        (timedelta(hours=24), [F, F, F, F]),
        (timedelta(hours=48), [F, F, F, F]),
        (timedelta(days=7), [F, F, F, F]),
    ],
)
def test_short_notice_worsens_an_email_and_the_last_minute_a_call_too(
    until: timedelta, expected: list[Verdict]
) -> None:
    assert verdicts(replace(CALM, until=until)) == expected


def test_short_notice_is_explained_with_its_hours() -> None:
    short = replace(CALM, until=timedelta(hours=5, minutes=20))
    late = replace(CALM, until=timedelta(minutes=90, seconds=59))

    assert judged(short, Option.EMAIL).decisive == (
        Finding(
            rule=Rule.SHORT_NOTICE,
            values={"hours": 5, "minutes": 320, "limit_hours": 24, "option": Option.EMAIL},
            verdict=T,
        ),
    )
    for option in (Option.CALL, Option.EMAIL):
        assert judged(late, option).decisive == (
            Finding(
                rule=Rule.TOO_LATE,
                values={"hours": 1, "minutes": 90, "limit_hours": 2, "option": option},
                verdict=B,
            ),
        )


NOTES = [
    (
        timedelta(hours=2, seconds=-1),
        (True, False, False),
        [Finding(rule=Rule.RING_FIRST, values={"hours": 1, "minutes": 119, "limit_hours": 24})],
    ),
    (
        timedelta(hours=23),
        (True, False, False),
        [Finding(rule=Rule.RING_FIRST, values={"hours": 23, "minutes": 1380, "limit_hours": 24})],
    ),
    (
        timedelta(hours=24),
        (False, True, False),
        [Finding(rule=Rule.RING_TOO, values={"hours": 24, "minutes": 1440, "limit_hours": 48})],
    ),
    (timedelta(hours=48), (False, False, False), []),
    (timedelta(days=7, seconds=-1), (False, False, False), []),
    (timedelta(days=9, hours=5), (False, False, True), [Finding(rule=Rule.EARLY, values={"days": 9, "limit_days": 7})]),
]


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize(("until", "flags", "findings"), NOTES)
def test_the_bot_speaks_of_notice_whatever_the_reason(
    reason: Reason, until: timedelta, flags: tuple[bool, bool, bool], findings: list[Finding]
) -> None:
    assessment = assess(replace(CALM, reason=reason, until=until), Policy())

    assert (assessment.ring_first, assessment.ring_too, assessment.praised) == flags
    assert list(assessment.findings[1:]) == findings


def test_the_lead_of_an_a_thinks_twice_before_handing_over() -> None:
    facts = Facts(tier=Tier.A, reason=Reason.REPETITIVE, meetings_30d=4, lead=ClientLead.OWNER)

    assert Finding(rule=Rule.OWNER_LEADS, values={"tier": Tier.A}, verdict=T) in judged(facts, Option.HANDOFF).findings
    assert verdicts(facts) == [F, F, T, T]


@pytest.mark.parametrize(
    ("tier", "lead"), [(Tier.B, ClientLead.OWNER), (Tier.A, ClientLead.COLLEAGUE), (Tier.A, ClientLead.NONE)]
)
def test_the_lead_matters_only_for_an_a_and_only_where_it_is_the_owner(tier: Tier, lead: ClientLead) -> None:
    facts = Facts(tier=tier, reason=Reason.WORKLOAD, lead=lead)

    assert assess(facts, Policy()) == assess(replace(facts, lead=ClientLead.NONE), Policy())


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize(
    ("change", "option", "finding"),
    [
        ({"mode": Mode.CALL}, Option.CALL, Finding(rule=Rule.ALREADY_A_CALL, verdict=N)),
        (
            {"number_possible": False, "phone_known": False},
            Option.CALL,
            Finding(rule=Rule.NO_NUMBER, verdict=N),
        ),
        (
            {"minutes": 15},
            Option.SHORTER,
            Finding(rule=Rule.ALREADY_SHORT, values={"minutes": 15, "limit_minutes": 15}, verdict=N),
        ),
        ({"colleagues": 0}, Option.HANDOFF, Finding(rule=Rule.NOBODY_TO_TAKE_IT, verdict=N)),
    ],
)
def test_an_option_that_does_not_exist_says_only_why(
    change: dict[str, object], option: Option, finding: Finding, reason: Reason
) -> None:
    plain = replace(CALM, reason=reason, step_downs_90d=9, kind=MeetingKind.RENEWAL)
    facts = replace(plain, **change)  # type: ignore[arg-type]  # field names come as data here
    others = [other for other in STEP_DOWNS if other is not option]

    assert judged(facts, option) == Judgement(verdict=N, findings=(finding,))
    assert [judged(facts, other) for other in others] == [judged(plain, other) for other in others]
    assert assess(facts, Policy()).possible == tuple(others)


def test_sixteen_minutes_can_become_fifteen() -> None:
    assert verdicts(replace(CALM, minutes=16)) == [F, F, F, F]


def test_a_number_that_must_be_asked_for_is_a_note() -> None:
    judgement = judged(replace(CALM, phone_known=False), Option.CALL)

    assert (judgement.verdict, judgement.findings[-1]) == (F, Finding(rule=Rule.NUMBER_TO_ASK))


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("until", [timedelta(0), timedelta(hours=-3)])
def test_after_the_start_nothing_can_be_stepped_down(reason: Reason, until: timedelta) -> None:
    assessment = assess(replace(CALM, reason=reason, until=until), Policy())
    started = Finding(rule=Rule.STARTED, verdict=N)

    assert [assessment.for_option(o) for o in STEP_DOWNS] == [Judgement(verdict=N, findings=(started,))] * 4
    assert (assessment.recommended, assessment.recommended_because) == (Option.KEEP, Finding(rule=Rule.KEEP_STARTED))
    assert (assessment.ring_first, assessment.possible) == (False, ())
    assert assessment.findings[-1] == Finding(rule=Rule.STARTED)


@pytest.mark.parametrize(
    ("stepped_down", "total", "finding"),
    [
        (2, None, None),
        (3, None, Finding(rule=Rule.PATTERN, values={"step_downs": 3, "meetings": 5})),
        (5, 20, Finding(rule=Rule.PATTERN, values={"step_downs": 5, "meetings": 5})),
        (3, 4, Finding(rule=Rule.PATTERN, values={"step_downs": 3, "meetings": 4})),
    ],
)
def test_three_of_the_last_five_are_a_pattern(stepped_down: int, total: int | None, finding: Finding | None) -> None:
    facts = replace(CALM, last_five_stepped_down=stepped_down, meetings_total=total)
    assessment = assess(facts, Policy())

    assert assessment.pattern is (finding is not None)
    assert list(assessment.findings[1:]) == ([] if finding is None else [finding])
    assert assessment.judgements == assess(CALM, Policy()).judgements


def test_the_numbers_are_the_workspaces() -> None:
    policy = Policy(budget_a=2, budget_b=5, budget_c=6, too_late_hours=4, ring_first_hours=12, shortest_minutes=30)
    b = Facts(tier=Tier.B, reason=Reason.CONFLICT)

    def verdict(facts: Facts, option: Option) -> Verdict:
        return assess(facts, policy).for_option(option).verdict

    assert verdict(replace(b, step_downs_90d=4), Option.CALL) is F
    assert verdict(replace(b, step_downs_90d=5), Option.CALL) is T
    assert verdict(replace(b, until=timedelta(hours=3)), Option.CALL) is B
    assert verdict(replace(b, until=timedelta(hours=4)), Option.CALL) is F
    assert verdict(replace(b, minutes=30), Option.SHORTER) is N
    assert not assess(replace(b, until=timedelta(hours=12)), policy).ring_first
