"""What goes to and fro between the delegate and the owner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.brief import HandoffState, Question
from messages.brief_answers import delegate_told_of_move, owner_told_of_move
from messages.brief_pages import (
    answer_modal,
    answered_message,
    ask_modal,
    decline_modal,
    owner_told,
    question_message,
)
from messages.i18n import LANGUAGES, translator
from messages.ids import VALUE, Action, Field, View
from tests.support.wording import EXTREMES, MEETING, NOW, assert_slack_takes, brief, everywhere, overview

EN, NL = translator("en"), translator("nl")
QUESTION = Question(id="question-1", text="Is it paid?\nBy <whom>?")
ABOUT = "*Acme* · tier B · Website refresh · Tue 24 Nov, 10:00"
ABOUT_FOR_DELEGATE = "*Acme* · tier B · Website refresh · Tue 24 Nov, 09:00"
IF_NOT, MAKE_SURE = "If it does not suit you, please tell them.", "Please make sure that it still suits them."
QUOTED = "&gt; Is it paid?\n&gt; By &lt;whom&gt;?"


def test_the_owner_reads_the_question_and_can_answer() -> None:
    shown = question_message(EN, QUESTION, "Noor de Wit", overview(), NOW)

    assert shown.text == f"*Noor de Wit asks about the meeting that they take over for you.*\n{ABOUT}\n{QUOTED}"
    button = shown.blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == (Action.ANSWER, "question-1")


def test_once_answered_the_answer_stands_where_the_button_was() -> None:
    answered = replace(QUESTION, answer="Ja, in oktober.", answered_at=NOW)

    shown = question_message(NL, answered, "Noor de Wit", overview(), NOW)

    assert [block["type"] for block in shown.blocks] == ["section", "context", "section", "section", "context"]
    assert shown.text.splitlines()[-2:] == ["✓ Je antwoordde: Ja, in oktober.", "Door jou beantwoord, vandaag 10:00"]


def test_the_delegate_reads_the_answer_on_their_own_clock() -> None:
    shown = answered_message(EN, replace(QUESTION, answer="Yes & no."), overview(), NOW)

    assert shown.text == (
        "*Robin Visser has answered your question.* The answer is in the brief too.\n"
        f"*Acme* · tier B · Website refresh · Tue 24 Nov, 09:00\n{QUOTED}\nYes &amp; no."
    )


def test_without_a_known_delegate_the_owners_clock_counts() -> None:
    shown = answered_message(EN, replace(QUESTION, answer="Yes."), overview(delegate=None), NOW)

    assert ABOUT in shown.text


def test_a_move_is_told_to_each_on_their_own_clock() -> None:
    accepted = delegate_told_of_move(EN, brief(state=HandoffState.ACCEPTED), overview(), NOW)
    offered = delegate_told_of_move(EN, brief(state=HandoffState.OFFERED), overview(), NOW)
    owner = owner_told_of_move(EN, "Noor de Wit", overview(), NOW)

    assert [shown.text.splitlines()[1] for shown in (accepted, offered, owner)] == [
        ABOUT_FOR_DELEGATE,
        ABOUT_FOR_DELEGATE,
        ABOUT,
    ]
    assert [shown.text.splitlines()[0] for shown in (accepted, offered, owner)] == [
        f"*The meeting that you take over for Robin Visser has another time.* {IF_NOT}",
        "*The meeting that Robin Visser asks you to take over has another time.* You can still accept or decline.",
        f"*The meeting that Noor de Wit takes over for you has another time.* {MAKE_SURE}",
    ]


def test_the_owner_is_told_of_a_yes() -> None:
    shown = owner_told(EN, brief(state=HandoffState.ACCEPTED), "Noor de Wit", overview(), NOW)

    assert shown.text == f"✓ *Noor de Wit takes over your meeting.*\n{ABOUT}"
    assert [block["type"] for block in shown.blocks] == ["section", "context"]


def test_the_owner_is_told_of_a_no_and_led_to_the_other_ways() -> None:
    declined = brief(state=HandoffState.DECLINED, declined_because="Away that day.")

    shown = owner_told(EN, declined, "Noor de Wit", overview(), NOW)

    assert shown.text == (
        "*Noor de Wit cannot take over your meeting.* Choose another way, or ask somebody else.\n"
        f"{ABOUT}\n&gt; Away that day."
    )
    button = shown.blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == (Action.MEETING_CHOSEN, "meeting-1")


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1)])
def test_after_the_start_there_is_no_other_way_to_lead_to(later: timedelta) -> None:
    shown = owner_told(EN, brief(state=HandoffState.DECLINED), "", overview(), MEETING.starts_at + later)

    assert shown.text.startswith("*A colleague cannot take over your meeting.*")
    assert [block["type"] for block in shown.blocks] == ["section", "context"]


@pytest.mark.parametrize(
    ("view", "callback", "field", "optional"),
    [
        (ask_modal(EN, "form-1"), View.ASK, Field.QUESTION, False),
        (answer_modal(EN, "form-1", QUESTION), View.ANSWER, Field.ANSWER, False),
        (decline_modal(EN, "form-1"), View.DECLINE, Field.BECAUSE, True),
    ],
)
def test_each_window_asks_for_one_thing(view: dict[str, object], callback: View, field: Field, optional: bool) -> None:
    parts = view["blocks"]
    assert isinstance(parts, list)

    assert (view["callback_id"], view["private_metadata"]) == (callback, "form-1")
    assert (parts[-1]["block_id"], parts[-1]["element"]["action_id"], parts[-1]["optional"]) == (field, VALUE, optional)


def test_the_question_stands_above_its_answer() -> None:
    assert answer_modal(EN, "form-1", QUESTION)["blocks"][0]["text"]["text"] == QUOTED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_was_typed(text: str, language: str) -> None:
    t = translator(language)
    meeting, client, contact = everywhere(text)
    seen = overview(meeting=meeting, client=client, contact=contact)
    asked = Question(id="q", text=text)

    for question in (asked, replace(asked, answer=text)):
        assert_slack_takes(question_message(t, question, text, seen, NOW), "message")
        assert_slack_takes(answered_message(t, question, seen, NOW), "message")
    assert_slack_takes(owner_told_of_move(t, text, seen, NOW), "message")
    for state in HandoffState:
        assert_slack_takes(delegate_told_of_move(t, brief(state=state), seen, NOW), "message")
        assert_slack_takes(owner_told(t, brief(state=state, declined_because=text), text, seen, NOW), "message")
    for view in (ask_modal(t, "f"), answer_modal(t, "f", asked), decline_modal(t, "f")):
        assert_slack_takes(view, "modal")
