"""The .ics of a changed meeting, read back with the library that reads feeds."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.calendars.ics import method_of, update_ics
from bot.calendars.parse import parse
from domain.meeting import Attendee, CalendarEntry, Meeting, Response, Source
from tests.support.feeds import AMSTERDAM, NOW, WINDOW

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
NADIA = Attendee(email="nadia@bright.example", name="Nadia", response=Response.ACCEPTED)
JOE = Attendee(email="joe@acme.example", name="Joe", response=Response.ACCEPTED)


def meeting(**changes: Any) -> Meeting:
    values: dict[str, Any] = {
        "id": "m1",
        "team_id": "T1",
        "owner_id": "U1",
        "client_id": "c1",
        "source": Source.FEED,
        "uid": "one@acme.example",
        "title": "Acme",
        "starts_at": START,
        "ends_at": START + timedelta(minutes=90),
        "attendees": (NADIA, JOE),
    }
    return Meeting(**(values | changes))


def update(about: Meeting, **changes: Any) -> bytes:
    values: dict[str, Any] = {
        "starts_at": START,
        "ends_at": START + timedelta(minutes=30),
        "location": "",
        "description": "",
        "cancelled": False,
        "sequence": 1,
        "now": NOW,
        "organiser": None,
    }
    return update_ics(about, **(values | changes))


def read_back(ics: bytes) -> tuple[Calendar, dict[str, Any]]:
    calendar = Calendar.from_ical(ics)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    assert (calendar.errors, event.errors) == ([], [])
    return calendar, cast("dict[str, Any]", event)


def test_a_shorter_meeting_comes_back_from_a_feed_as_it_was_written() -> None:
    ics = update(
        meeting(),
        location="By phone: +31 20 123 45 67",
        description="Agenda:\n- figures, plans",
        sequence=4,
        organiser=NADIA,
    )

    (entry,) = parse(ics, zone=AMSTERDAM, window=WINDOW).entries

    assert entry == CalendarEntry(
        uid="one@acme.example",
        sequence=4,
        title="Acme",
        description="Agenda:\n- figures, plans",
        location="By phone: +31 20 123 45 67",
        starts_at=START,
        ends_at=START + timedelta(minutes=30),
        organiser=Attendee(email="nadia@bright.example", name="Nadia"),
        attendees=(Attendee(email="joe@acme.example", name="Joe"),),
    )


@pytest.mark.parametrize(
    ("cancelled", "organiser", "method", "status"),
    [
        (False, NADIA, "REQUEST", "CONFIRMED"),
        (True, NADIA, "CANCEL", "CANCELLED"),
        (False, None, "PUBLISH", "CONFIRMED"),
        (True, None, "PUBLISH", "CANCELLED"),
    ],
)
def test_the_method_says_whether_the_organiser_asks_or_the_owner_is_told(
    cancelled: bool, organiser: Attendee | None, method: str, status: str
) -> None:
    calendar, event = read_back(update(meeting(), cancelled=cancelled, organiser=organiser))

    assert (calendar["METHOD"], event["STATUS"]) == (method, status)
    assert method_of(cancelled=cancelled, organiser=organiser) == method
    assert ("ATTENDEE" in event, "ORGANIZER" in event) == (organiser is not None, organiser is not None)


def test_attendees_are_asked_for_a_new_answer_and_the_organiser_is_none_of_them() -> None:
    _, event = read_back(update(meeting(), organiser=NADIA))

    assert str(event["ATTENDEE"]) == "mailto:joe@acme.example"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Joe",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


@pytest.mark.parametrize(
    ("occurrence", "original"),
    [("20261117T090000Z", datetime(2026, 11, 17, 9, tzinfo=UTC)), ("20261117", date(2026, 11, 17))],
)
def test_one_date_of_a_series_is_named_by_its_original_start(occurrence: str, original: date) -> None:
    _, event = read_back(update(meeting(occurrence=occurrence)))

    assert event["RECURRENCE-ID"].dt == original


def test_a_meeting_by_hand_gets_a_uid_of_its_own() -> None:
    _, event = read_back(update(meeting(uid="", source=Source.BY_HAND)))

    assert str(event["UID"]) == "m1@meetdown"


def test_times_are_written_in_utc() -> None:
    east = timezone(timedelta(hours=5))
    ics = update(meeting(), starts_at=START.astimezone(east), ends_at=START.astimezone(east))

    assert b"DTSTART:20261124T090000Z\r\n" in ics
    assert b"DTEND:20261124T090000Z\r\n" in ics


@pytest.mark.parametrize("name", ["starts_at", "ends_at", "now"])
def test_a_naive_time_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        update(meeting(), **{name: START.replace(tzinfo=None)})


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before starts_at"):
        update(meeting(), ends_at=START - timedelta(minutes=1))


@given(text=st.text(max_size=300), name=st.text(max_size=60))
def test_no_text_breaks_out_of_its_property(text: str, name: str) -> None:
    about = meeting(title=text, attendees=(Attendee(email="joe@acme.example", name=name),))

    ics = update(about, location=text, description=text, organiser=NADIA)
    calendar, event = read_back(ics)

    assert {str(key) for key in calendar} == {"PRODID", "VERSION", "METHOD"}
    assert set(event) <= {
        *("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION", "DESCRIPTION"),
        *("ORGANIZER", "ATTENDEE"),
    }
    assert str(event["ATTENDEE"]) == "mailto:joe@acme.example"
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
