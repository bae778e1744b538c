"""A meeting changes hands: what the owner does and what the colleague, in Dutch, sees of it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browsing import Visitor

ANNA, BEN = "U0ANNA", "U0BEN"
KITE = "Catching up with Kite Studio"
BRIEF = {
    "Why this colleague": "You know their brand",
    "Goal, and what a good outcome is": "A theme for the autumn",
    "Agenda with times": "Themes, 20 minutes",
    "Open points": "None",
    "Figures": "None needed",
    "Questions to expect, with answers": "When do we start? In September.",
    "Do not promise": "A discount",
    "Next steps": "Robin sends the pictures",
}


@pytest.fixture
def asked(visitor: Visitor) -> Visitor:
    """Anna, ill, asked Ben to take a meeting over."""
    visitor.as_(ANNA)
    modal = visitor.open_modal("Hand over", on=visitor.message("Can you make this one?", KITE))
    modal.get_by_label("Why?").select_option(label="I am ill")
    visitor.sees("You are ill, so whichever way suits you is fine.", within=modal)
    modal.get_by_label("Who takes it over?").select_option(label="Ben Visser")
    for label, text in BRIEF.items():
        modal.get_by_label(label).fill(text)
    visitor.submit()
    visitor.sees(KITE, "Asked Ben Visser to take over", "The e-mail waits until Ben Visser says yes.")
    return visitor


def request_to_ben(visitor: Visitor) -> Locator:
    visitor.become("Ben Visser")
    return visitor.sees("@Anna Berg vraagt je een klantafspraak over te nemen.", KITE)


def test_the_colleague_gets_the_brief_in_dutch_without_the_reason_and_takes_it(asked: Visitor) -> None:
    request = request_to_ben(asked)
    asked.sees("Wat je mag beslissen", *BRIEF.values(), within=request)
    expect(request).not_to_contain_text("ill")

    ticked = request.get_by_label("Ik heb de briefing gelezen")
    ticked.check()
    asked.page.reload()
    expect(ticked).to_be_checked()

    asked.click("Ik neem het over", on=request)
    expect(request.get_by_role("button", name="Ik neem het over")).to_have_count(0)

    asked.become("Anna Berg")
    asked.sees(KITE, "Handed over to Ben Visser", "E-mail sent to robin@kitestudio.example")
    mails = asked.mails()
    expect(mails).to_have_count(1)
    expect(mails).to_contain_text("with Ben Visser")


def test_a_question_goes_to_the_owner_and_its_answer_into_the_brief(asked: Visitor) -> None:
    question = asked.open_modal("Vraag stellen", on=request_to_ben(asked))
    question.get_by_role("textbox").first.fill("Komt Robin alleen?")
    asked.submit()

    asked.become("Anna Berg")
    asked.sees("Komt Robin alleen?")
    answer = asked.open_modal("Answer", on=asked.message("Komt Robin alleen?"))
    answer.get_by_role("textbox").last.fill("Yes, on her own.")
    asked.submit()

    asked.become("Ben Visser")
    asked.sees(KITE, "Yes, on her own.")


def test_a_no_brings_the_other_options_back_to_the_owner(asked: Visitor) -> None:
    asked.open_modal("Nee, dat lukt niet", on=request_to_ben(asked))
    asked.submit()

    asked.become("Anna Berg")
    told = asked.sees("Ben Visser cannot take over your meeting.", KITE)
    asked.click("Choose another way", on=told)
    expect(asked.message(KITE).get_by_role("button", name="Make it shorter")).to_be_visible()
    expect(asked.mails()).to_have_count(0)
