"""What `app.py assess` says of each case: every verdict in sentences, and the cases that a director worked through."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.assess_answers import answer
from bot.services.assess_file import read_cases
from domain.policy import Policy
from domain.words import MeetingKind, Mode, Reason
from messages.i18n import translator
from tests.support.cases import WORKED, Worked
from tests.support.judgement import any_policy


def good_cases() -> st.SearchStrategy[dict[str, Any]]:
    """Every case that can be written, with any of its keys left out."""
    some = st.integers(min_value=0, max_value=8)

    def section(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({}, optional=values)

    return section(
        client=section(
            tier=st.sampled_from("ABC"),
            revenue_share=st.sampled_from([0, 0.0999, 0.1, 0.5, 1]),
            renewal_in_days=st.sampled_from([-3, 0, 90, 91]),
            open_complaint=st.booleans(),
            glad_to_write=st.booleans(),
            lead=st.sampled_from(["owner", "colleague", None]),
        ),
        meeting=section(
            title=st.sampled_from(["Weekly", "QBR Acme", "Klachtgesprek", "Kennismaking", ""]),
            kind=st.sampled_from([kind.value for kind in MeetingKind]),
            minutes=st.sampled_from([1, 15, 16, 60]),
            mode=st.sampled_from([mode.value for mode in Mode]),
            hours_until=st.sampled_from([-1, 0, 0.1, 1.99, 2, 23.9, 24, 47, 48, 167, 168]),
            organiser=st.sampled_from(["owner", "colleague", "client"]),
            colleague_lead_attends=st.booleans(),
        ),
        history=section(
            meetings_total=some,
            meetings_30d=some,
            step_downs_90d=some,
            last_stepped_down=st.booleans(),
            series_idle=some,
            last_five_stepped_down=st.integers(min_value=0, max_value=5),
        ),
        reason=st.sampled_from([None, *(reason.value for reason in Reason)]),
        phone_known=st.booleans(),
        colleagues=some,
    )


@pytest.mark.parametrize("language", ["en", "nl"])
@settings(deadline=None)
@given(case=good_cases(), policy=any_policy())
def test_every_verdict_of_every_case_has_a_sentence(language: str, case: dict[str, Any], policy: Policy) -> None:
    (read_case,) = read_cases(json.dumps([case]).encode()).cases

    said = answer(translator(language), read_case, policy)

    assert list(said["verdicts"]) == list(said["sentences"]) == ["shorter", "call", "handoff", "email"]
    for sentences in said["sentences"].values():
        assert sentences
        assert len(set(sentences)) == len(sentences)
        assert all(one.endswith(".") and "{" not in one for one in sentences)


@pytest.mark.parametrize("case", WORKED, ids=lambda case: f"{case.language}: {case.story[:60]}")
def test_a_director_and_the_rules_agree(case: Worked) -> None:
    (read_case,) = read_cases(json.dumps([case.case]).encode()).cases

    said = dict(answer(translator(case.language), read_case, Policy()))

    assert {name: said[name] for name in said if name != "sentences"} == case.expected


def test_there_are_thirty_worked_cases_in_two_languages_that_meet_every_reason_tier_and_verdict() -> None:
    verdicts = {(option, verdict) for case in WORKED for option, verdict in case.expected["verdicts"].items()}

    assert len(WORKED) == 30
    assert {case.language for case in WORKED} == {"en", "nl"}
    assert {case.case.get("reason") for case in WORKED} == {None, *(reason.value for reason in Reason)}
    assert {case.expected["effective_tier"] for case in WORKED} == {"A", "B", "C"}
    assert {case.expected["recommended"] for case in WORKED} >= {"shorter", "handoff", "email", "keep"}
    never = {("shorter", "blocked")}
    every = {(o, v) for o in ("shorter", "call", "handoff", "email") for v in ("fine", "think_twice", "blocked")}
    assert verdicts >= every - never
