"""What blames the client, and what only sounds a little like it."""

import pytest

from domain.words import Formality
from messages.drafting import draft
from messages.linter import LintCode, LintFinding, findings
from tests.support.wording import SLOTS, TERMS, facts

BLAMES = {
    "en": [
        ("As you failed to send the texts, we have to wait.", "As you failed"),
        ("Because you didn’t answer, we could not go on.", "Because you didn’t"),
        ("Since you did not reply we moved it.", "Since you did not"),
        ("You never sent the photos.", "You never sent"),
        ("That was your mistake.", "your mistake"),
        ("This is your own fault.", "your own fault"),
        ("You should have told us.", "You should have told"),
        ("You have not delivered the photos.", "You have not delivered"),
        ("You still haven't replied to my mail.", "You still haven't replied"),
        ("You forgot to sign.", "You forgot to"),
        ("We are late because of your late answer.", "because of your late"),
        ("Due to your slow approval we wait.", "Due to your slow"),
        ("You're to blame.", "You're to blame"),
        ("You kept us waiting.", "You kept us waiting"),
        ("You let us down.", "You let us down"),
        ("You missed the deadline.", "You missed the deadline"),
        ("There was a delay on your side.", "delay on your side"),
    ],
    "nl": [
        ("Omdat u niet hebt geantwoord, schuift het op.", "Omdat u niet"),
        ("Doordat jullie de foto's nooit stuurden, wachten we.", "jullie de foto's nooit"),
        ("Aangezien je te laat was, schuift het op.", "Aangezien je te laat"),
        ("Omdat u bent vergeten te tekenen, wachten we.", "Omdat u bent vergeten"),
        ("Jullie hebben de teksten niet aangeleverd.", "Jullie hebben de teksten niet aangeleverd"),
        ("U heeft nooit gereageerd.", "U heeft nooit gereageerd"),
        ("Je had het ons moeten laten weten.", "Je had het ons moeten laten"),
        ("Dat is uw fout.", "uw fout"),
        ("Het is jullie eigen schuld.", "jullie eigen schuld"),
        ("Door jullie vertraging lopen we uit.", "Door jullie vertraging"),
        ("Door jullie lopen we uit.", "Door jullie lopen"),
        ("Dit is veroorzaakt door u.", "veroorzaakt door u"),
        ("U was te laat.", "U was te laat"),
        ("Jullie hebben ons laten wachten.", "Jullie hebben ons laten wachten"),
        ("Dat ligt aan jullie.", "ligt aan jullie"),
    ],
}
HARMLESS = {
    "en": [
        "That is not your fault.",
        "It isn't your mistake.",
        "Because you have not met Noor yet, she will introduce herself.",
        "As you know, we like to keep it short.",
        "You never have to wait for an answer from us.",
        "Since you asked, here are the figures.",
        "You should have received the file.",
        "If you did not get the link, just tell me.",
        "Which colleagues on your side should join?",
        "We fixed our mistake.",
        "Thank you for your error report.",
    ],
    "nl": [
        "Dat is niet uw fout.",
        "Omdat u vrijdag niet kunt, stel ik maandag voor.",
        "Omdat je Noor nog niet kent, stelt zij zich eerst voor.",
        "Het door u gekozen moment past goed.",
        "De door jullie gestuurde stukken heb ik gelezen.",
        "Als u niet kunt, hoor ik het graag.",
        "Omdat jullie vaak niet op kantoor zijn, bel ik.",
        "Dat was onze fout.",
        "U hoeft niet te reageren.",
        "De planning ligt aan de basis van het project.",
    ],
}


def blamed(text: str, language: str) -> list[str]:
    return [one.found for one in findings(text, language) if one.code is LintCode.BLAME]


@pytest.mark.parametrize(
    ("language", "text", "found"), [(language, *case) for language, cases in BLAMES.items() for case in cases]
)
def test_a_sentence_that_blames_the_client_is_marked(language: str, text: str, found: str) -> None:
    (said,) = blamed(text, language)

    assert said.endswith(found)


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in HARMLESS.items() for text in texts]
)
def test_what_only_sounds_like_blame_is_left_alone(language: str, text: str) -> None:
    assert blamed(text, language) == []


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("formality", Formality)
@pytest.mark.parametrize("slots", [(), SLOTS])
def test_no_draft_of_the_product_is_marked_in_its_own_language(
    language: str, formality: Formality, slots: tuple[object, ...]
) -> None:
    other = "nl" if language == "en" else "en"
    for option in TERMS:
        made = draft(option, facts(option, slots=slots), language, formality)

        assert findings(made.body, language, known=("Website refresh",)) == ()
        wrong = LintFinding(code=LintCode.WRONG_LANGUAGE, found=language)
        assert findings(made.body, other, known=("Website refresh",)) == (wrong,)


def test_the_clients_own_language_is_welcome_where_drafts_are_not_made_in_it() -> None:
    text = "Können wir den Termin auf Freitag um 10:00 verschieben? Das wäre für uns und für Sie einfacher."

    assert findings(text, "en") == (LintFinding(code=LintCode.WRONG_LANGUAGE, found="de"),)
    assert findings(text, "en", welcome=("de",)) == ()
