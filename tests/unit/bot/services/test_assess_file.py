"""The file of `app.py assess`: what is left out, and what is refused where."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.assess_answers import answer
from bot.services.assess_file import Case, CaseFile, CaseProblem, read_cases
from domain.assessment_facts import ClientLead, Facts, Organiser
from domain.policy import Policy
from domain.words import MeetingKind, Mode, Reason, Tier
from messages.i18n import translator

FULL = {
    "client": {
        "tier": "B",
        "revenue_share": 0.08,
        "renewal_in_days": 120,
        "open_complaint": True,
        "glad_to_write": True,
        "lead": "colleague",
    },
    "meeting": {
        "title": "Weekly Acme",
        "kind": "kickoff",
        "minutes": 45,
        "mode": "video",
        "hours_until": 30.5,
        "organiser": "client",
        "colleague_lead_attends": True,
    },
    "history": {
        "meetings_total": 12,
        "meetings_30d": 3,
        "step_downs_90d": 2,
        "last_stepped_down": True,
        "series_idle": 1,
        "last_five_stepped_down": 4,
    },
    "reason": "conflict",
    "phone_known": False,
    "colleagues": 3,
}


def read(*cases: object) -> CaseFile:
    return read_cases(json.dumps(cases).encode())


def problems_of(*cases: object) -> list[str]:
    return [str(problem) for problem in read(*cases).problems]


def test_every_key_reaches_the_facts() -> None:
    facts = Facts(
        tier=Tier.B,
        revenue_share=0.08,
        renewal_in_days=120,
        open_complaint=True,
        glad_to_write=True,
        lead=ClientLead.COLLEAGUE,
        kind=MeetingKind.KICKOFF,
        minutes=45,
        mode=Mode.VIDEO,
        until=timedelta(hours=30, minutes=30),
        organiser=Organiser.CLIENT,
        colleague_lead_attends=True,
        meetings_total=12,
        meetings_30d=3,
        step_downs_90d=2,
        last_stepped_down=True,
        series_idle=1,
        last_five_stepped_down=4,
        reason=Reason.CONFLICT,
        phone_known=False,
        number_possible=False,
        colleagues=3,
    )

    assert read(FULL) == CaseFile(cases=(Case(title="Weekly Acme", facts=facts),))


@pytest.mark.parametrize("case", [{}, {"client": {}, "meeting": {}, "history": {}}])
def test_what_is_left_out_is_harmless(case: dict[str, Any]) -> None:
    assert read(case) == CaseFile(cases=(Case(title="", facts=Facts()),))


def test_null_says_not_known_where_something_can_be_unknown() -> None:
    case = {
        "client": {"tier": None, "revenue_share": None, "renewal_in_days": None, "lead": None},
        "meeting": {"kind": None},
        "history": {"meetings_total": None},
        "reason": None,
    }

    assert read(case) == read({})


@pytest.mark.parametrize(
    ("meeting", "history", "kind"),
    [
        ({"title": "Offertebespreking"}, {}, MeetingKind.PRICING_OR_LEGAL),
        ({"title": "Coffee"}, {"meetings_total": 0}, MeetingKind.FIRST_MEETING),
        ({"title": "Coffee"}, {}, MeetingKind.ORDINARY),
        ({"title": "Kickoff", "kind": "ordinary"}, {"meetings_total": 0}, MeetingKind.ORDINARY),
    ],
)
def test_a_kind_that_is_not_said_is_guessed_from_title_and_history(
    meeting: dict[str, Any], history: dict[str, Any], kind: MeetingKind
) -> None:
    assert [case.facts.kind for case in read({"meeting": meeting, "history": history}).cases] == [kind]


def test_a_number_that_is_not_known_cannot_be_had_in_a_file() -> None:
    facts = read({"phone_known": False}).cases[0].facts

    assert (facts.phone_known, facts.number_possible) == (False, False)


REFUSED: list[tuple[Any, str]] = [
    ({"client": {"tier": "D"}}, 'case 1, client.tier: "D" is not known; use A, B or C'),
    ({"client": {"tier": "a"}}, 'case 1, client.tier: "a" is not known; use A, B or C'),
    (
        {"client": {"revenue_share": 12}},
        "case 1, client.revenue_share: 12 is not from 0 to 1; write 0.125 for 12.5 %",
    ),
    (
        {"client": {"revenue_share": "12%"}},
        'case 1, client.revenue_share: "12%" is not a number; write 0.125 for 12.5 %',
    ),
    ({"client": {"renewal_in_days": 1.5}}, "case 1, client.renewal_in_days: 1.5 is not a whole number"),
    ({"client": {"open_complaint": "yes"}}, 'case 1, client.open_complaint: "yes" is neither true nor false'),
    ({"client": {"glad_to_write": 1}}, "case 1, client.glad_to_write: 1 is neither true nor false"),
    ({"client": {"lead": "none"}}, 'case 1, client.lead: "none" is not known; use owner, colleague or null'),
    ({"client": {"lead": []}}, "case 1, client.lead: […] is not known; use owner, colleague or null"),
    ({"meeting": {"title": 7}}, "case 1, meeting.title: 7 is not a text"),
    ({"meeting": {"minutes": 0}}, "case 1, meeting.minutes: 0 is not from 1 to 1000000"),
    ({"meeting": {"minutes": True}}, "case 1, meeting.minutes: true is not a number"),
    ({"meeting": {"minutes": None}}, "case 1, meeting.minutes: null is not a number"),
    ({"meeting": {"mode": "zoom"}}, 'case 1, meeting.mode: "zoom" is not known; use on_site, video or call'),
    ({"meeting": {"mode": {}}}, "case 1, meeting.mode: {…} is not known; use on_site, video or call"),
    ({"meeting": {"hours_until": 1e300}}, "case 1, meeting.hours_until: 1e+300 is not from -1000000 to 1000000"),
    ({"history": {"meetings_30d": -1}}, "case 1, history.meetings_30d: -1 is not from 0 to 1000000"),
    ({"history": {"last_five_stepped_down": 6}}, "case 1, history.last_five_stepped_down: 6 is not from 0 to 5"),
    (
        {"reason": "boredom"},
        'case 1, reason: "boredom" is not known; use illness, emergency, conflict, workload, repetitive or rather_not',
    ),
    ({"colleagues": "2"}, 'case 1, colleagues: "2" is not a number'),
    ({"client": "Acme"}, 'case 1, client: "Acme" is not an object in { and }'),
    ("Acme", 'case 1: "Acme" is not a case; write an object in { and }'),
    ({"client": {"teir": "A"}}, "case 1, client.teir: is not a key that is known; did you mean tier?"),
    ({"clients": {}}, "case 1, clients: is not a key that is known; did you mean client?"),
    (
        {"x": 1},
        "case 1, x: is not a key that is known; known are reason, phone_known, colleagues, client, meeting, history",
    ),
    ({"x\n\x1b[31m": 1, "reason": 1}, "case 1, x  [31m: is not a key that is known; known are reason, phone_known, "),
]


@pytest.mark.parametrize(("case", "said"), REFUSED)
def test_what_is_not_known_is_refused_with_its_place(case: object, said: str) -> None:
    first = problems_of(case)[0]

    assert first == said or (said.endswith(", ") and first.startswith(said))


def test_all_mistakes_of_all_cases_are_named_at_once_and_none_is_judged() -> None:
    wrong = read({"reason": "boredom", "client": {"tier": "D", "lead": "me"}}, FULL, {"meeting": {"minute": 5}})

    assert wrong.cases == ()
    assert [problem.place for problem in wrong.problems] == [
        "case 1, reason",
        "case 1, client.tier",
        "case 1, client.lead",
        "case 3, meeting.minute",
    ]


def test_a_key_that_is_there_twice_is_refused() -> None:
    file = read_cases(b'[{"reason": "illness", "reason": "conflict", "client": {"tier": "A", "tier": "C"}}]')

    assert file == CaseFile(
        problems=(
            CaseProblem(place="case 1, reason", says="is there twice"),
            CaseProblem(place="case 1, client.tier", says="is there twice"),
        )
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1: this is not JSON (Expecting value)"),
        (b"[{}\n {}]", "line 2, column 2: this is not JSON (Expecting ',' delimiter)"),
        (b'{"reason": "illness"}', "the whole file: is not a list of cases; put [ and ] around them"),
        (b'[\n{"meeting": {"title": "Caf\xe9"}}]', "line 2: this is not UTF-8"),
        (b'[{"meeting": {"hours_until": NaN}}]', "the whole file: this is not JSON (NaN is no number here)"),
        (b"[" * 100_000, "the whole file: lists and objects are nested too deeply"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_said_to_be_none(content: bytes, said: str) -> None:
    assert [str(problem) for problem in read_cases(content).problems] == [said]


def test_a_number_of_endless_digits_is_refused() -> None:
    file = read_cases(b'[{"colleagues": ' + b"9" * 5000 + b"}]")

    assert [problem.place for problem in file.problems] == ["the whole file"]


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert read_cases(b"\xef\xbb\xbf[{}]") == read({})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def mutilated(case: dict[str, Any]) -> st.SearchStrategy[Any]:
    """The full case with any value in place of one of its own."""
    places = [(section, key) for section in ("client", "meeting", "history") for key in case[section]]

    def put(place: tuple[str, str], value: object) -> dict[str, Any]:
        section, key = place
        return {**case, section: {**case[section], key: value}}

    return st.builds(put, st.sampled_from(places), JSON)


@settings(deadline=None)
@given(JSON | st.lists(mutilated(FULL), max_size=3))
def test_any_json_is_either_judged_or_refused_with_a_place(content: Any) -> None:
    file = read_cases(json.dumps(content).encode())

    assert not (file.cases and file.problems)
    assert all(problem.place and "\n" not in str(problem) for problem in file.problems)
    for case in file.cases:
        assert answer(translator("en"), case, Policy())


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_crash(content: bytes) -> None:
    file = read_cases(content)

    assert file.problems or isinstance(json.loads(content.decode("utf-8-sig")), list)
