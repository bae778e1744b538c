"""The base table of the product, written out, and its recommended answers."""

import pytest

from domain.assessment import Facts, Finding, Rule, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, Option, Reason, Tier, Verdict

# reason, tier: shorter, call, handoff, email; recommended. F fine, T think twice, B blocked.
TABLE = """
illness     A: F F F F  shorter
illness     B: F F F F  shorter
illness     C: F F F F  shorter
emergency   A: F F F F  shorter
emergency   B: F F F F  shorter
emergency   C: F F F F  shorter
conflict    A: F F T T  shorter
conflict    B: F F F T  shorter
conflict    C: F F F F  shorter
workload    A: F F T T  shorter
workload    B: F F F T  shorter
workload    C: F F F F  shorter
repetitive  A: F F T T  shorter
repetitive  B: F F F F  shorter
repetitive  C: F F F F  shorter
rather_not  A: T T B B  keep
rather_not  B: F F B B  shorter
rather_not  C: F F T T  shorter
"""
LETTERS = {"F": Verdict.FINE, "T": Verdict.THINK_TWICE, "B": Verdict.BLOCKED}


def rows() -> list[tuple[Reason, Tier, list[Verdict], Option]]:
    table = []
    for line in TABLE.strip().splitlines():
        reason, tier, *verdicts, recommended = line.replace(":", "").split()
        table.append((Reason(reason), Tier(tier), [LETTERS[v] for v in verdicts], Option(recommended)))
    return table


ROWS = rows()


def verdicts(facts: Facts, policy: Policy | None = None) -> list[Verdict]:
    assessment = assess(facts, policy or Policy())
    return [assessment.for_option(option).verdict for option in STEP_DOWNS]


def test_the_table_is_whole() -> None:
    assert {(reason, tier) for reason, tier, _, _ in ROWS} == {(reason, tier) for reason in Reason for tier in Tier}


@pytest.mark.parametrize(("reason", "tier", "expected", "recommended"), ROWS)
def test_base_verdicts(reason: Reason, tier: Tier, expected: list[Verdict], recommended: Option) -> None:
    facts = Facts(tier=tier, reason=reason, meetings_30d=4)

    assert verdicts(facts) == expected
    assert assess(facts, Policy()).recommended is recommended


@pytest.mark.parametrize(("reason", "tier", "expected", "recommended"), ROWS)
def test_every_base_verdict_is_explained_by_its_rule(
    reason: Reason, tier: Tier, expected: list[Verdict], recommended: Option
) -> None:
    assessment = assess(Facts(tier=tier, reason=reason, meetings_30d=4), Policy())
    rules = {
        Verdict.FINE: Rule.BASE_FINE,
        Verdict.THINK_TWICE: Rule.BASE_THINK_TWICE,
        Verdict.BLOCKED: Rule.BASE_BLOCKED,
    }
    excused = reason in {Reason.ILLNESS, Reason.EMERGENCY}

    assert [assessment.for_option(option).findings[0] for option in STEP_DOWNS] == [
        Finding(
            rule=Rule.BASE_EXCUSED if excused else rules[verdict],
            values={"option": option, "tier": tier, "reason": reason},
            verdict=verdict,
        )
        for option, verdict in zip(STEP_DOWNS, expected, strict=True)
    ]


@pytest.mark.parametrize("tier", Tier)
def test_repetitive_that_the_history_does_not_show_counts_as_rather_not(tier: Tier) -> None:
    facts = Facts(tier=tier, reason=Reason.REPETITIVE, meetings_30d=3, series_idle=2)
    not_shown = Finding(
        rule=Rule.REPETITIVE_NOT_SHOWN,
        values={"meetings": 3, "meetings_limit": 4, "days": 30, "occurrences": 2, "occurrences_limit": 3},
    )

    assert verdicts(facts) == next(row[2] for row in ROWS if row[:2] == (Reason.RATHER_NOT, tier))
    assert all(not_shown in assess(facts, Policy()).for_option(option).findings for option in STEP_DOWNS)


