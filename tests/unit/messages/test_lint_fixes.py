"""What the offer to put a finding right makes of a text: the finding is gone, and the rest is as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import Formality, Option
from messages.drafting import draft
from messages.lint_fixes import Around, changed, fix, fix_all, fixable
from messages.linter import LintCode, LintFinding
from tests.support.wording import SLOTS, TERMS, facts

TITLE = "Busy? No time for [this]. Sorry"
"""Holds everything that the linter looks for, and is nobody's to change."""
ANEW = {
    language: draft(Option.SHORTER, facts(Option.SHORTER, slots=SLOTS), language, Formality.FORMAL).body
    for language in ("en", "nl")
}
CLEAN = {
    "en": [
        "Shall we speak on Friday at 10:00?",
        "Mr. Jansen knows.",
        f"It is about “{TITLE}”.",
        "It costs 3.5 %.",
    ],
    "nl": [
        "Zullen we vrijdag om 10:00 bellen?",
        "Dhr. Jansen weet het.",
        f"Het gaat om “{TITLE}”.",
        "Dat is 3,5 %.",
    ],
}
BAD = {
    "en": {
        LintCode.EXCUSE: ["I am too busy this week.", "Unfortunately, something came up.", "I have no time!"],
        LintCode.BLAME: ["You never sent the photos.", "That is your mistake.", "It waits because you didn't answer."],
        LintCode.PLACEHOLDER: ["The price is [amount].", "It will be ready on XXX.", "Hello {{ name }} again."],
        LintCode.APOLOGIES: ["Sorry for the trouble. I apologise again.", "I'm sorry. My apologies for the delay."],
    },
    "nl": {
        LintCode.EXCUSE: ["Ik heb het te druk.", "Helaas kwam er iets tussen.", "Ik heb geen tijd!"],
        LintCode.BLAME: ["U heeft nooit gereageerd.", "Dat is uw fout.", "Door jullie lopen we uit."],
        LintCode.PLACEHOLDER: ["De prijs is [bedrag].", "Het is klaar op XXX.", "Nogmaals hallo {{ naam }}."],
        LintCode.APOLOGIES: [
            "Sorry voor de moeite. Nogmaals excuses.",
            "Het spijt me. Mijn excuses voor alles.",
        ],
    },
}
GREETING = {"en": "Dear Sanne,", "nl": "Beste Sanne Jansen,"}
CLOSING = {"en": "Kind regards,\nRobin", "nl": "Met vriendelijke groet,\nRobin"}


def around(language: str = "en") -> Around:
    return Around(language=language, known=(TITLE,), anew=ANEW[language])


def letter(language: str, *paragraphs: str) -> str:
    return "\n\n".join([GREETING[language], *paragraphs, CLOSING[language]])


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("I'm too busy on Tuesday, shall we do Friday at 10:00?", "Shall we do Friday at 10:00?"),
        ("Shall we do Friday at 10:00 because something came up?", "Shall we do Friday at 10:00?"),
        ("As you failed to send it, we should meet on Friday.", "We should meet on Friday."),
        ("The pages are built, but I had no time for the photos. Call me.", "The pages are built. Call me."),
        ("Hi Sanne, sorry, I'm too busy, shall we do Friday?", "Hi Sanne, sorry, shall we do Friday?"),
        ("Hi Sanne, I'm too busy.\n\nShall we do Friday?", "Hi Sanne,\n\nShall we do Friday?"),
        ("Sorry, so sorry, but shall we speak on Friday?", "Sorry, shall we speak on Friday?"),
        ("Sorry. Again, sorry for the delay, we finish on Friday.", "Sorry. Again, we finish on Friday."),
        ("Dear [name],\n\nCall me on Friday.", f"{ANEW['en'].splitlines()[0]}\n\nCall me on Friday."),
        ("On Friday:\n- Budget\n- [point]\n- Launch", "On Friday:\n- Budget\n- Launch"),
        ("- I am too busy. We speak on Friday.", "- We speak on Friday."),
        ("Call me. It is late, e.g. XXX days. Bye.", "Call me. Bye."),
    ],
)
def test_the_smallest_piece_goes_and_what_a_sentence_offers_stays(text: str, fixed: str) -> None:
    (finding,) = around().lint(text)

    assert fix(text, finding, around()) == fixed


