"""The letter that proposes another rhythm, in each language and tone."""

from dataclasses import replace
from itertools import product

import pytest

from domain.assessment import Facts, assess
from domain.overview import Overview
from domain.policy import Policy
from domain.rhythm import Rhythm, choices, default_minutes
from domain.words import Formality
from messages.linter import findings
from messages.rhythm_letter import rhythm_letter
from tests.support.stored import ACME, ANN, MEETING, NOW
from tests.support.use_cases import OLGA

WEEKLY = replace(MEETING, title="Weekly")


def letter(language: str, formality: Formality, rhythm: Rhythm, minutes: int = 30) -> str:
    contact = replace(ANN, name="Ann Smit", language=language)
    facts = Facts()
    overview = Overview(
        meeting=WEEKLY,
        client=replace(ACME, language=language, formality=formality, contacts=(contact,)),
        contact=contact,
        owner=OLGA,
        facts=facts,
        assessment=assess(facts, Policy()),
        policy=Policy(),
    )
    made = rhythm_letter(overview, rhythm, minutes, NOW)
    assert made.to == ("ann@acme.example",)
    return f"{made.subject}\n{made.body}"


@pytest.mark.parametrize(
    ("language", "formality", "rhythm"), list(product(("en", "nl"), Formality, Rhythm)), ids=lambda one: str(one)
)
def test_no_letter_has_anything_that_the_linter_would_mark(language: str, formality: Formality, rhythm: Rhythm) -> None:
    assert findings(letter(language, formality, rhythm), language, known=("Weekly",)) == ()


def test_it_reads_as_a_director_would_write_it() -> None:
    formal = letter("en", Formality.FORMAL, Rhythm.SHORTER)

    assert formal.startswith(
        "Weekly: another rhythm?\nDear Ann Smit,\n\nMore than once lately I have asked you to change"
    )
    assert "I suggest that we keep them to 30 minutes instead of 60, as often as now. What does not fit" in formal
    assert "if you prefer the rhythm that we have, everything stays as it is.\n\nKind regards,\nOlga" in formal
    assert (
        "Mijn voorstel: we spreken elkaar om de andere keer, 30 minuten in plaats van 60. Tussendoor houd ik je"
        " schriftelijk op de hoogte." in letter("nl", Formality.INFORMAL, Rhythm.BOTH)
    )
    assert "Shall we meet every second time, for 60 minutes as now?" in letter("en", Formality.INFORMAL, Rhythm.RARER)


@pytest.mark.parametrize(
    ("minutes", "proposed"), [(120, 60), (90, 60), (60, 30), (45, 30), (30, 20), (25, 15), (20, 15), (15, 15)]
)
def test_the_length_that_is_proposed_is_less_but_no_other_meeting(minutes: int, proposed: int) -> None:
    assert default_minutes(minutes) == proposed


def test_what_is_as_short_as_can_be_only_gets_rarer() -> None:
    assert choices(15) == (Rhythm.RARER,)
    assert choices(16) == tuple(Rhythm)
