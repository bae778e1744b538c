"""What is marked in a message to a client before it goes out."""

import pytest

from messages.i18n import LANGUAGES, translator
from messages.linter import SENTENCES, LintCode, LintFinding, findings, lint_sentence

CLEAN = {
    "en": "Shall we speak on Friday 27 November at 10:00?",
    "nl": "Zullen we vrijdag 27 november om 10:00 uur bellen?",
}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_message_with_a_date_and_nothing_else_is_clean(language: str) -> None:
    assert findings(CLEAN[language], language) == ()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "I am too busy this week.", "too busy"),
        ("en", "I'm very busy.", "very busy"),
        ("en", "There was no time for it.", "no time for"),
        ("en", "I don’t have enough time.", "don’t have enough time"),
        ("en", "Something came up.", "Something came up"),
        ("en", "Something has come up.", "Something has come up"),
        ("en", "I have a more important meeting.", "more important"),
        ("nl", "Ik heb het te druk.", "te druk"),
        ("nl", "Ik heb geen tijd.", "geen tijd"),
        ("nl", "Er kwam iets tussen.", "iets tussen"),
        ("nl", "Er is iets tussengekomen.", "iets tussengekomen"),
        ("nl", "Ik heb iets belangrijkers.", "iets belangrijkers"),
    ],
)
def test_an_excuse_that_puts_the_client_second_is_marked(language: str, text: str, found: str) -> None:
    assert findings(f"{text} {CLEAN[language]}", language) == (LintFinding(code=LintCode.EXCUSE, found=found),)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Sorry! My apologies."), ("nl", "Sorry! Mijn excuses."), ("en", "Sorry, sorry.")]
)
def test_a_second_apology_is_marked(language: str, text: str) -> None:
    assert findings(f"{text} {CLEAN[language]}", language) == (LintFinding(code=LintCode.APOLOGIES),)


@pytest.mark.parametrize(("language", "text"), [("en", "I am sorry."), ("nl", "Mijn excuses.")])
def test_one_apology_is_right(language: str, text: str) -> None:
    assert findings(f"{text} {CLEAN[language]}", language) == ()


@pytest.mark.parametrize("gap", ["{{ name }}", "{% if %}", "[...]", "[…]", "[name]", "XXX", "____", "{{ open"])
def test_a_gap_that_is_still_to_be_filled_in_is_marked(gap: str) -> None:
    assert findings(f"{CLEAN['en']}\n{gap}", "en") == (LintFinding(code=LintCode.PLACEHOLDER, found=gap),)


@pytest.mark.parametrize(("language", "text"), [("nl", "Wij laten de folder te drukken."), ("en", "Notimes more.")])
def test_a_word_that_only_begins_like_an_excuse_is_none(language: str, text: str) -> None:
    assert findings(f"{text} {CLEAN[language]}", language) == ()


def test_a_footnote_number_is_no_gap() -> None:
    assert findings(f"{CLEAN['en']} [1]", "en") == ()


def test_the_title_of_the_meeting_is_not_the_owners_to_change() -> None:
    assert findings(f"[Acme] weekly, too busy? {CLEAN['en']}", "en", known=("[Acme] weekly, too busy?", " ")) == ()


@pytest.mark.parametrize(("language", "text"), [("en", "We will not meet. Bye."), ("nl", "Het gaat niet door. Groet.")])
def test_a_message_that_offers_nothing_instead_is_marked(language: str, text: str) -> None:
    assert findings(text, language) == (LintFinding(code=LintCode.NO_ALTERNATIVE),)


def test_a_language_without_rules_of_its_own_is_read_as_english() -> None:
    assert findings(f"too busy. {CLEAN['en']}", "fr") == (LintFinding(code=LintCode.EXCUSE, found="too busy"),)


@pytest.mark.parametrize("text", ["", "{" * 10_000, "[" * 10_000, "sorry " * 2_000, "\u202eשלום"])
def test_no_text_is_too_strange_or_slow(text: str) -> None:
    assert all(len(finding.found) <= 60 for finding in findings(text, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", LintCode)
def test_every_finding_has_a_sentence_in_every_language(code: LintCode, language: str) -> None:
    said = lint_sentence(translator(language), LintFinding(code=code, found="<b>"))

    assert said.endswith((".", "!"))
    assert (said == SENTENCES[code].format(found="<b>")) is (language == "en")
