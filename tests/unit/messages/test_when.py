"""Moments as people say them, also in the nights when the clock jumps."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.i18n import translator
from messages.when import clock, day, length, moment, span, zone_info, zone_label

EN, NL = translator("en"), translator("nl")
AMSTERDAM = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday."""


def at(year: int, month: int, day_: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day_, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "english", "dutch"),
    [
        (at(2026, 11, 23, 9), "today, 10:00", "vandaag 10:00"),
        (at(2026, 11, 24, 9), "tomorrow, 10:00", "morgen 10:00"),
        (at(2026, 11, 22, 9), "yesterday, 10:00", "gisteren 10:00"),
        (at(2026, 11, 25, 9, 5), "Wed 25 Nov, 10:05", "wo 25 nov 10:05"),
        (at(2027, 3, 2, 9), "Tue 2 Mar 2027, 10:00", "di 2 mrt 2027 10:00"),
        (at(2026, 11, 23, 23, 30), "tomorrow, 00:30", "morgen 00:30"),
    ],
)
def test_a_moment_is_said_in_the_readers_zone_and_language(when: datetime, english: str, dutch: str) -> None:
    assert (moment(EN, when, AMSTERDAM, NOW), moment(NL, when, AMSTERDAM, NOW)) == (english, dutch)


def test_today_is_today_where_the_reader_is() -> None:
    late_in_london = at(2026, 11, 23, 22)

    assert moment(EN, at(2026, 11, 24, 1), "Asia/Tokyo", late_in_london) == "today, 10:00"


def test_a_span_is_written_without_a_dash_between_the_times() -> None:
    starts = at(2026, 11, 24, 9)

    assert span(EN, starts, starts + timedelta(minutes=90), AMSTERDAM, NOW) == "tomorrow, 10:00 to 11:30 (90 min)"
    assert span(NL, starts, starts + timedelta(minutes=90), AMSTERDAM, NOW) == "morgen 10:00 tot 11:30 (90 min)"


def test_a_span_over_midnight_names_both_days() -> None:
    starts = at(2026, 11, 24, 21)

    said = span(EN, starts, starts + timedelta(hours=4), AMSTERDAM, NOW)

    assert said == "tomorrow, 22:00 to Wed 25 Nov, 02:00 (4 hours)"


def test_a_span_may_name_the_zone() -> None:
    starts = at(2026, 11, 24, 9)

    said = span(EN, starts, starts + timedelta(minutes=30), AMSTERDAM, NOW, show_zone=True)

    assert said == "tomorrow, 10:00 to 10:30 (30 min), Amsterdam time (CET)"


def test_the_clock_that_comes_twice_is_told_apart() -> None:
    summer, winter = at(2026, 10, 25, 0, 30), at(2026, 10, 25, 1, 30)

    assert (clock(summer, AMSTERDAM), clock(winter, AMSTERDAM)) == ("02:30 (CEST)", "02:30 (CET)")


def test_the_length_over_a_clock_that_goes_back_is_the_time_that_passes() -> None:
    starts, ends = at(2026, 10, 24, 23, 30), at(2026, 10, 25, 2)

    assert span(EN, starts, ends, AMSTERDAM, starts) == "today, 01:30 to 03:00 (150 min)"


def test_the_length_over_a_clock_that_jumps_ahead_is_the_time_that_passes() -> None:
    starts, ends = at(2026, 3, 29, 0, 30), at(2026, 3, 29, 1, 30)

    assert span(EN, starts, ends, AMSTERDAM, starts) == "today, 01:30 to 03:30 (60 min)"


def test_whole_hours_are_said_as_hours_from_three_up() -> None:
    assert [length(EN, minutes) for minutes in (15, 60, 120, 180, 200, 480)] == [
        "15 min",
        "60 min",
        "120 min",
        "3 hours",
        "200 min",
        "8 hours",
    ]


def test_a_zone_is_named_after_its_city_with_its_short_name() -> None:
    summer = at(2026, 7, 1)

    assert zone_label(EN, AMSTERDAM, NOW) == "Amsterdam time (CET)"
    assert zone_label(NL, AMSTERDAM, summer) == "tijd in Amsterdam (CEST)"
    assert zone_label(EN, "America/New_York", NOW) == "New York time (EST)"
    assert zone_label(EN, "Asia/Dubai", NOW) == "Dubai time (UTC+04)"
    assert zone_label(EN, "UTC", NOW) == "UTC"


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "x\x00", "Europe/", "é" * 300])
def test_an_unknown_zone_counts_as_utc(zone: str) -> None:
    assert zone_info(zone).key == "UTC"
    assert moment(EN, NOW, zone, NOW) == "today, 09:00"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        moment(EN, datetime(2026, 11, 23, 9), AMSTERDAM, NOW)  # noqa: DTZ001


def test_a_day_is_said_like_a_moment() -> None:
    assert day(NL, date(2026, 12, 1), date(2026, 11, 23)) == "di 1 dec"


@given(
    st.integers(0, 1_500_000_000).map(lambda seconds: datetime.fromtimestamp(seconds + 1_000_000_000, UTC)),
    st.integers(1, 2000),
    st.sampled_from([AMSTERDAM, "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_no_span_looks_like_an_emoji(starts: datetime, minutes: int, zone: str) -> None:
    for t in (EN, NL):
        said = span(t, starts, starts + timedelta(minutes=minutes), zone, NOW, show_zone=True)

        assert not re.search(r":[\w+-]+:", said)