@pytest.mark.parametrize("language", ["en", "nl"])
@given(st.data())
def test_after_a_fix_the_finding_is_gone_and_every_other_sentence_is_as_it_was(
    language: str, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(list(BAD[language])))
    bad = data.draw(st.sampled_from(BAD[language][code]))
    rest = [CLEAN[language][0], *data.draw(st.lists(st.sampled_from(CLEAN[language]), max_size=3))]
    at = data.draw(st.integers(0, len(rest)))
    glue = data.draw(st.sampled_from([" ", "\n", "\n\n"]))
    text = letter(language, glue.join([*rest[:at], bad, *rest[at:]]))
    (finding,) = around(language).lint(text)

    fixed = fix(text, finding, around(language))

    kept = [bad.split(".")[0] + "."] if code is LintCode.APOLOGIES else []
    assert finding.code is code
    assert fixed == letter(language, glue.join([*rest[:at], *kept, *rest[at:]]))
    assert around(language).lint(fixed) == ()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_letter_without_an_alternative_gets_the_templates_before_its_closing_words(language: str) -> None:
    text = letter(language, "We keep it short." if language == "en" else "We houden het kort.")
    (finding,) = around(language).lint(text)

    fixed = fix(text, finding, around(language))

    assert finding.code is LintCode.NO_ALTERNATIVE
    offer = ANEW[language].split("\n\n")[-2]
    assert "\n- " in offer
    assert fixed == "\n\n".join([*text.split("\n\n")[:2], offer, CLOSING[language]])


@pytest.mark.parametrize("option", TERMS)
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("slots", [(), SLOTS])
def test_every_draft_has_an_alternative_to_lend(option: Option, language: str, slots: tuple[object, ...]) -> None:
    anew = draft(option, facts(option, slots=slots), language, Formality.INFORMAL).body
    text = letter(language, "Kort." if language == "nl" else "Short.")

    fixed = fix(text, LintFinding(code=LintCode.NO_ALTERNATIVE), Around(language=language, anew=anew))

    assert fixed is not None
    assert fixed.startswith(GREETING[language])
    assert fixed.endswith(CLOSING[language])


def test_a_letter_in_another_language_is_made_anew_when_asked_for_by_itself() -> None:
    text = ANEW["nl"]
    finding = LintFinding(code=LintCode.WRONG_LANGUAGE, found="nl")
    assert around("en").lint(text) == (finding,)

    assert fix(text, finding, around("en")) == ANEW["en"]
    assert fix_all(text, around("en")) == text


def test_a_text_that_the_template_itself_gets_in_the_wrong_language_is_the_owners_to_put_right() -> None:
    status = "De pagina's zijn klaar, maar de foto's zijn er nog niet omdat we op de fotograaf van jullie wachten."
    text = letter("en", "See below. Shall we speak on Friday?", status)
    finding = LintFinding(code=LintCode.WRONG_LANGUAGE, found="nl")
    assert around("en").lint(text) == (finding,)

    assert fix(text, finding, Around(language="en", anew=text)) is None
    assert fixable(text, Around(language="en", anew=text)) == ()


def test_all_at_once_takes_out_every_piece_and_puts_the_alternative_in() -> None:
    text = letter("en", "I am too busy. You never answered.", "Sorry about this. I'm sorry.", "- XXX")

    fixed = fix_all(text, around())

    offer = ANEW["en"].split("\n\n")[-2]
    assert fixed == letter("en", "Sorry about this.", offer)
    gone, came = changed(text, fixed)
    assert gone == ["I am too busy.", "You never answered.", "I'm sorry.", "- XXX"]
    assert came
    assert all(sentence in offer for sentence in came)


@given(st.text(alphabet=st.sampled_from("sory.!? ,\n-[x]XaA{}“”\0you never sent too busy"), max_size=80))
def test_no_text_is_too_strange_to_fix(text: str) -> None:
    for finding in around().lint(text):
        fixed = fix(text, finding, around())
        assert fixed is None or finding not in around().lint(fixed)
    made = fix_all(text, around())
    assert made == text or made.strip()
