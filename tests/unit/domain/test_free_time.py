"""When an owner and a client could meet instead."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.free_time import BusyTimes, Span, busy_window, free_slots, merged
from domain.meeting import SyncWindow
from domain.working_days import WorkWeek

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""A Friday, 10:00 in Amsterdam."""
MONDAY = date(2026, 11, 23)
FAR = datetime(2027, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def week(zone: str = "Europe/Amsterdam", *, quiet: tuple[int, int] = (18, 8), free: tuple[date, ...] = ()) -> WorkWeek:
    return WorkWeek(
        zone=ZoneInfo(zone), quiet_from=time(quiet[0]), quiet_until=time(quiet[1]), is_holiday=lambda day: day in free
    )


def span(text: str, length: timedelta = HOUR, zone: str = "Europe/Amsterdam") -> Span:
    at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return Span(starts_at=at, ends_at=at + length)


def slots(
    *busy: Span,
    owner: WorkWeek | None = None,
    client: WorkWeek | None = None,
    length: timedelta = HOUR,
    first_day: date = MONDAY,
    now: datetime = NOW,
    until: datetime = FAR,
) -> list[str]:
    """On the owner's clock."""
    owner = owner or week()
    found = free_slots(
        owner=owner,
        client=client or owner,
        busy=BusyTimes(until=until, spans=busy),
        length=length,
        first_day=first_day,
        now=now,
    )
    return [f"{owner.local(slot):%a %d %H:%M}" for slot in found]


def test_an_empty_calendar_offers_three_days_by_turns_in_the_morning_and_in_the_afternoon() -> None:
    assert slots() == ["Mon 23 09:00", "Tue 24 13:00", "Wed 25 09:00"]


def test_what_is_busy_is_left_out_and_an_end_does_not_touch_what_begins() -> None:
    busy = (span("2026-11-23 08:00", 2 * HOUR), span("2026-11-23 11:00"), span("2026-11-24 00:00", 24 * HOUR))

    assert slots(*busy) == ["Mon 23 10:00", "Wed 25 13:00", "Thu 26 09:00"]


def test_where_a_morning_is_full_the_afternoon_is_offered() -> None:
    assert slots(span("2026-11-23 09:00", 4 * HOUR))[0] == "Mon 23 13:00"


def test_nobody_is_asked_to_meet_over_lunch() -> None:
    assert slots(span("2026-11-23 09:00", 3 * HOUR), length=2 * HOUR)[0] == "Mon 23 13:00"
    assert slots(span("2026-11-23 09:00", 3 * HOUR), length=HOUR / 2)[0] == "Mon 23 12:00"


def test_a_meeting_too_long_for_half_a_day_has_no_slot() -> None:
    assert slots(length=5 * HOUR) == []
    assert slots(length=4 * HOUR) == ["Mon 23 13:00", "Tue 24 13:00", "Wed 25 13:00"]


def test_weekends_and_holidays_of_either_are_left_out() -> None:
    owner, client = week(free=(date(2026, 11, 24),)), week(free=(date(2026, 11, 25),))

    assert slots(owner=owner, client=client, first_day=date(2026, 11, 21)) == [
        "Mon 23 09:00",
        "Thu 26 13:00",
        "Fri 27 09:00",
    ]


def test_only_hours_that_both_work_are_offered() -> None:
    assert slots(client=week("America/New_York")) == ["Mon 23 15:00", "Tue 24 15:00", "Wed 25 15:00"]
    assert slots(client=week("Asia/Kolkata")) == ["Mon 23 09:00", "Tue 24 09:00", "Wed 25 09:00"]


def test_two_who_are_never_at_work_together_are_offered_nothing() -> None:
    assert slots(client=week("Pacific/Auckland")) == []


def test_quiet_hours_that_reach_into_the_day_are_kept() -> None:
    assert slots(owner=week(quiet=(16, 11))) == ["Mon 23 11:00", "Tue 24 13:00", "Wed 25 11:00"]


def test_the_past_and_what_nobody_knows_yet_are_not_offered() -> None:
    late = datetime(2026, 11, 23, 13, 10, tzinfo=AMSTERDAM)

    assert slots(now=late, until=datetime(2026, 11, 24, 13, 30, tzinfo=AMSTERDAM)) == [
        "Mon 23 13:30",
        "Tue 24 09:00",
    ]
    assert slots(now=late, until=datetime(2026, 11, 23, 14, 0, tzinfo=AMSTERDAM)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # In the night to 29 March 2026 the clock goes from 02:00 to 03:00, on 25 October from 03:00 back to 02:00.
        (date(2026, 3, 29), ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"]),
        (date(2026, 10, 25), ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"]),
        (date(2026, 10, 26), ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_a_time_that_a_clock_change_skips_or_repeats_is_never_offered(day: date, expected: list[str]) -> None:
    night = WorkWeek(zone=AMSTERDAM, quiet_from=time(0), quiet_until=time(0), weekend=frozenset())
    end = datetime.combine(day + timedelta(days=1), time.min, AMSTERDAM).astimezone(UTC)
    busy: tuple[Span, ...] = ()
    offered = []
    while True:
        found = free_slots(
            owner=night,
            client=night,
            busy=BusyTimes(until=end, spans=busy),
            length=timedelta(minutes=30),
            first_day=day,
            now=datetime(2026, 1, 1, tzinfo=UTC),
            most=1,
            opens=time(0),
            closes=time(4),
        )
        if not found:
            break
        offered.append(f"{night.local(found[0]):%H:%M}")
        busy = (*busy, Span(starts_at=found[0], ends_at=found[0] + timedelta(minutes=30)))

    assert offered == expected


def test_spans_that_overlap_or_touch_become_one() -> None:
    a, b, c = span("2026-11-23 09:00"), span("2026-11-23 10:00"), span("2026-11-23 12:00")
    inside, empty = span("2026-11-23 09:15", HOUR / 4), span("2026-11-23 15:00", timedelta())

    assert merged([c, b, inside, a, empty]) == (Span(starts_at=a.starts_at, ends_at=b.ends_at), c)


def test_busy_times_are_kept_of_whole_days() -> None:
    assert busy_window(datetime(2026, 11, 23, 13, 7, tzinfo=UTC)) == SyncWindow(
        starts_at=datetime(2026, 11, 23, tzinfo=UTC), ends_at=datetime(2026, 12, 21, tzinfo=UTC)
    )


ZONES = st.sampled_from(
    ["Europe/Amsterdam", "Europe/London", "America/New_York", "Asia/Kathmandu", "Asia/Tokyo", "UTC"]
)
MOMENTS = st.integers(0, 275 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.builds(
    lambda starts_at, minutes: Span(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes)),
    MOMENTS,
    st.integers(0, 3000),
)


@given(
    owner=ZONES,
    client=ZONES,
    spans=st.lists(SPANS, max_size=30),
    now=MOMENTS,
    days=st.integers(-3, 10),
    minutes=st.sampled_from([15, 30, 45, 60, 90, 240]),
)
def test_a_slot_is_free_future_and_within_the_hours_of_both(
    owner: str, client: str, spans: list[Span], now: datetime, days: int, minutes: int
) -> None:
    weeks, length = (week(owner), week(client)), timedelta(minutes=minutes)
    busy = BusyTimes(until=now + timedelta(days=28), spans=tuple(spans))
    first_day = weeks[0].local(now).date() + timedelta(days=days)

    found = free_slots(owner=weeks[0], client=weeks[1], busy=busy, length=length, first_day=first_day, now=now)

    assert found == free_slots(owner=weeks[0], client=weeks[1], busy=busy, length=length, first_day=first_day, now=now)
    assert len(found) <= 3
    assert len({weeks[0].local(slot).date() for slot in found}) == len(found)
    assert list(found) == sorted(found)
    for slot in found:
        taken = Span(starts_at=slot, ends_at=slot + length)
        assert slot > now
        assert taken.ends_at <= busy.until
        assert not any(taken.overlaps(one) for one in spans if one.starts_at < one.ends_at)
        for one in weeks:
            begin, end = one.local(slot), one.local(taken.ends_at)
            assert one.is_working_day(begin.date())
            assert (begin.date(), time(9) <= begin.time(), end.time() <= time(17)) == (end.date(), True, True)
        assert weeks[0].local(slot).minute in {0, 30}
