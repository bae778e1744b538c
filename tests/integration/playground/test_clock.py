"""The clock that people move."""

from datetime import UTC, datetime, timedelta

import pytest

from playground.clock import FURTHEST, PlaygroundClock

SECOND = timedelta(seconds=1)


def test_it_goes_on_from_where_it_was_moved_to() -> None:
    clock = PlaygroundClock()

    clock.move(timedelta(hours=1))
    clock.move(timedelta(days=1))

    assert clock.offset == timedelta(days=1, hours=1)
    assert abs(clock.now() - datetime.now(UTC) - clock.offset) < SECOND


def test_it_goes_to_a_moment_and_back_to_now() -> None:
    clock = PlaygroundClock(timedelta(days=3))
    moment = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)

    clock.to(moment)
    there = clock.now()
    clock.back_to_now()

    assert timedelta() <= there - moment < SECOND
    assert clock.offset == timedelta()


def test_every_move_is_told() -> None:
    clock, told = PlaygroundClock(), []
    clock.listeners.add(lambda: told.append(clock.offset))

    clock.move(timedelta(hours=1))
    clock.back_to_now()

    assert told == [timedelta(hours=1), timedelta()]


@pytest.mark.parametrize("by", [FURTHEST + SECOND, -FURTHEST - SECOND])
def test_a_move_out_of_reach_of_calendars_is_refused(by: timedelta) -> None:
    clock = PlaygroundClock()

    with pytest.raises(ValueError, match="3650 days"):
        clock.move(by)

    assert clock.offset == timedelta()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        PlaygroundClock().to(datetime(2026, 3, 10, 8, 30))  # noqa: DTZ001 - what is tested
