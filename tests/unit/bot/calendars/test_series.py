"""Series: their dates inside the window, exceptions, moved and cancelled dates, daylight saving time, and traps."""

import time
from datetime import UTC, datetime

import pytest

from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem, Parsed, SkipReason
from bot.calendars.series import MAX_DATES
from domain.errors import InvalidCode
from domain.meeting import SyncWindow
from tests.support.feeds import AMSTERDAM, NEW_YORK, WINDOW, event, feed

Dates = list[tuple[str, str]]
"""Of each entry the name of its date and its start, in UTC."""

NOVEMBER = SyncWindow(starts_at=datetime(2026, 11, 1, tzinfo=UTC), ends_at=datetime(2026, 12, 1, tzinfo=UTC))
MONDAYS = (
    "DTSTART;TZID=Europe/Amsterdam:20261102T100000",
    "DTEND;TZID=Europe/Amsterdam:20261102T110000",
    "SUMMARY:weekly",
)


def read(*components: str, window: SyncWindow = NOVEMBER, zone: str = AMSTERDAM) -> Parsed:
    return parse(feed(*components), zone=zone, window=window)


def dates(*components: str, window: SyncWindow = NOVEMBER, zone: str = AMSTERDAM) -> Dates:
    parsed = read(*components, window=window, zone=zone)
    assert parsed.skipped == {}
    return [(entry.occurrence, f"{entry.starts_at:%m-%d %H:%M}") for entry in parsed.entries]


def test_each_date_of_a_weekly_series_is_named_by_its_start() -> None:
    assert dates(event(*MONDAYS, "RRULE:FREQ=WEEKLY")) == [
        ("20261102T090000Z", "11-02 09:00"),
        ("20261109T090000Z", "11-09 09:00"),
        ("20261116T090000Z", "11-16 09:00"),
        ("20261123T090000Z", "11-23 09:00"),
        ("20261130T090000Z", "11-30 09:00"),
    ]


