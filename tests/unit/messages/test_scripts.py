"""What to say on the phone. The words themselves are kept in tests/snapshots/scripts (see test_draft_snapshots)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.words import Formality, Mode, Option
from messages import linter
from messages.from_overview import script_of
from messages.scripts import CallScript
from tests.support.snapshots import stored
from tests.support.wording import CLIENT, EXTREMES, MEETING, NOW, OWNER, STARTS, overview

LANGUAGES = ("en", "nl")


def script(
    option: Option, language: str = "en", formality: Formality = Formality.FORMAL, **changes: object
) -> CallScript:
    client = replace(CLIENT, language=language, formality=formality)
    return script_of(overview(**{"client": client, **changes}), option, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_script_reads_as_it_is_kept(language: str) -> None:
    texts = []
    for formality in Formality:
        for option in Option:
            for contact in (True, False):
                said = script(option, language, formality, **({} if contact else {"contact": None}))
                name = f"## {formality.value} {option.value}, {'contact' if contact else 'no contact'}"
                texts.append(f"{name}\n\n{said.spoken}\n\nVoicemail: {said.voicemail}\n")

    text = "\n".join(texts)

    assert text == stored(f"scripts/{language}.txt", text)


def test_a_call_is_called_a_call_a_title_may_be_missing_and_other_languages_are_english() -> None:
    call = replace(MEETING, mode=Mode.CALL, title="")

    said = [script(Option.EMAIL, language, meeting=call) for language in ("nl", "fr")]

    assert "Ik bel u over ons telefoongesprek van dinsdag 24 november om 10:00 uur." in said[0].spoken
    assert "over ons telefoongesprek van" in said[0].voicemail
    assert "I'm ringing about our call on Tuesday 24 November at 10:00." in said[1].spoken
    assert "about our call on" in said[1].voicemail


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", 0, "about our meeting “Website refresh” today at 10:00."),
        ("en", 1, "about our meeting “Website refresh” tomorrow at 10:00."),
        ("en", 2, "about our meeting “Website refresh” on Tuesday 24 November at 10:00."),
        ("nl", 0, "onze afspraak “Website refresh” van vandaag om 10:00 uur."),
        ("nl", 1, "onze afspraak “Website refresh” van morgen om 10:00 uur."),
    ],
)
def test_a_day_that_is_near_is_said_as_people_say_it(language: str, days: int, said: str) -> None:
    client = replace(CLIENT, language=language)
    now = STARTS - timedelta(days=days, minutes=30)

    assert said in script_of(overview(client=client), Option.CALL, now).spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("formality", Formality)
def test_an_owner_whose_name_is_unknown_leaves_no_gap(language: str, formality: Formality) -> None:
    said = script(Option.CALL, language, formality, owner=replace(OWNER, name=""))

    for text in (said.spoken, said.voicemail):
        assert not any(gap in text for gap in ("  ", " ,", " .", "this is", " met ,", "met ."))


def test_another_zone_is_named() -> None:
    said = script(Option.CALL, client=replace(CLIENT, time_zone="Europe/London"))

    assert "on Tuesday 24 November at 09:00 (London time)." in said.spoken
    assert "on Tuesday 24 November at 09:00 (London time)." in said.voicemail


@pytest.mark.parametrize("option", Option)
@pytest.mark.parametrize("formality", Formality)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_makes_no_excuses_and_addresses_the_client_in_one_way(
    language: str, formality: Formality, option: Option
) -> None:
    both = script(option, language, formality)
    said = f"{both.spoken} {both.voicemail}"

    assert linter.findings(said, language) == ()
    words = set(said.lower().replace(",", " ").replace("?", " ").replace(".", " ").split())
    assert not words & ({"je", "jou", "hoi"} if formality is Formality.FORMAL else {"u", "uw"})
    assert both.voicemail.count(". ") <= 2


@pytest.mark.parametrize("text", EXTREMES)
def test_any_title_leaves_a_few_sentences(text: str) -> None:
    said = script(Option.CALL, meeting=replace(MEETING, title=text))

    assert max(len(said.spoken), len(said.voicemail)) <= 500
    assert "\n" not in said.spoken + said.voicemail
