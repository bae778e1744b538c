"""What comes back later because of a decision."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.planned import FollowUp, FollowUpKind, FollowUpState
from messages.follow_up_page import CALLED, COMPLAINED, REBOOKED, follow_up, settled
from messages.i18n import LANGUAGES, translator
from messages.ids import Action
from tests.support.wording import AMSTERDAM, CLIENT, EXTREMES, MEETING, NOW, assert_slack_takes, everywhere

DUE = FollowUp(
    id="follow-up-1",
    team_id="T1",
    decision_id="decision-1",
    meeting_id="meeting-1",
    member_id="U1",
    kind=FollowUpKind.CONFIRM,
    due_at=NOW + timedelta(days=1),
)
EN, NL = translator("en"), translator("nl")
ANSWERS = [
    Action.FOLLOW_UP_DONE,
    Action.FOLLOW_UP_REBOOKED,
    Action.FOLLOW_UP_COMPLAINED,
    Action.FOLLOW_UP_CALL,
    Action.FOLLOW_UP_SNOOZE,
]


@pytest.mark.parametrize(
    ("kind", "question", "buttons"),
    [
        (
            FollowUpKind.CONFIRM,
            "*Has Acme confirmed?* You changed “Website refresh” (Tue 24 Nov, 10:00).",
            ANSWERS,
        ),
        (
            FollowUpKind.CALL,
            "*Is it settled with Acme, or is a call needed?* You took “Website refresh” (Tue 24 Nov, 10:00) to e-mail.",
            ANSWERS,
        ),
        (
            FollowUpKind.ANSWER,
            "*Noor has not answered yet.* You asked them to take “Website refresh” with Acme (Tue 24 Nov, 10:00).",
            [Action.MEETING_CHOSEN, Action.FOLLOW_UP_SNOOZE],
        ),
        (
            FollowUpKind.DEBRIEF,
            (
                "*How was it?* You took “Website refresh” with Acme (Tue 24 Nov, 10:00) over for Robin. "
                "A few lines are enough; Robin gets them, and they are kept with the client."
            ),
            [Action.DEBRIEF, Action.FOLLOW_UP_SNOOZE],
        ),
    ],
)
def test_each_question_has_its_buttons(kind: FollowUpKind, question: str, buttons: list[Action]) -> None:
    due = replace(DUE, kind=kind)

    shown = follow_up(EN, due, MEETING, CLIENT, AMSTERDAM, NOW, delegate_name="Noor", owner_name="Robin")

    assert shown.text == question
    assert shown.blocks[0]["text"]["text"] == question
    assert [element["action_id"] for element in shown.blocks[1]["elements"]] == buttons
    assert shown.blocks[1]["elements"][-1]["value"] == "follow-up-1"


def test_another_way_leads_to_the_meeting() -> None:
    shown = follow_up(EN, replace(DUE, kind=FollowUpKind.ANSWER), MEETING, CLIENT, AMSTERDAM, NOW)

    assert shown.blocks[1]["elements"][0]["value"] == "meeting-1"
    assert shown.text.startswith("*Your colleague has not answered yet.*")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (
            replace(DUE, state=FollowUpState.DONE, outcome="done"),
            "✓ Acme heeft de wijziging van “Website refresh” (di 24 nov 10:00) bevestigd.",
        ),
        (
            replace(DUE, state=FollowUpState.DONE, kind=FollowUpKind.CALL),
            "✓ “Website refresh” (di 24 nov 10:00) is met Acme geregeld.",
        ),
        (
            replace(DUE, state=FollowUpState.DONE, kind=FollowUpKind.ANSWER),
            "✓ Noor de Wit heeft geantwoord over “Website refresh” met Acme (di 24 nov 10:00).",
        ),
        (
            replace(DUE, state=FollowUpState.DONE, outcome=REBOOKED),
            "✓ Genoteerd: Acme wil een andere datum in plaats van “Website refresh” (di 24 nov 10:00).",
        ),
        (
            replace(DUE, state=FollowUpState.DONE, outcome=CALLED),
            "✓ Over “Website refresh” met Acme moet worden gebeld. Doe dat snel.",
        ),
        (DUE, "Ik kom terug op “Website refresh” met Acme: morgen 10:00."),
        (replace(DUE, state=FollowUpState.WITHDRAWN), "De vraag over “Website refresh” met Acme is niet meer nodig."),
    ],
)
def test_what_became_of_it_stands_instead_of_the_buttons(due: FollowUp, said: str) -> None:
    shown = settled(NL, due, MEETING, CLIENT, AMSTERDAM, NOW, delegate_name="Noor de Wit")

    assert shown.text == said
    assert [block["type"] for block in shown.blocks] == ["context"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FollowUpKind)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_was_typed(text: str, kind: FollowUpKind, language: str) -> None:
    meeting, client, _ = everywhere(text)
    t, due = translator(language), replace(DUE, kind=kind)

    for state in FollowUpState:
        shown = settled(t, replace(due, state=state), meeting, client, text, NOW, delegate_name=text)
        assert_slack_takes(shown, "message")
    asked = follow_up(t, due, meeting, client, text, NOW, delegate_name=text)
    assert_slack_takes(asked, "message")
    assert "<!channel>" not in asked.text


def test_a_complaint_leads_to_the_clients_record_until_it_is_marked() -> None:
    due = replace(DUE, state=FollowUpState.DONE, outcome=COMPLAINED)

    shown = settled(EN, due, MEETING, CLIENT, AMSTERDAM, NOW)
    marked = settled(EN, due, MEETING, replace(CLIENT, open_complaint=True), AMSTERDAM, NOW)

    assert shown.blocks[0]["accessory"]["action_id"] == Action.CLIENT_EDIT
    assert "accessory" not in marked.blocks[0]