def test_a_series_from_long_ago_without_an_end_is_read_inside_the_window_only() -> None:
    lines = ("DTSTART;TZID=Europe/Amsterdam:19700105T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO")

    assert [name for name, _ in dates(event(*lines))] == [f"202611{day:02}T090000Z" for day in (2, 9, 16, 23, 30)]


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;TZID=Europe/Amsterdam:20261109T100000",
        "EXDATE:20261109T090000Z",
        "EXDATE;TZID=America/New_York:20261109T040000",
        "EXDATE;VALUE=DATE:20261109",
        "EXDATE:20261109T100000",
    ],
)
def test_an_excluded_date_is_left_out_however_it_is_written(exception: str) -> None:
    found = dates(event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=3", exception))

    assert [name for name, _ in found] == ["20261102T090000Z", "20261116T090000Z"]


def test_several_exceptions_in_one_line_and_in_several_lines_all_count() -> None:
    found = dates(
        event(
            *MONDAYS,
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "EXDATE;TZID=Europe/Amsterdam:20261109T100000,20261116T100000",
            "EXDATE;TZID=Europe/Amsterdam:20261130T100000",
        )
    )

    assert [name for name, _ in found] == ["20261102T090000Z", "20261123T090000Z"]


def test_extra_dates_and_periods_belong_to_the_series() -> None:
    parsed = read(
        event(
            *MONDAYS,
            "RRULE:FREQ=WEEKLY;COUNT=2",
            "RDATE;TZID=Europe/Amsterdam:20261112T150000",
            "RDATE;VALUE=PERIOD:20261113T120000Z/PT3H",
        )
    )

    found = [(entry.occurrence, (entry.ends_at - entry.starts_at).total_seconds() / 3600) for entry in parsed.entries]
    assert found == [
        ("20261102T090000Z", 1),
        ("20261109T090000Z", 1),
        ("20261112T140000Z", 1),
        ("20261113T120000Z", 3),
    ]


@pytest.mark.parametrize(
    "until", ["20261116T090000Z", "20261116T100000", "20261116", "20261116T225959Z", "20261122T000000Z"]
)
def test_the_last_date_of_a_series_counts_however_its_until_is_written(until: str) -> None:
    found = dates(event(*MONDAYS, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))

    assert [name for name, _ in found] == ["20261102T090000Z", "20261109T090000Z", "20261116T090000Z"]


@pytest.mark.parametrize(
    "recurrence_id",
    [
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261109T100000",
        "RECURRENCE-ID:20261109T090000Z",
        "RECURRENCE-ID;TZID=America/New_York:20261109T040000",
        "RECURRENCE-ID:20261109T100000",
        "RECURRENCE-ID;VALUE=DATE:20261109",
    ],
)
def test_a_moved_date_keeps_its_name_however_it_is_written(recurrence_id: str) -> None:
    parsed = read(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=2"),
        event(recurrence_id, "DTSTART:20261110T140000Z", "DTEND:20261110T143000Z", "SUMMARY:moved"),
    )

    assert [(entry.title, f"{entry.starts_at:%m-%d %H:%M}") for entry in parsed.entries] == [
        ("weekly", "11-02 09:00"),
        ("moved", "11-10 14:00"),
    ]
    assert parsed.entries[1].occurrence == "20261109T090000Z"


def test_a_date_that_was_moved_into_the_window_or_out_of_it_is_read_where_it_is() -> None:
    found = dates(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=9"),
        event("RECURRENCE-ID:20261221T090000Z", "DTSTART:20261103T140000Z", "DTEND:20261103T150000Z"),
        event("RECURRENCE-ID:20261109T090000Z", "DTSTART:20261208T140000Z", "DTEND:20261208T150000Z"),
    )

    assert found == [
        ("20261102T090000Z", "11-02 09:00"),
        ("20261221T090000Z", "11-03 14:00"),
        ("20261116T090000Z", "11-16 09:00"),
        ("20261123T090000Z", "11-23 09:00"),
        ("20261130T090000Z", "11-30 09:00"),
    ]


def test_a_cancelled_date_is_there_and_says_so() -> None:
    parsed = read(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=2"),
        event("RECURRENCE-ID:20261109T090000Z", "DTSTART:20261109T090000Z", "STATUS:CANCELLED"),
    )

    assert [(entry.occurrence, entry.cancelled) for entry in parsed.entries] == [
        ("20261102T090000Z", False),
        ("20261109T090000Z", True),
    ]


def test_one_date_without_its_series_is_read_as_an_invitation_to_that_date() -> None:
    assert dates(event("RECURRENCE-ID:20261109T090000Z", "DTSTART:20261109T100000Z")) == [
        ("20261109T090000Z", "11-09 10:00")
    ]


def test_a_change_of_this_date_and_all_later_ones_moves_them_and_keeps_their_names() -> None:
    parsed = read(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=4"),
        event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20261116T100000",
            "DTSTART;TZID=Europe/Amsterdam:20261116T140000",
            "DTEND;TZID=Europe/Amsterdam:20261116T143000",
            "SUMMARY:later",
        ),
    )

    assert [(entry.occurrence, f"{entry.starts_at:%m-%d %H:%M}", entry.title) for entry in parsed.entries] == [
        ("20261102T090000Z", "11-02 09:00", "weekly"),
        ("20261109T090000Z", "11-09 09:00", "weekly"),
        ("20261116T090000Z", "11-16 13:00", "later"),
        ("20261123T090000Z", "11-23 13:00", "later"),
    ]


def test_of_two_changes_of_one_date_the_newest_counts() -> None:
    parsed = read(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=1"),
        event("RECURRENCE-ID:20261102T090000Z", "DTSTART:20261102T120000Z", "SEQUENCE:2", "SUMMARY:newest"),
        event("RECURRENCE-ID;TZID=Europe/Amsterdam:20261102T100000", "DTSTART:20261102T130000Z", "SEQUENCE:1"),
    )

    assert [entry.title for entry in parsed.entries] == ["newest"]


def test_a_newer_change_outside_the_window_overrules_an_older_one_inside() -> None:
    found = dates(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=1"),
        event("RECURRENCE-ID:20261102T090000Z", "DTSTART:20270302T120000Z", "SEQUENCE:2"),
        event("RECURRENCE-ID:20261102T090000Z", "DTSTART:20261103T130000Z", "SEQUENCE:1"),
    )

    assert found == []


