from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.notice import Notice, notice_band, time_until
from domain.policy import Policy
from tests.support.judgement import any_policy, spans_until

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("until", "band"),
    [
        (-SECOND, Notice.STARTED),
        (timedelta(0), Notice.STARTED),
        (SECOND, Notice.LAST_MINUTE),
        (timedelta(hours=2) - SECOND, Notice.LAST_MINUTE),
        (timedelta(hours=2), Notice.SHORT),
        (timedelta(hours=24) - SECOND, Notice.SHORT),
        (timedelta(hours=24), Notice.TIGHT),
        (timedelta(hours=48) - SECOND, Notice.TIGHT),
        (timedelta(hours=48), Notice.ENOUGH),
        (timedelta(days=7) - SECOND, Notice.ENOUGH),
        (timedelta(days=7), Notice.AMPLE),
    ],
)
def test_each_band_includes_its_lower_limit(until: timedelta, band: Notice) -> None:
    assert notice_band(until, Policy()) is band


def test_what_is_still_to_come_is_ahead_and_what_has_begun_is_not() -> None:
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)

    assert time_until(noon, now=noon - timedelta(hours=3)) == timedelta(hours=3)
    assert time_until(noon, now=noon + timedelta(hours=3)) == timedelta(hours=-3)


def test_ring_first_holds_below_a_day_and_before_the_start() -> None:
    assert [band for band in Notice if band.ring_first] == [Notice.LAST_MINUTE, Notice.SHORT]


def test_the_night_that_loses_an_hour_gives_an_hour_less_notice() -> None:
    now = datetime(2026, 3, 28, 10, tzinfo=AMSTERDAM)
    starts_at = datetime(2026, 3, 29, 10, tzinfo=AMSTERDAM)

    until = time_until(starts_at, now)

    assert (until, notice_band(until, Policy())) == (timedelta(hours=23), Notice.SHORT)


def test_the_night_that_repeats_an_hour_gives_an_hour_more_notice() -> None:
    now = datetime(2026, 10, 24, 10, tzinfo=AMSTERDAM)
    starts_at = datetime(2026, 10, 25, 9, 30, tzinfo=AMSTERDAM)

    until = time_until(starts_at, now)

    assert (until, notice_band(until, Policy())) == (timedelta(hours=24, minutes=30), Notice.TIGHT)


def test_the_two_halves_past_two_of_a_repeated_hour_are_an_hour_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=1)

    assert time_until(second, now=first) == timedelta(hours=1)


@pytest.mark.parametrize("name", ["now", "starts_at"])
def test_a_naive_time_is_refused(name: str) -> None:
    times = {"now": datetime(2026, 1, 1, tzinfo=UTC), "starts_at": datetime(2026, 1, 2, tzinfo=UTC)}
    times[name] = times[name].replace(tzinfo=None)

    with pytest.raises(ValueError, match=name):
        time_until(**times)


@settings(deadline=None)
@given(
    moment=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1)),  # noqa: DTZ001
    span=spans_until(),
    offset=st.integers(min_value=-14, max_value=14),
)
def test_notice_is_the_same_seen_from_any_zone(moment: datetime, span: timedelta, offset: int) -> None:
    now = moment.replace(tzinfo=UTC)
    zone = timezone(timedelta(hours=offset))

    assert time_until((now + span).astimezone(zone), now.astimezone(AMSTERDAM)) == span


@settings(deadline=None)
@given(one=spans_until(), other=spans_until(), policy=any_policy())
def test_less_time_is_never_a_higher_band(one: timedelta, other: timedelta, policy: Policy) -> None:
    order = list(Notice)
    less, more = sorted((one, other))

    assert order.index(notice_band(less, policy)) <= order.index(notice_band(more, policy))
