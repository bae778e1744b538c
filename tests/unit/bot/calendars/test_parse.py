"""What a feed says becomes entries: single ones, their people, links and texts."""

from datetime import UTC, datetime

import pytest

from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem, SkipReason
from domain.errors import InvalidCode
from domain.meeting import Attendee, CalendarEntry, Response
from tests.support.feeds import AMSTERDAM, WINDOW, event, feed, only


def test_a_single_event_becomes_one_entry_with_everything_in_it() -> None:
    entry = only(
        event(
            "DTSTART;TZID=Europe/Amsterdam:20261124T100000",
            "DTEND;TZID=Europe/Amsterdam:20261124T113000",
            "SEQUENCE:3",
            "SUMMARY:Quarterly review\\, Acme",
            "DESCRIPTION:Agenda:\\n- figures\\n- pl",
            " ans",
            "LOCATION:Herengracht 1\\, Amsterdam",
            "CLASS:PRIVATE",
            'ORGANIZER;CN="Nadia, sales":mailto:Nadia@Bright.example',
            "ATTENDEE;CN=Joe Doe;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:MAILTO:Joe.Doe@ACME.example",
            "ATTENDEE;CUTYPE=RESOURCE;CN=Beamer:mailto:beamer@bright.example",
            "ATTENDEE;CUTYPE=ROOM;CN=Blue:mailto:blue@bright.example",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:not this",
            "TRIGGER:-PT15M",
            "END:VALARM",
        )
    )

    assert entry == CalendarEntry(
        uid="one@acme.example",
        sequence=3,
        title="Quarterly review, Acme",
        description="Agenda:\n- figures\n- plans",
        location="Herengracht 1, Amsterdam",
        starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
        time_zone="Europe/Amsterdam",
        private=True,
        organiser=Attendee(email="nadia@bright.example", name="Nadia, sales"),
        attendees=(Attendee(email="joe.doe@acme.example", name="Joe Doe", response=Response.ACCEPTED),),
    )


def test_an_all_day_entry_lasts_from_midnight_to_midnight_where_the_owner_is() -> None:
    entry = only(event("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126", "SUMMARY:Fair"))

    assert (entry.all_day, entry.starts_at, entry.ends_at) == (
        True,
        datetime(2026, 11, 23, 23, tzinfo=UTC),
        datetime(2026, 11, 25, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (("DTSTART:20261124T100000Z", "DURATION:PT1H30M"), 90),
        (("DTSTART:20261124T100000Z", "DURATION:-PT1H"), 0),
        (("DTSTART:20261124T100000Z", "DURATION:P1DT1H"), 25 * 60),
        (("DTSTART:20261124T100000Z",), 0),
        (("DTSTART:20261124T100000Z", "DTEND:20261124T090000Z"), 0),
        (("DTSTART:20261124T100000Z", "DTEND:nonsense"), 0),
        (("DTSTART:20261124T100000Z", "DTEND;VALUE=DATE:20261125"), 13 * 60),
        (("DTSTART;VALUE=DATE:20261124",), 24 * 60),
        (("DTSTART;VALUE=DATE:20261124", "DURATION:P2D"), 48 * 60),
        (("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261124"), 24 * 60),
    ],
)
def test_the_end_comes_from_dtend_or_duration_and_is_never_before_the_start(
    lines: tuple[str, ...], minutes: int
) -> None:
    entry = only(event(*lines))

    assert (entry.ends_at - entry.starts_at).total_seconds() / 60 == minutes


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("TRANSP:TRANSPARENT", (False, True, False)),
        ("TRANSP:OPAQUE", (False, False, False)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", (False, True, False)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", (False, False, False)),
        ("CLASS:CONFIDENTIAL", (False, False, True)),
        ("CLASS:PUBLIC", (False, False, False)),
        ("STATUS:CANCELLED", (True, False, False)),
        ("STATUS:TENTATIVE", (False, False, False)),
    ],
)
def test_cancelled_free_and_private_are_told_apart(line: str, flags: tuple[bool, bool, bool]) -> None:
    entry = only(event("DTSTART:20261124T100000Z", line))

    assert (entry.cancelled, entry.free, entry.private) == flags


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        (("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",), "https://meet.google.com/abc-defg-hij"),
        (("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/1?a=b",),
         "https://teams.microsoft.com/l/meetup-join/1?a=b"),
        (("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/room",), "https://video.example/room"),
        (("CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+31201234567",), ""),
        (("LOCATION:https://acme.zoom.us/j/123?pwd=x",), "https://acme.zoom.us/j/123?pwd=x"),
        (("DESCRIPTION:Join (https://teams.live.com/meet/9)\\, or not",), "https://teams.live.com/meet/9"),
        (('DESCRIPTION:<a href="https://meet.google.com/abc-defg-hij">x</a>',), "https://meet.google.com/abc-defg-hij"),
        (("LOCATION:https://zoom.us.evil.example/j/123",), ""),
        (("X-GOOGLE-CONFERENCE:javascript:alert(1)",), ""),
        (("DESCRIPTION:https://acme.example/agenda",), ""),
    ],
)  # fmt: skip
def test_the_link_to_an_online_meeting_is_found_where_calendars_put_it(lines: tuple[str, ...], link: str) -> None:
    entry = only(event("DTSTART:20261124T100000Z", *lines))

    assert entry.online_url == link