def test_a_long_date_that_began_before_the_window_is_read() -> None:
    found = dates(
        event(*MONDAYS, "RRULE:FREQ=WEEKLY;COUNT=1"),
        event("RECURRENCE-ID:20261005T090000Z", "DTSTART:20261006T100000Z", "DURATION:P30D"),
        event("DTSTART:20261020T100000Z", "DURATION:P20D", "RRULE:FREQ=YEARLY;UNTIL=20261021", uid="long series"),
        event("DTSTART:20261021T100000Z", "DURATION:PT600H", uid="long"),
    )

    assert found == [
        ("20261005T090000Z", "10-06 10:00"),
        ("20261020T100000Z", "10-20 10:00"),
        ("", "10-21 10:00"),
        ("20261102T090000Z", "11-02 09:00"),
    ]


def test_a_series_of_two_rules_goes_on_after_the_end_of_the_first() -> None:
    lines = ("DTSTART:20260101T100000Z", "RRULE:FREQ=DAILY;UNTIL=20260105", "RRULE:FREQ=MONTHLY", "DURATION:PT1H")

    assert dates(event(*lines)) == [("20261101T100000Z", "11-01 10:00")]


def test_an_all_day_series_is_named_by_days() -> None:
    found = dates(
        event(
            "DTSTART;VALUE=DATE:20261102",
            "RRULE:FREQ=WEEKLY;UNTIL=20261123",
            "EXDATE;VALUE=DATE:20261109",
        ),
        event("RECURRENCE-ID;VALUE=DATE:20261116", "DTSTART;VALUE=DATE:20261117"),
    )

    assert found == [("20261102", "11-01 23:00"), ("20261116", "11-16 23:00"), ("20261123", "11-22 23:00")]


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        # Summer time ends on 25 October in Amsterdam, on 1 November in New York.
        (AMSTERDAM, "20261019T100000", ["10-19 08:00", "10-26 09:00", "11-02 09:00"]),
        (NEW_YORK, "20261026T100000", ["10-26 14:00", "11-02 15:00", "11-09 15:00"]),
        # It begins on 29 March in Amsterdam, on 8 March in New York.
        (AMSTERDAM, "20260323T100000", ["03-23 09:00", "03-30 08:00", "04-06 08:00"]),
        (NEW_YORK, "20260302T100000", ["03-02 15:00", "03-09 14:00", "03-16 14:00"]),
    ],
)
@pytest.mark.parametrize("written", ["zone", "floating"])
def test_a_weekly_meeting_stays_at_its_hour_when_the_clocks_change(
    zone: str, start: str, expected: list[str], written: str
) -> None:
    line = f"DTSTART;TZID={zone}:{start}" if written == "zone" else f"DTSTART:{start}"
    window = SyncWindow(starts_at=datetime(2026, 1, 1, tzinfo=UTC), ends_at=datetime(2026, 12, 31, tzinfo=UTC))

    found = dates(event(line, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"), window=window, zone=zone)

    assert [when for _, when in found] == expected


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # 02:30 is skipped: it is read with the offset before the change. It comes twice: the first one counts.
        (AMSTERDAM, "20260328", [("03-28 01:30", 60), ("03-29 01:30", 60), ("03-30 00:30", 60)]),
        (AMSTERDAM, "20261024", [("10-24 00:30", 60), ("10-25 00:30", 60), ("10-26 01:30", 60)]),
        (NEW_YORK, "20260307", [("03-07 07:30", 60), ("03-08 07:30", 60), ("03-09 06:30", 60)]),
        # In New York 01:30 is the hour that comes twice; 02:30 on the day of the change is winter time.
        (NEW_YORK, "20261031", [("10-31 06:30", 60), ("11-01 07:30", 60), ("11-02 07:30", 60)]),
    ],
)
def test_a_nightly_meeting_keeps_its_length_in_the_hour_that_is_skipped_or_comes_twice(
    zone: str, day: str, expected: list[tuple[str, int]]
) -> None:
    lines = (f"DTSTART;TZID={zone}:{day}T023000", f"DTEND;TZID={zone}:{day}T033000", "RRULE:FREQ=DAILY;COUNT=3")
    window = SyncWindow(starts_at=datetime(2026, 1, 1, tzinfo=UTC), ends_at=datetime(2026, 12, 31, tzinfo=UTC))

    parsed = read(event(*lines), window=window, zone=zone)

    found = [
        (f"{e.starts_at:%m-%d %H:%M}", round((e.ends_at - e.starts_at).total_seconds() / 60)) for e in parsed.entries
    ]
    assert found == expected


