from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.working_days import WorkWeek, is_quiet_all_day, no_holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEK = WorkWeek(zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(8))
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26)}
CHRISTMAS_WEEK = WorkWeek(
    zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(8), is_holiday=lambda day: day in CHRISTMAS
)


def ams(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def local(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 25), -2, date(2026, 11, 23)),
        (date(2026, 11, 23), -2, date(2026, 11, 19)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 5, date(2026, 11, 27)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_counted_over_weekends_without_the_first_day(day: date, count: int, expected: date) -> None:
    assert WEEK.working_day(day, count) == expected


def test_holidays_are_not_counted() -> None:
    assert CHRISTMAS_WEEK.working_day(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert CHRISTMAS_WEEK.working_day(date(2026, 12, 28), -1) == date(2026, 12, 24)


def test_a_weekend_may_be_friday_and_saturday() -> None:
    week = WorkWeek(zone=ZoneInfo("Asia/Riyadh"), quiet_from=time(18), quiet_until=time(8), weekend=frozenset({4, 5}))

    assert week.working_day(date(2026, 11, 26), 1) == date(2026, 11, 29)


def test_a_calendar_of_nothing_but_holidays_ends_the_search() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(8), is_holiday=lambda day: True)

    assert week.working_day(date(2026, 11, 25), -2) == date(2026, 11, 23)
    assert local(week.next_working(ams("2026-11-25T12:00"))) == "Thu 26 Nov 08:00"
    assert local(week.latest_working(ams("2026-11-25T12:00"))) == "Tue 24 Nov 17:59"


def test_without_a_country_no_day_is_a_holiday() -> None:
    assert no_holidays(date(2026, 12, 25)) is False


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T12:00", "Wed 25 Nov 12:00"),
        ("2026-11-25T08:00", "Wed 25 Nov 08:00"),
        ("2026-11-25T07:30", "Tue 24 Nov 17:59"),
        ("2026-11-25T18:00", "Wed 25 Nov 17:59"),
        ("2026-11-25T23:59", "Wed 25 Nov 17:59"),
        ("2026-11-23T07:30", "Fri 20 Nov 17:59"),
        ("2026-11-22T12:00", "Fri 20 Nov 17:59"),
        ("2026-11-21T19:00", "Fri 20 Nov 17:59"),
    ],
)
def test_the_latest_working_moment_is_the_last_minute_before_quiet_or_free_time(moment: str, expected: str) -> None:
    assert local(WEEK.latest_working(ams(moment))) == expected


@pytest.mark.parametrize(
    ("moment", "waking", "working"),
    [
        ("2026-11-25T12:00", "Wed 25 Nov 12:00", "Wed 25 Nov 12:00"),
        ("2026-11-25T07:59", "Wed 25 Nov 08:00", "Wed 25 Nov 08:00"),
        ("2026-11-25T18:00", "Thu 26 Nov 08:00", "Thu 26 Nov 08:00"),
        ("2026-11-20T18:00", "Sat 21 Nov 08:00", "Mon 23 Nov 08:00"),
        ("2026-11-22T12:00", "Sun 22 Nov 12:00", "Mon 23 Nov 08:00"),
    ],
)
def test_the_next_waking_moment_may_be_on_a_free_day_and_the_next_working_one_not(
    moment: str, waking: str, working: str
) -> None:
    assert (local(WEEK.next_waking(ams(moment))), local(WEEK.next_working(ams(moment)))) == (waking, working)


def test_quiet_hours_may_lie_within_one_day() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(1), quiet_until=time(9))

    assert local(week.latest_working(ams("2026-11-25T08:00"))) == "Wed 25 Nov 00:59"
    assert local(week.latest_working(ams("2026-11-23T08:00"))) == "Mon 23 Nov 00:59"
    assert local(week.latest_working(ams("2026-11-22T12:00"))) == "Fri 20 Nov 23:59"
    assert local(week.next_working(ams("2026-11-25T08:00"))) == "Wed 25 Nov 09:00"
    assert local(week.next_working(ams("2026-11-22T12:00"))) == "Mon 23 Nov 00:00"


def test_equal_quiet_times_mean_that_no_hour_is_quiet() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(0), quiet_until=time(0))

    assert week.is_waking(ams("2026-11-25T03:00"))
    assert local(week.latest_working(ams("2026-11-22T12:00"))) == "Fri 20 Nov 23:59"
    assert local(week.after_working_hours(ams("2026-11-20T23:00"), timedelta(hours=2))) == "Mon 23 Nov 01:00"


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        ("2026-11-25T09:00", 4, "Wed 25 Nov 13:00"),
        ("2026-11-25T16:00", 4, "Thu 26 Nov 10:00"),
        ("2026-11-20T16:00", 4, "Mon 23 Nov 10:00"),
        ("2026-11-21T12:00", 4, "Mon 23 Nov 12:00"),
        ("2026-11-25T06:00", 25, "Fri 27 Nov 13:00"),
    ],
)
def test_working_hours_run_only_while_the_member_works(moment: str, hours: int, expected: str) -> None:
    assert local(WEEK.after_working_hours(ams(moment), timedelta(hours=hours))) == expected


def test_a_time_that_the_clock_change_skips_is_read_with_the_offset_before_it() -> None:
    assert WEEK.at(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert WEEK.at(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_quiet_hours_that_end_in_the_repeated_hour_end_in_both_of_them() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(2, 30), weekend=frozenset())
    second_ten_past_two = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)

    assert week.next_waking(second_ten_past_two) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        WEEK.next_working(datetime.fromisoformat("2026-11-25T12:00"))


zones = st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]).map(ZoneInfo)
moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(zone=zones, moment=moments, quiet_from=hours, quiet_until=hours)
def test_the_neighbouring_working_moments_are_working_and_on_their_side(
    zone: ZoneInfo, moment: datetime, quiet_from: time, quiet_until: time
) -> None:
    week = WorkWeek(zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)

    before, after = week.latest_working(moment), week.next_working(moment)

    assert before <= moment <= after
    assert week.is_working_day(week.local(before).date())
    assert week.is_working_day(week.local(after).date())
    assert (before == moment) == (after == moment) == week.is_working(moment)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "expected"),
    [
        (time(18), time(8), False),
        (time(8), time(18), True),
        (time(9), time(17), True),
        (time(10), time(17), False),
        (time(18), time(17, 30), True),
        (time(9), time(9), False),
    ],
)
def test_quiet_hours_that_leave_no_office_hour_are_told(quiet_from: time, quiet_until: time, expected: bool) -> None:
    assert is_quiet_all_day(quiet_from, quiet_until) is expected
