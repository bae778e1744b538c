"""From what is stored to what is written: who gets the mail, and what is told besides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.around import Around
from domain.decision import DecisionState
from domain.meeting import Attendee, Response
from domain.wording import TemplateKey, Text
from domain.words import Formality, Option
from messages.from_overview import draft_of, script_of, template_key, view_of
from messages.ringing import ToRing
from tests.support.meeting_views import decision
from tests.support.wording import CLIENT, CONTACT, MEETING, NOW, OWNER, SLOTS, STARTS, TERMS, overview


def guests(*emails: str, **changes: Response) -> tuple[Attendee, ...]:
    return tuple(
        Attendee(email=email, response=changes.get(email.partition("@")[0], Response.ACCEPTED)) for email in emails
    )


def recipients(**changes: object) -> tuple[str, ...]:
    return draft_of(overview(**changes), Option.CALL, TERMS[Option.CALL], NOW).to


def test_everybody_of_the_client_is_told_the_contact_first() -> None:
    meeting = replace(
        MEETING,
        organiser=Attendee(email="piet@acme.example"),
        attendees=guests(
            "robin@bright.example",
            "kim@sub.acme.example",
            "sanne@acme.example",
            "jo@acme.example",
            jo=Response.DECLINED,
        ),
    )

    assert recipients(meeting=meeting) == ("sanne@acme.example", "piet@acme.example", "kim@sub.acme.example")


def test_where_the_book_has_no_address_the_guests_are_told() -> None:
    meeting = replace(MEETING, attendees=guests("kim@acme.example", "robin@bright.example"))

    assert recipients(meeting=meeting, contact=replace(CONTACT, email="")) == ("kim@acme.example",)
    assert recipients(meeting=meeting, contact=None) == ("kim@acme.example",)


def test_a_guest_in_no_book_is_told_and_nobody_else() -> None:
    assert recipients(client=None) == ("sanne@acme.example",)
    assert recipients(client=None, contact=None) == ()


def test_a_crowd_is_left_to_the_owner() -> None:
    meeting = replace(MEETING, attendees=guests(*(f"guest{number}@acme.example" for number in range(30))))

    assert len(recipients(meeting=meeting)) == 10


def test_what_is_known_around_the_meeting_is_written() -> None:
    around = Around(first_contact=True, slots=SLOTS)

    first = draft_of(overview(), Option.CALL, TERMS[Option.CALL], NOW, around=around)
    later = draft_of(overview(), Option.CALL, TERMS[Option.CALL], NOW, around=Around(proposal_by=date(2026, 11, 25)))

    assert "I am writing about our meeting" in first.body
    assert "- Thursday 26 November, 14:00" in first.body
    assert "I will send you another time by Wednesday 25 November at the latest." in later.body


@pytest.mark.parametrize(
    ("of_client", "of_owner", "formality"),
    [
        (Formality.INFORMAL, Formality.FORMAL, Formality.INFORMAL),
        (None, Formality.INFORMAL, Formality.INFORMAL),
        (None, None, Formality.FORMAL),
    ],
)
def test_the_template_is_the_clients_else_the_owners(
    of_client: Formality | None, of_owner: Formality | None, formality: Formality
) -> None:
    known = overview(
        client=replace(CLIENT, language="nl", formality=of_client), owner=replace(OWNER, formality=of_owner)
    )

    assert template_key(known, Option.KEEP, first_contact=True) == TemplateKey(
        text=Text.UNDO, language="nl", formality=formality, first_contact=True
    )


def test_who_decides_late_is_reminded_to_ring_until_the_meeting_begins() -> None:
    late = decision(Option.EMAIL, made_at=STARTS - timedelta(hours=20))
    known = overview(decision=late)
    now = STARTS - timedelta(hours=19)

    assert view_of(known, now, mail_sender_configured=True).to_ring == ToRing(
        contact=CONTACT, script=script_of(known, Option.EMAIL, now)
    )
    assert view_of(known, STARTS, mail_sender_configured=True).to_ring is None


@pytest.mark.parametrize(("option", "hours"), [(Option.EMAIL, 24), (Option.CALL, 200), (Option.KEEP, 3)])
def test_who_decides_in_time_or_keeps_the_meeting_rings_nobody(option: Option, hours: int) -> None:
    made = decision(option, made_at=STARTS - timedelta(hours=hours), state=DecisionState.STANDING)
    now = STARTS - timedelta(hours=1)

    assert view_of(overview(decision=made), now, mail_sender_configured=True).to_ring is None
    assert view_of(overview(), now, mail_sender_configured=True).to_ring is None
