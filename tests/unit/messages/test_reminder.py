"""The reminder says what a decision needs, and takes whatever stands in a calendar."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from domain.meeting import Attendee, Response
from domain.words import Lead, Mode, Reason, Tier
from messages import reminder
from messages.i18n import translator
from messages.reminder import Withdrawal
from tests.support.meeting_views import LANGUAGES, buttons, extreme_view, view
from tests.support.wording import CLIENT, EXTREMES, MEETING, NOW, STARTS, assert_slack_takes, texts

EN, NL = translator("en"), translator("nl")


def test_a_reminder_says_in_its_notification_what_a_decision_needs() -> None:
    made = reminder.reminder(EN, view(), NOW, Lead.DECIDE)

    assert made.text.splitlines() == [
        "*Can you make this one?* If not, step it down in good time.",
        "*Acme* · tier B · Website refresh",
        "Tue 24 Nov, 10:00 to 11:30 (90 min)",
        "Acme, Keizersgracht 1 · with Sanne Jansen and Robin Visser",
        "Met 4 times in the last 30 days",
        "✓ *My advice: make it shorter.* The meeting still takes place, and everybody saves time.",
    ]


def test_a_reminder_speaks_the_language_of_its_reader() -> None:
    made = reminder.reminder(NL, view(), NOW, Lead.LATER)

    assert made.text.splitlines() == [
        "Je vroeg me hierop terug te komen. *Lukt deze afspraak?* Zo niet, schaal hem dan op tijd af.",
        "*Acme* · B-klant · Website refresh",
        "di 24 nov 10:00 tot 11:30 (90 min)",
        "Acme, Keizersgracht 1 · met Sanne Jansen en Robin Visser",
        "4 keer gesproken in de afgelopen 30 dagen",
        "✓ *Mijn advies: korter maken.* De afspraak gaat door, en iedereen wint tijd.",
    ]


def test_the_buttons_carry_the_meeting_and_the_advice_stands_out() -> None:
    made = reminder.reminder(EN, view(), NOW, Lead.DECIDE)

    row = next(block for block in made.blocks if block["type"] == "actions")
    assert [(item["text"]["text"], item["action_id"]) for item in row["elements"]] == [
        ("Make it a call", "meeting.call"),
        ("Make it shorter", "meeting.shorter"),
        ("E-mail for now", "meeting.email"),
        ("Hand over", "meeting.handoff"),
        ("Keep it", "meeting.keep"),
        ("Remind me later", "meeting.later"),
    ]
    assert {item["value"] for item in row["elements"]} == {"meeting-1"}
    assert [item["text"]["text"] for item in row["elements"] if item.get("style") == "primary"] == ["Make it shorter"]


def test_what_is_not_possible_has_no_button_but_a_reason() -> None:
    seen = view(meeting=replace(MEETING, mode=Mode.CALL, location="", ends_at=STARTS + timedelta(minutes=15)))

    made = reminder.reminder(EN, seen, NOW, Lead.DECIDE)

    assert [label for label, _ in buttons(made)] == [
        "Why?",
        "E-mail for now",
        "Hand over",
        "Keep it",
        "Remind me later",
    ]
    assert made.blocks[-1]["elements"][0]["text"].splitlines() == [
        "– Make it shorter: not possible. It takes 15 minutes only, and 15 is the least.",
        "– Make it a call: not possible. It is a call already.",
    ]


def test_a_client_who_counts_for_more_than_its_tier_is_explained() -> None:
    made = reminder.reminder(EN, view(facts={"open_complaint": True}), NOW, Lead.DECIDE)

    assert made.blocks[-1]["elements"][0]["text"] == "They have an open complaint, so they count as A instead of B."


def test_keeping_can_be_the_advice() -> None:
    seen = view(facts={"tier": Tier.A, "reason": Reason.RATHER_NOT})

    made = reminder.reminder(EN, seen, NOW, Lead.DECIDE)

    assert (
        "✓ *My advice: keep it.* With a client like this it is worth going, even if you would rather not." in made.text
    )


def test_the_last_call_says_how_long_is_left_and_to_ring_first() -> None:
    made = reminder.reminder(EN, view(facts={"until": timedelta(hours=2)}), STARTS - timedelta(hours=2), Lead.LAST_CALL)

    lines = made.text.splitlines()
    assert lines[0] == "*Last call:* this one starts at 10:00, in about 2 hours."
    assert lines[-1] == "! It starts in 2 hours: ring the client first, before you send anything."


def test_a_meeting_without_client_or_people_is_still_shown() -> None:
    lonely = replace(MEETING, client_id=None, attendees=(), location="", title="")

    made = reminder.reminder(EN, view(meeting=lonely, client=None), NOW, Lead.DECIDE)

    assert made.text.splitlines()[1:3] == ["*Client meeting* · (no title)", "Tue 24 Nov, 10:00 to 11:30 (90 min)"]


def test_of_a_video_link_only_the_host_is_shown() -> None:
    online = replace(MEETING, mode=Mode.VIDEO, location="https://meet.example/abc?pwd=secret")

    made = reminder.reminder(NL, view(meeting=online), NOW, Lead.DECIDE)

    assert "Videogesprek (meet.example) · met Sanne Jansen en Robin Visser" in made.text
    assert "secret" not in texts(made)


def test_many_people_are_counted() -> None:
    crowd = replace(MEETING, attendees=MEETING.attendees * 3)

    made = reminder.reminder(EN, view(meeting=crowd), NOW, Lead.DECIDE)

    assert "with Sanne Jansen, Sanne Jansen, Sanne Jansen and 3 more" in made.text


def test_neither_the_owner_nor_who_declined_is_among_those_who_are_met() -> None:
    sanne, robin = MEETING.attendees
    kim = Attendee(email="kim@acme.example", name="Kim de Boer", response=Response.DECLINED)
    seen = view(meeting=replace(MEETING, attendees=(kim, robin, sanne)), owner_email="robin@bright.example")

    assert "Acme, Keizersgracht 1 · with Sanne Jansen\n" in reminder.card_text(EN, seen, NOW)


def test_people_of_the_client_come_first() -> None:
    turned = replace(MEETING, attendees=MEETING.attendees[::-1])

    assert "with Sanne Jansen and Robin Visser" in reminder.card_text(EN, view(meeting=turned), NOW)


@pytest.mark.parametrize(
    ("why", "english"),
    [
        ("moved", "The meeting was moved to Tue 24 Nov, 10:00. I will remind you in time."),
        ("cancelled", "The meeting was cancelled in the calendar. There is nothing left to decide."),
        ("over", "The meeting of Tue 24 Nov, 10:00 has begun. There is nothing left to decide."),
    ],
)
def test_a_withdrawn_reminder_says_why_and_has_no_buttons(why: Withdrawal, english: str) -> None:
    made = reminder.withdrawn(EN, view(), NOW, why)

    assert made.text == f"*Acme* · tier B · Website refresh\n{english}"
    assert buttons(made) == []


def test_an_older_reminder_points_to_the_newer_one() -> None:
    made = reminder.superseded_pointer(NL, view(), NOW)

    assert made.text == "Acme, di 24 nov 10:00. Hieronder staat een nieuwer bericht over deze afspraak."
    assert buttons(made) == []


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_reminder(text: str, language: str) -> None:
    t, seen = translator(language), extreme_view(text)

    made = [reminder.reminder(t, seen, NOW, lead) for lead in Lead]
    made += [reminder.withdrawn(t, seen, NOW, why) for why in get_args(Withdrawal)]
    made.append(reminder.superseded_pointer(t, seen, NOW))

    for item in made:
        assert_slack_takes(item, "message")
        assert "<" not in texts(item)


def test_a_client_who_was_not_met_lately_is_said_to_be_so() -> None:
    assert "Not met in the last 30 days" in reminder.card_text(EN, view(met_lately=0, client=CLIENT), NOW)
    assert "Met once in the last 30 days" in reminder.card_text(EN, view(met_lately=1), NOW)
