"""Which language a text is written in: sure where it says something, silent where it is too short to tell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import Formality, Option
from messages.drafting import draft
from messages.language_profile import LANGUAGES, strange_language
from tests.support.wording import MEETING, SLOTS, TERMS, facts

DRAFTS = {
    language: [
        draft(option, facts(option, slots=slots), language, formality)
        for option in TERMS
        for formality in Formality
        for slots in ((), SLOTS)
    ]
    for language in ("en", "nl")
}
LETTERS = {
    "en": "Thank you for your message. We would like to move our meeting, and we hope that this is fine with you.",
    "nl": "Dank voor je bericht. We willen onze afspraak graag verzetten en hopen dat dit voor jullie goed is.",
    "de": "Danke für Ihre Nachricht. Wir möchten den Termin gern verschieben und hoffen, dass das für Sie passt.",
    "fr": "Merci pour votre message. Nous aimerions déplacer le rendez-vous et nous espérons que cela est possible.",
    "es": "Gracias por su mensaje. Queremos cambiar la reunión para otro día y esperamos que esto no sea un problema.",
}


@pytest.mark.parametrize(("language", "other"), [("en", "nl"), ("nl", "en")])
def test_every_draft_of_the_product_is_told_apart(language: str, other: str) -> None:
    for made in DRAFTS[language]:
        assert strange_language(made.body, [language]) == ""
        assert strange_language(made.body, [other]) == language


@pytest.mark.parametrize("expected", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_two_sentences_is_told_in_five_languages(language: str, expected: str) -> None:
    assert strange_language(LETTERS[language], [expected]) == ("" if language == expected else language)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK, thanks!",
        "Tot vrijdag.",
        "Website refresh",
        "Sanne Jansen, Keizersgracht 1",
        "10:00 - 11:30",
        "שלום עולם",
    ],
)
@pytest.mark.parametrize("expected", ["en", "nl"])
def test_a_few_words_say_nothing(text: str, expected: str) -> None:
    assert strange_language(text, [expected]) == ""


def test_a_title_in_quotation_marks_is_not_the_letters_language() -> None:
    text = "Shall we move “De evaluatie van het project en de planning voor het komende jaar” to Friday?"

    assert strange_language(text, ["en"]) == ""


def test_an_address_is_not_the_letters_language() -> None:
    assert strange_language("https://een.de.het/dat/niet/voor/met Agenda: jan@van.het.de.bedrijf.example", ["en"]) == ""


def test_one_whole_paragraph_in_another_language_is_noticed() -> None:
    english = DRAFTS["en"][0].body
    dutch = "De pagina's zijn klaar, maar de foto's zijn er nog niet omdat we op de fotograaf van jullie wachten."

    assert strange_language(f"{english}\n\n{dutch}", ["en"]) == "nl"
    assert strange_language(f"{english}\n\n{dutch}", ["en", "nl"]) == ""


def test_points_of_an_agenda_in_english_leave_a_dutch_letter_dutch() -> None:
    title = replace(MEETING, title="The status of the website and the plan for the year")
    made = draft(Option.SHORTER, facts(Option.SHORTER, meeting=title), "nl", Formality.FORMAL)

    assert strange_language(made.body, ["nl"]) == ""


def test_a_client_whose_language_is_none_of_the_five_is_left_alone() -> None:
    assert strange_language(LETTERS["en"], ["pl"]) == ""


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_no_text_is_called_strange_in_a_language_that_is_expected(text: str, language: str) -> None:
    assert strange_language(text, [language]) != language


@given(st.lists(st.sampled_from(LETTERS["nl"].split()), max_size=2))
def test_two_words_are_never_enough(words: list[str]) -> None:
    assert strange_language(" ".join(words), ["en"]) == ""
