"""Which zone a time of a feed is read in."""

from datetime import UTC, datetime

import pytest

from bot.calendars.parse import parse
from tests.support.feeds import AMSTERDAM_AS_OUTLOOK_WRITES_IT, NEW_YORK, WINDOW, event, feed, only


@pytest.mark.parametrize(
    ("lines", "starts_at", "zone"),
    [
        (("DTSTART:20261124T100000Z",), datetime(2026, 11, 24, 10, tzinfo=UTC), ""),
        (("DTSTART:20261124T100000",), datetime(2026, 11, 24, 15, tzinfo=UTC), NEW_YORK),
        (("DTSTART;TZID=Nowhere/At All:20261124T100000",), datetime(2026, 11, 24, 15, tzinfo=UTC), NEW_YORK),
        (("DTSTART;TZID=Europe:20261124T100000",), datetime(2026, 11, 24, 15, tzinfo=UTC), NEW_YORK),
        ((f"DTSTART;TZID={'x' * 300}:20261124T100000",), datetime(2026, 11, 24, 15, tzinfo=UTC), NEW_YORK),
        (("DTSTART;TZID=../../etc/passwd:20261124T100000",), datetime(2026, 11, 24, 15, tzinfo=UTC), NEW_YORK),
        (("DTSTART;TZID=W. Europe Standard Time:20261124T100000",), datetime(2026, 11, 24, 9, tzinfo=UTC), "W"),
        (
            ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20261124T100000",),
            datetime(2026, 11, 24, 9, tzinfo=UTC),
            "P",
        ),
    ],
)
def test_a_time_is_read_in_the_zone_it_names_or_else_in_the_owners(
    lines: tuple[str, ...], starts_at: datetime, zone: str
) -> None:
    named = {"W": "Europe/Berlin", "P": "Europe/Paris"}.get(zone, zone)

    entry = only(event(*lines), zone=NEW_YORK)

    assert (entry.starts_at, entry.time_zone) == (starts_at, named)


@pytest.mark.parametrize("name", ["Customized Time Zone", "W. Europe Standard Time", "Europe/Amsterdam"])
def test_a_zone_that_the_feed_defines_is_used_in_winter_and_summer(name: str) -> None:
    window = WINDOW.around(datetime(2026, 7, 1, tzinfo=UTC))
    definition = AMSTERDAM_AS_OUTLOOK_WRITES_IT.format(name=name)

    winter = only(definition, event(f"DTSTART;TZID={name}:20261124T100000"), zone=NEW_YORK)
    summer = parse(feed(definition, event(f"DTSTART;TZID={name}:20260701T100000")), zone=NEW_YORK, window=window)

    assert winter.starts_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert [entry.starts_at for entry in summer.entries] == [datetime(2026, 7, 1, 8, tzinfo=UTC)]


def test_a_zone_that_one_feed_defines_means_nothing_in_the_next_one() -> None:
    definition = AMSTERDAM_AS_OUTLOOK_WRITES_IT.format(name="Ours").replace("+0100", "+1100").replace("+0200", "+1200")
    meeting = event("DTSTART;TZID=Ours:20261124T100000")

    first = only(definition, meeting)
    second = only(meeting)

    assert first.starts_at == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert second.starts_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_zone_with_a_trap_in_it_neither_hangs_nor_costs_the_other_zones(rule: str) -> None:
    trap = f"""BEGIN:VTIMEZONE
TZID:Trap
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:{rule}
END:STANDARD
END:VTIMEZONE"""
    good = AMSTERDAM_AS_OUTLOOK_WRITES_IT.format(name="Good")

    parsed = parse(
        feed(
            good,
            trap,
            event("DTSTART;TZID=Trap:20261124T100000", uid="trap"),
            event("DTSTART;TZID=Good:20261125T100000", uid="good"),
        ),
        zone=NEW_YORK,
        window=WINDOW,
    )

    assert [entry.uid for entry in parsed.entries] == ["trap", "good"]
    assert parsed.entries[1].starts_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