@pytest.mark.parametrize(
    ("line", "attendees"),
    [
        ("ATTENDEE:mailto:JOE@ACME.example", ("joe@acme.example",)),
        ("ATTENDEE:joe@acme.example", ("joe@acme.example",)),
        ("ATTENDEE:urn:uuid:1234", ()),
        ("ATTENDEE;EMAIL=joe@acme.example:/aMjx/principal/", ("joe@acme.example",)),
        ("ATTENDEE:mailto:", ()),
        ("ATTENDEE:mailto:nobody", ()),
        ("ATTENDEE:mailto:a@b.example\\nX: y", ()),
        ("ATTENDEE;CN=Room:mailto:c_1@resource.calendar.google.com", ()),
        ("ORGANIZER:mailto:joe@acme.example", ()),
    ],
)
def test_only_people_with_an_address_attend(line: str, attendees: tuple[str, ...]) -> None:
    entry = only(event("DTSTART:20261124T100000Z", line))

    assert tuple(attendee.email for attendee in entry.attendees) == attendees


def test_texts_lose_control_characters_tags_and_what_is_too_long() -> None:
    entry = only(
        event(
            "DTSTART:20261124T100000Z",
            "SUMMARY:Acme\x07 \u202ereview\u202c\\nsecond line " + "x" * 300,
            "DESCRIPTION:<b>Agenda</b><ul><li>figures &amp; plans</li><li>next</li></ul>\x1b[31m<!channel> a < b",
            "LOCATION:" + "y" * 600,
        )
    )

    assert entry.title == "Acme review second line " + "x" * 230 + "…"
    assert entry.description == "Agenda\n- figures & plans\n\n- next\n\n[31m<!channel> a < b"
    assert entry.location == "y" * 499 + "…"


def test_what_lies_outside_the_window_is_left_out() -> None:
    body = feed(
        event("DTSTART:20260701T100000Z", "DTEND:20260701T110000Z", uid="long ago"),
        event("DTSTART:20270901T100000Z", "DTEND:20270901T110000Z", uid="far ahead"),
        event("DTSTART:20260825T080000Z", "DTEND:20260825T090000Z", uid="ends as the window begins"),
        event("DTSTART:20260825T083000Z", "DTEND:20260825T093000Z", uid="reaches into the window"),
        event("DTSTART:20260601T083000Z", "DTEND:20261225T093000Z", uid="longer than the window is"),
    )

    parsed = parse(body, zone=AMSTERDAM, window=WINDOW)

    assert [entry.uid for entry in parsed.entries] == ["longer than the window is", "reaches into the window"]


def test_one_broken_event_leaves_the_others_alone() -> None:
    body = feed(
        event("SUMMARY:no start", uid="1"),
        event("DTSTART:tomorrow at ten", uid="2"),
        event("DTSTART:20261124T100000Z", "RRULE:FREQ=SOMETIMES", uid="3"),
        "BEGIN:VEVENT\nUID:lost end\nDTSTART:20261124T100000Z",
        event("DTSTART:00010101T000000", "RRULE:FREQ=YEARLY", "DTEND:99991231T235959Z", uid="4"),
        event("DTSTART:20261124T100000Z", "garbage without a colon", ";;;", uid="good"),
    )

    parsed = parse(body, zone=AMSTERDAM, window=WINDOW)

    assert [entry.uid for entry in parsed.entries] == ["good"]
    assert parsed.skipped == {SkipReason.BROKEN: 4}


def test_an_event_without_a_uid_gets_one_that_stays_the_same() -> None:
    lines = ("DTSTART:20261124T100000Z", "SUMMARY:Acme")

    first, second = only(event(*lines, uid=None)), only(event(*lines, uid=None))
    other = only(event("DTSTART:20261125T100000Z", "SUMMARY:Acme", uid=None))

    assert first == second
    assert first.uid != other.uid
    assert first.uid.startswith("unnamed-")


def test_of_several_events_of_one_uid_the_newest_counts() -> None:
    entry = only(
        event("DTSTART:20261124T100000Z", "SEQUENCE:1", "SUMMARY:second"),
        event("DTSTART:20261125T100000Z", "SEQUENCE:2", "SUMMARY:third"),
        event("DTSTART:20261126T100000Z", "SUMMARY:first"),
    )

    assert (entry.title, entry.starts_at.day) == ("third", 25)


def test_of_equally_numbered_events_of_one_uid_the_one_written_last_counts() -> None:
    entry = only(
        event("DTSTART:20261124T100000Z", "SUMMARY:old", "LAST-MODIFIED:20261101T000000Z"),
        event("DTSTART:20261125T100000Z", "SUMMARY:new", "LAST-MODIFIED:20261102T000000Z"),
    )

    assert entry.title == "new"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   \r\n",
        b"<!doctype html><html></html>",
        b'{"kind": "calendar#events"}',
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:2026",
        b"\xff\xfe\x00\x00",
    ],
)
def test_what_is_no_whole_calendar_is_refused(body: bytes) -> None:
    with pytest.raises(FeedProblem) as caught:
        parse(body, zone=AMSTERDAM, window=WINDOW)

    assert caught.value.code is InvalidCode.FEED_NOT_A_CALENDAR


def test_a_calendar_without_events_is_one() -> None:
    assert parse(b"\xef\xbb\xbfBEGIN:VCALENDAR\nEND:VCALENDAR", zone=AMSTERDAM, window=WINDOW).entries == ()


def test_old_line_ends_and_folds_inside_a_character_are_read() -> None:
    body = feed(event("DTSTART:20261124T100000Z", "SUMMARY:Café")).replace("é".encode(), b"\xc3\r\n \xa9")

    (folded,) = parse(body, zone=AMSTERDAM, window=WINDOW).entries
    (returns,) = parse(feed(event("DTSTART:20261124T100000Z")).replace(b"\r\n", b"\r"), zone="", window=WINDOW).entries

    assert folded.title == "Café"
    assert returns.starts_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
