from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.words import NewMeetingWords, split_new

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""A Monday, half past nine in Amsterdam."""
CLIENTS = ("Acme", "Acme Holding BV", "Bluebird", "De Zuivelboer", "Müller & Zonen", "Next", "Olive Street")


def split(text: str, locale: str = "en", now: datetime = NOW, zone: ZoneInfo = AMSTERDAM) -> NewMeetingWords:
    return split_new(text, now=now, zone=zone, locale=locale, client_names=CLIENTS)


def test_client_day_time_and_length_are_read_from_one_line() -> None:
    assert split("Acme tomorrow 10:00 90m") == NewMeetingWords(
        client_text="Acme",
        client_is_known=True,
        title="",
        day=date(2026, 11, 24),
        at=time(10),
        starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        minutes=90,
    )


def test_what_is_left_is_the_title() -> None:
    words = split("Quarterly review with Bluebird on 24 Nov 3pm for 45 minutes")

    assert (words.client_text, words.title, words.minutes) == ("Bluebird", "Quarterly review", 45)


def test_an_unknown_client_is_what_is_left() -> None:
    assert split("Zebra Ltd next tuesday 9:00") == NewMeetingWords(
        client_text="Zebra Ltd",
        client_is_known=False,
        title="Zebra Ltd",
        day=date(2026, 11, 24),
        at=time(9),
        starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize("text", ["", "   ", "<!channel>", "tomorrow"])
def test_where_nothing_names_a_client_none_is_made_up(text: str) -> None:
    assert (split(text).client_text, split(text).client_is_known) == ("", False)


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("acme", "Acme"),
        ("acmee", "Acme"),
        ("acme holding 11:00", "Acme Holding BV"),
        ("acme holding bv", "Acme Holding BV"),
        ("muller", "Müller & Zonen"),
        ("zuivelboer", "De Zuivelboer"),
        ("the offer for olive street", "Olive Street"),
        ("next next friday", "Next"),
        ("bluebrid", "Bluebird"),
    ],
)
def test_known_clients_are_found_in_spite_of_typos_and_in_part(text: str, client: str) -> None:
    words = split(text)

    assert (words.client_text, words.client_is_known) == (client, True)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("tomorrow 10:00", "en", "2026-11-24T10:00"),
        ("10:00 tomorrow", "en", "2026-11-24T10:00"),
        ("tomorrow at 3", "en", "2026-11-24T15:00"),
        ("tomorrow 9", "en", "2026-11-24T09:00"),
        ("tomorrow 3pm", "en", "2026-11-24T15:00"),
        ("tomorrow 12am", "en", "2026-11-24T00:00"),
        ("tomorrow 12 p.m.", "en", "2026-11-24T12:00"),
        ("tomorrow noon", "en", "2026-11-24T12:00"),
        ("tomorrow half past two", "en", "2026-11-24T14:30"),
        ("tomorrow 03:00", "en", "2026-11-24T03:00"),
        ("the day after tomorrow at 14.30", "en", "2026-11-25T14:30"),
        ("Friday 10:00", "en", "2026-11-27T10:00"),
        ("next friday 10:00", "en", "2026-11-27T10:00"),
        ("tuesday next week 10:00", "en", "2026-12-01T10:00"),
        ("monday 15:00", "en", "2026-11-23T15:00"),
        ("monday 08:00", "en", "2026-11-30T08:00"),
        ("15:00", "en", "2026-11-23T15:00"),
        ("08:00", "en", "2026-11-24T08:00"),
        ("2026-12-01 10:00", "en", "2026-12-01T10:00"),
        ("2026-12-01T10:00", "en", "2026-12-01T10:00"),
        ("1 December 10:00", "en", "2026-12-01T10:00"),
        ("Tuesday 1 December 10:00", "en", "2026-12-01T10:00"),
        ("Dec 1st 10:00", "en", "2026-12-01T10:00"),
        ("5 jan 10:00", "en", "2027-01-05T10:00"),
        ("3/4 10:00", "en", "2027-04-03T10:00"),
        ("3/4 10:00", "en-US", "2027-03-04T10:00"),
        ("12/24 10:00", "en", "2026-12-24T10:00"),
        ("in 2 hours", "en", "2026-11-23T11:30"),
        ("in two weeks 10:00", "en", "2026-12-07T10:00"),
        ("morgen 10:00", "nl", "2026-11-24T10:00"),
        ("morgen om half drie", "nl", "2026-11-24T14:30"),
        ("morgen 14u30", "nl", "2026-11-24T14:30"),
        ("morgen 10 uur", "nl", "2026-11-24T10:00"),
        ("overmorgen om tien uur", "nl", "2026-11-25T10:00"),
        ("komende vrijdag 10.00 uur", "nl", "2026-11-27T10:00"),
        ("volgende week dinsdag 14:00", "nl", "2026-12-01T14:00"),
        ("do 10:00", "nl", "2026-11-26T10:00"),
        ("1 maart 10:00", "nl", "2027-03-01T10:00"),
        ("over 3 dagen 10:00", "nl", "2026-11-26T10:00"),
        ("morgen 10:00", "en", "2026-11-24T10:00"),
    ],
)
def test_days_and_times_are_read_in_both_languages(text: str, locale: str, expected: str) -> None:
    words = split(f"Acme {text}", locale)

    assert words.starts_at == datetime.fromisoformat(expected).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    assert (words.client_text, words.title) == ("Acme", "")


@pytest.mark.parametrize(
    ("text", "at", "minutes"),
    [
        ("tomorrow 10:00 1h30", time(10), 90),
        ("tomorrow 10:00 1.5 hours", time(10), 90),
        ("tomorrow 10:00 for an hour", time(10), 60),
        ("tomorrow 10:00-11:30", time(10), 90),
        ("tomorrow from 10:00 till 10:45", time(10), 45),
        ("morgen 10 uur 2 uur", time(10), 120),
        ("morgen 14:00 tot 15:30", time(14), 90),
        ("morgen 10:00 half uur", time(10), 30),
        ("tomorrow 45m", None, 45),
        ("tomorrow", None, None),
    ],
)
def test_lengths_are_told_from_times(text: str, at: time | None, minutes: int | None) -> None:
    words = split(f"Acme {text}")

    assert (words.day, words.at, words.minutes, words.title) == (date(2026, 11, 24), at, minutes, "")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Acme phase 2", "phase 2"),
        ("Acme budget 2027", "budget 2027"),
        ("Acme at 25:00", "25:00"),
        ("Acme 99/99", "99/99"),
        ("Acme v1.10.3", "v1.10.3"),
        ("Acme 31 February", "31 February"),
        ("Acme: plan", "plan"),
    ],
)
def test_numbers_that_are_no_time_stay_in_the_title(text: str, title: str) -> None:
    words = split(text)

    assert (words.client_text, words.title, words.starts_at) == ("Acme", title, None)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31 dec 9999", "1-1-1900"])
def test_a_day_out_of_this_age_is_none(day: str) -> None:
    for zone in ("Pacific/Auckland", "America/New_York"):
        assert split(f"Acme {day} 00:00", zone=ZoneInfo(zone)).title == day


@pytest.mark.parametrize(
    ("zone", "now", "text", "expected"),
    [
        ("Europe/Amsterdam", "2026-03-28T12:00", "tomorrow 02:30", "2026-03-29T01:30"),
        ("Europe/Amsterdam", "2026-10-24T12:00", "tomorrow 02:30", "2026-10-25T00:30"),
        ("Europe/Amsterdam", "2026-03-28T12:00", "tomorrow 10:00", "2026-03-29T08:00"),
        ("America/New_York", "2026-10-31T12:00", "tomorrow 01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-03T02:00", "tomorrow 10:00", "2026-10-03T23:00"),
    ],
)
def test_local_times_hold_over_clock_changes(zone: str, now: str, text: str, expected: str) -> None:
    words = split(text, now=datetime.fromisoformat(now).replace(tzinfo=UTC), zone=ZoneInfo(zone))

    assert words.starts_at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


PIECES = (
    "Acme tomorrow morgen 10:00 at om half drie 3 10 24 nov 31 feb 2026-13-45 99:99 1h30 - tot in over een uur 2 weeks "
    "next week vrijdag 12am 0am 13pm 29/2 <!channel> zo do"
)
pieces = st.sampled_from(PIECES.split())


@given(st.one_of(st.text(), st.lists(pieces, max_size=8).map(" ".join)), st.sampled_from(["en", "en-US", "nl", "tlh"]))
def test_no_words_make_the_reading_raise_and_what_it_reads_is_in_range(text: str, locale: str) -> None:
    words = split(text, locale)

    assert words.minutes is None or 0 < words.minutes <= 1440
    assert words.starts_at is None or (words.at is not None and words.starts_at.tzinfo is UTC)


def test_ten_thousand_characters_are_read_in_no_time() -> None:
    words = split("Acme " + "tomorrow 10:00 " * 1_000)

    assert (words.client_text, words.at) == ("Acme", time(10))
