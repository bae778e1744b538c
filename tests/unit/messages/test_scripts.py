"""What to say on the phone."""

from dataclasses import replace

import pytest

from domain.words import Formality, Mode, Option
from messages import linter
from messages.scripts import ring_script
from tests.support.wording import EXTREMES, MEETING

ENGLISH_CALL = (
    "Hello, I'm ringing about our meeting “Website refresh”. Would you mind if we did it by phone, at the time "
    "we agreed? I'll send you a short e-mail to confirm. Shall I use this number?"
)
ENGLISH_HANDOFF = (
    "Hello, I'm ringing about our meeting “Website refresh”. A colleague of mine would take it in my place and "
    "knows where we stand. Is that all right with you, or is there something you'd rather discuss with me?"
)
DUTCH_EMAIL = (
    "Goedendag, ik bel even over onze afspraak “Website refresh”. Graag stuur ik u alles schriftelijk en noem "
    "ik daarbij een datum voor ons volgende contact. Hebt u voor die tijd nog iets van mij nodig?"
)
DUTCH_SHORTER = (
    "Hoi, ik bel even over onze afspraak “Website refresh”. Zullen we het deze keer korter houden? Ik zeg je "
    "graag wat ik wil doornemen en wat ik je schriftelijk stuur. Is dat goed, of heb je liever de volle tijd op "
    "een andere dag?"
)


@pytest.mark.parametrize(
    ("language", "formality", "option", "said"),
    [
        ("en", Formality.FORMAL, Option.CALL, ENGLISH_CALL),
        ("en", Formality.INFORMAL, Option.HANDOFF, ENGLISH_HANDOFF),
        ("nl", Formality.FORMAL, Option.EMAIL, DUTCH_EMAIL),
        ("nl", Formality.INFORMAL, Option.SHORTER, DUTCH_SHORTER),
    ],
)
def test_the_script_reads_as_written_down(language: str, formality: Formality, option: Option, said: str) -> None:
    assert ring_script(language, formality, MEETING, option) == said


def test_a_call_is_called_a_call_and_a_title_may_be_missing() -> None:
    call = replace(MEETING, mode=Mode.CALL, title="")

    assert ring_script("nl", Formality.FORMAL, call, Option.EMAIL).startswith(
        "Goedendag, ik bel even over ons telefoongesprek. "
    )
    assert ring_script("fr", Formality.FORMAL, call, Option.EMAIL).startswith("Hello, I'm ringing about our call. ")


@pytest.mark.parametrize("option", Option)
@pytest.mark.parametrize("formality", Formality)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_script_makes_no_excuses_and_addresses_the_client_in_one_way(
    language: str, formality: Formality, option: Option
) -> None:
    said = ring_script(language, formality, MEETING, option)

    codes = {finding.code for finding in linter.findings(said, language)}
    assert codes <= {linter.LintCode.NO_ALTERNATIVE}
    words = set(said.replace(",", " ").replace("?", " ").split())
    assert not words & ({"je", "jou"} if formality is Formality.FORMAL else {"u", "uw"})


@pytest.mark.parametrize("text", EXTREMES)
def test_any_title_leaves_a_few_sentences(text: str) -> None:
    said = ring_script("en", Formality.FORMAL, replace(MEETING, title=text), Option.CALL)

    assert len(said) <= 400
    assert "\n" not in said
