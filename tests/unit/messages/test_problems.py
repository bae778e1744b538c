"""Everything that can go wrong is a sentence in each language."""

import pytest

from domain.errors import DomainError, Invalid, InvalidCode, Problem
from messages.i18n import translator
from messages.mistakes import ephemeral, incident, notice_modal
from messages.problems import INVALID, PROBLEMS, invalid, problem
from tests.support.meeting_views import LANGUAGES
from tests.support.wording import EXTREMES, assert_slack_takes

EN, NL = translator("en"), translator("nl")


@pytest.mark.parametrize("what", Problem)
def test_every_problem_is_said_in_both_languages(what: Problem) -> None:
    english, dutch = problem(EN, DomainError(what)), problem(NL, DomainError(what))

    assert english != dutch
    assert "{" not in english + dutch


@pytest.mark.parametrize("code", InvalidCode)
def test_every_bad_value_is_said_in_both_languages(code: InvalidCode) -> None:
    english, dutch = invalid(EN, Invalid(code)), invalid(NL, Invalid(code))

    assert english != dutch
    assert "{" not in english + dutch


def test_no_sentence_is_left_over() -> None:
    assert set(PROBLEMS) == set(Problem)
    assert set(INVALID) == set(InvalidCode)


def test_a_sentence_says_what_is_known() -> None:
    taken = Invalid(InvalidCode.DOMAIN_TAKEN, domain="acme.example", client="Acme")

    assert invalid(EN, taken) == "acme.example belongs to Acme already."
    assert invalid(EN, Invalid(InvalidCode.DOMAIN_TAKEN, client="Acme")) == "That domain belongs to Acme already."
    assert invalid(EN, Invalid(InvalidCode.DOMAIN_TAKEN)) == "That domain belongs to another client already."


def test_values_that_no_sentence_asks_for_do_no_harm() -> None:
    over = DomainError(Problem.MEETING_OVER, anything="x", name="y")

    assert problem(NL, over) == "Die afspraak is al begonnen, dus er valt niets meer af te schalen."


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_stays_short_whatever_it_quotes(text: str, language: str) -> None:
    said = problem(translator(language), DomainError(Problem.CLIENT_NOT_FOUND, name=text))

    assert len(said) < 250


@pytest.mark.parametrize("text", EXTREMES)
def test_short_answers_take_every_extreme(text: str) -> None:
    made = ephemeral(EN, text)

    assert_slack_takes(made, "message")
    assert_slack_takes(notice_modal(NL, text), "modal")
    assert "<" not in made.text
    assert "<" not in made.blocks[0]["text"]["text"]


def test_an_incident_names_the_word_to_look_for() -> None:
    assert "k3f9" in incident(EN, "k3f9")
    assert "k3f9" in incident(NL, "k3f9")


def test_a_number_beyond_its_bounds_is_told_in_its_unit_and_by_the_others_name() -> None:
    above = Invalid(InvalidCode.ABOVE_ANOTHER, setting="tier_b_share", bound="0.1", other="tier_a_share")
    low = Invalid(InvalidCode.TOO_LOW, setting="tier_a_share", bound="0.001")

    assert invalid(EN, above).startswith(
        "That is more than “share of the revenue from which I suggest tier A” allows (10 %)"
    )
    assert invalid(NL, low) == "Dat is te weinig: 0,1% is het minste."
    assert invalid(EN, Invalid(InvalidCode.TOO_HIGH, bound="30")) == "That is too much: 30 is the most."
