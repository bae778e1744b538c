"""A meeting by hand."""

import datetime as dt

import pytest

from messages import new_meeting_page
from messages.i18n import translator
from messages.ids import Field, View
from messages.new_meeting_page import NewMeetingPrefill
from tests.support.meeting_views import LANGUAGES, buttons, extreme_view, view
from tests.support.wording import AMSTERDAM, CLIENT, EXTREMES, NOW, assert_slack_takes, everywhere, texts

EN, NL = translator("en"), translator("nl")


def test_the_modal_holds_what_was_understood() -> None:
    prefill = NewMeetingPrefill(
        client_text="Acme",
        title="Planning",
        date=dt.date(2026, 11, 24),
        time=dt.time(10, 5),
        minutes=90,
        place="Their office",
        contact_name="Sanne Jansen",
        contact_email="sanne@acme.example",
        phone="+31201234567",
    )

    made = new_meeting_page.new_meeting_modal(EN, "form-1", prefill, [CLIENT], AMSTERDAM)

    initial = {
        block["block_id"]: next(value for name, value in block["element"].items() if name.startswith("initial_"))
        for block in made["blocks"]
    }
    assert initial == {
        Field.CLIENT: "Acme",
        Field.TITLE: "Planning",
        Field.DATE: "2026-11-24",
        Field.TIME: "10:05",
        Field.MINUTES: "90",
        Field.PLACE: "Their office",
        Field.CONTACT_NAME: "Sanne Jansen",
        Field.CONTACT_EMAIL: "sanne@acme.example",
        Field.PHONE: "+31201234567",
    }
    assert (made["callback_id"], made["private_metadata"]) == (View.NEW_MEETING, "form-1")


def test_an_empty_modal_takes_an_hour_and_shows_known_clients_and_the_zone() -> None:
    made = new_meeting_page.new_meeting_modal(NL, "form-1", NewMeetingPrefill(), [CLIENT], AMSTERDAM)

    hints = [block["hint"]["text"] for block in made["blocks"] if "hint" in block]
    assert hints[:2] == ["Bijvoorbeeld: Acme", "In jouw tijdzone, Europe/Amsterdam"]
    assert [
        block["element"].get("initial_value") for block in made["blocks"] if block["block_id"] == Field.MINUTES
    ] == ["60"]


def test_a_meeting_that_was_entered_comes_with_its_buttons() -> None:
    made = new_meeting_page.created(EN, view(), NOW)

    assert made.text.splitlines()[:2] == [
        "✓ *The meeting is entered.* I remind you in time; you can also decide now.",
        "*Acme* · tier B · Website refresh",
    ]
    assert len(buttons(made)) == 7


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_new_meeting(text: str, language: str) -> None:
    t = translator(language)
    _, client, _ = everywhere(text)
    prefill = NewMeetingPrefill(
        client_text=text,
        title=text,
        minutes=None,
        place=text,
        contact_name=text,
        contact_email=text,
        phone=text,
    )

    made = new_meeting_page.created(t, extreme_view(text), NOW)

    assert_slack_takes(new_meeting_page.new_meeting_modal(t, "form-1", prefill, [client] * 200, text), "modal")
    assert_slack_takes(made, "message")
    assert "<" not in texts(made)
