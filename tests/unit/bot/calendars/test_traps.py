"""Rules that would never end: each costs its own event only, and soon."""

import time

import pytest

from bot.calendars.protocol import FeedProblem, SkipReason
from bot.calendars.series import MAX_DATES
from domain.errors import InvalidCode
from tests.support.feeds import WINDOW, dates, event, read


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
