"""Series when the clocks change: the hour that is skipped and the one that comes twice."""

from datetime import UTC, datetime

import pytest

from domain.meeting import SyncWindow
from tests.support.feeds import AMSTERDAM, NEW_YORK, dates, event, read


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