@pytest.mark.parametrize(
    ("meetings_30d", "series_idle", "expected"),
    [
        (4, 0, [Finding(rule=Rule.REPETITIVE_FREQUENT, values={"meetings": 4, "limit": 4, "days": 30})]),
        (0, 3, [Finding(rule=Rule.REPETITIVE_IDLE, values={"occurrences": 3, "limit": 3})]),
        (
            9,
            8,
            [
                Finding(rule=Rule.REPETITIVE_FREQUENT, values={"meetings": 9, "limit": 4, "days": 30}),
                Finding(rule=Rule.REPETITIVE_IDLE, values={"occurrences": 8, "limit": 3}),
            ],
        ),
    ],
)
def test_many_meetings_or_an_idle_series_show_that_it_is_repetitive(
    meetings_30d: int, series_idle: int, expected: list[Finding]
) -> None:
    facts = Facts(tier=Tier.B, reason=Reason.REPETITIVE, meetings_30d=meetings_30d, series_idle=series_idle)
    judgement = assess(facts, Policy()).for_option(Option.EMAIL)

    assert (judgement.verdict, list(judgement.findings[1:])) == (Verdict.FINE, expected)


def test_the_history_is_no_excuse_for_another_reason() -> None:
    judgement = assess(Facts(tier=Tier.B, reason=Reason.RATHER_NOT, meetings_30d=9), Policy()).for_option(Option.EMAIL)

    assert [finding.rule for finding in judgement.findings] == [Rule.BASE_BLOCKED]


def test_before_a_reason_is_given_workload_is_assumed() -> None:
    silent, said = (assess(Facts(tier=Tier.B, reason=reason), Policy()) for reason in (None, Reason.WORKLOAD))

    assert silent.judgements == said.judgements
    assert silent.findings == (
        *said.findings,
        Finding(rule=Rule.REASON_ASSUMED, values={"reason": Reason.WORKLOAD}),
    )


@pytest.mark.parametrize("reason", Reason)
def test_a_meeting_without_a_client_counts_as_c(reason: Reason) -> None:
    assert verdicts(Facts(tier=None, reason=reason)) == verdicts(Facts(tier=Tier.C, reason=reason))


def test_the_lifted_tier_is_the_one_that_counts() -> None:
    facts = Facts(tier=Tier.C, open_complaint=True, reason=Reason.CONFLICT)

    assert assess(facts, Policy()).effective_tier is Tier.A
    assert verdicts(facts) == verdicts(Facts(tier=Tier.A, reason=Reason.CONFLICT))


@pytest.mark.parametrize(
    ("reason", "tier", "email"),
    [
        (Reason.WORKLOAD, Tier.A, Verdict.THINK_TWICE),
        (Reason.WORKLOAD, Tier.B, Verdict.FINE),
        (Reason.WORKLOAD, Tier.C, Verdict.FINE),
        (Reason.RATHER_NOT, Tier.A, Verdict.BLOCKED),
        (Reason.RATHER_NOT, Tier.B, Verdict.THINK_TWICE),
        (Reason.RATHER_NOT, Tier.C, Verdict.THINK_TWICE),
        (Reason.ILLNESS, Tier.B, Verdict.FINE),
    ],
)
def test_a_client_glad_to_write_counts_lower_in_the_email_column_only(
    reason: Reason, tier: Tier, email: Verdict
) -> None:
    glad, other = (verdicts(Facts(tier=tier, reason=reason, glad_to_write=glad)) for glad in (True, False))

    assert glad == [*other[:3], email]


def test_glad_to_write_is_named_where_it_decides() -> None:
    def rules(tier: Tier, reason: Reason) -> list[Finding]:
        facts = Facts(tier=tier, reason=reason, glad_to_write=True, meetings_30d=0)
        return list(assess(facts, Policy()).for_option(Option.EMAIL).findings[1:])

    lowered = Finding(rule=Rule.GLAD_TO_WRITE, values={"tier": Tier.B, "counted_as": Tier.C})
    assert rules(Tier.B, Reason.WORKLOAD) == [lowered]
    assert rules(Tier.A, Reason.WORKLOAD) == []
    assert rules(Tier.C, Reason.WORKLOAD) == []
    assert rules(Tier.B, Reason.ILLNESS) == []


def test_an_a_that_would_rather_be_a_b_is_told_why_not() -> None:
    facts = Facts(tier=Tier.A, reason=Reason.REPETITIVE, glad_to_write=True, series_idle=3)

    assert assess(facts, Policy()).for_option(Option.EMAIL).findings[1] == Finding(
        rule=Rule.GLAD_TO_WRITE_NOT_A, values={"tier": Tier.A}
    )


def test_a_client_lifted_to_a_is_not_lowered_by_being_glad_to_write() -> None:
    assessment = assess(Facts(tier=Tier.B, renewal_in_days=10, glad_to_write=True, reason=Reason.WORKLOAD), Policy())

    assert (assessment.effective_tier, assessment.email_tier) == (Tier.A, Tier.A)
    assert assessment.for_option(Option.EMAIL).verdict is Verdict.THINK_TWICE