def test_the_first_of_two_equal_hours_counts_in_new_york() -> None:
    window = SyncWindow(starts_at=datetime(2026, 10, 1, tzinfo=UTC), ends_at=datetime(2026, 12, 1, tzinfo=UTC))

    found = dates(event(f"DTSTART;TZID={NEW_YORK}:20261101T013000"), window=window)

    assert found == [("", "11-01 05:30")]


@pytest.mark.parametrize(
    ("rule", "start", "reason"),
    [
        ("FREQ=SECONDLY", "20261101T100000Z", SkipReason.TOO_MANY_DATES),
        ("FREQ=SECONDLY", "19700101T000000Z", SkipReason.TOO_MANY_DATES),
        ("FREQ=MINUTELY;COUNT=99999999", "19700101T000000Z", SkipReason.TOO_MANY_DATES),
        ("FREQ=HOURLY", "20261101T000000Z", SkipReason.TOO_MANY_DATES),
        ("FREQ=DAILY;BYMINUTE=0,3,6,9,12,15,18,21,24,27,30,33,36,39,42,45,48,51", "20261101T100000Z",
         SkipReason.TOO_MANY_DATES),
        ("FREQ=DAILY;INTERVAL=0", "20261101T100000Z", SkipReason.BROKEN),
        ("FREQ=DAILY;INTERVAL=-1", "20261101T100000Z", SkipReason.BROKEN),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "19700101T000000Z", SkipReason.TOO_COSTLY),
        ("FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))
         + ";BYDAY=MO,TU,WE,TH,FR,SA,SU", "19700101T000000Z", SkipReason.TOO_COSTLY),
        ("FREQ=DAILY;BYDAY=" + "MO," * 1000 + "TU", "20261101T100000Z", SkipReason.BROKEN),
    ],
)  # fmt: skip
def test_a_rule_that_is_a_trap_is_skipped_quickly_and_the_rest_is_read(
    rule: str, start: str, reason: SkipReason
) -> None:
    started = time.process_time()

    parsed = read(event(f"DTSTART:{start}", f"RRULE:{rule}", uid="trap"), event("DTSTART:20261124T100000Z", uid="good"))

    assert ([entry.uid for entry in parsed.entries], parsed.skipped) == (["good"], {reason: 1})
    assert time.process_time() - started < 2


def test_a_rule_that_has_no_date_at_all_is_read_as_its_first_date() -> None:
    found = dates(event("DTSTART:20261102T100000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))

    assert found == [("20261102T100000Z", "11-02 10:00")]


def test_a_feed_of_traps_is_given_up_as_a_whole() -> None:
    trap = ("DTSTART:19700101T000000Z", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")
    started = time.process_time()

    with pytest.raises(FeedProblem) as caught:
        read(*(event(*trap, uid=str(number)) for number in range(500)))

    assert caught.value.code is InvalidCode.FEED_TOO_SLOW
    assert time.process_time() - started < 15


def test_as_many_dates_as_allowed_are_read() -> None:
    parsed = read(event("DTSTART:20261101T000000Z", f"RRULE:FREQ=HOURLY;COUNT={MAX_DATES}"))

    assert (len(parsed.entries), parsed.skipped) == (MAX_DATES, {})


def test_thousands_of_extra_dates_outside_the_window_cost_little() -> None:
    extra = ",".join(
        f"{year}{month:02}{day:02}" for year in range(1900, 2020) for month in range(1, 13) for day in (1, 2)
    )

    found = dates(event("DTSTART;VALUE=DATE:20261102", f"RDATE;VALUE=DATE:{extra}"), window=WINDOW)

    assert found == [("20261102", "11-01 23:00")]
