"""Series: their dates inside the window, exceptions, moved and cancelled dates, daylight saving time, and traps."""

import pytest

from tests.support.feeds import dates, event, read

MONDAYS = (
    "DTSTART;TZID=Europe/Amsterdam:20261102T100000",
    "DTEND;TZID=Europe/Amsterdam:20261102T110000",
    "SUMMARY:weekly",
)


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
