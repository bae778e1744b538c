"""Turns: bursts, the long run, stops, and that nobody waits for another partition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.pace import MustWait, Pace, Rate

ONE_A_SECOND = Rate(per_minute=60, burst=3)


class FakeTime:
    def __init__(self) -> None:
        self.now = 100.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def paced() -> tuple[Pace, FakeTime]:
    time = FakeTime()
    return Pace(monotonic=lambda: time.now, sleep=time.sleep), time


async def times(pace: Pace, time: FakeTime, count: int) -> list[float]:
    taken = []
    for _ in range(count):
        await pace.turn("a", ONE_A_SECOND, max_wait=1000)
        taken.append(time.now - 100)
    return taken


async def test_a_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    pace, time = paced()

    assert await times(pace, time, 6) == [0, 0, 0, 1, 2, 3]


async def test_a_rest_earns_the_burst_again() -> None:
    pace, time = paced()
    await times(pace, time, 4)
    time.now += 10

    assert await times(pace, time, 4) == [11, 11, 11, 12]


async def test_a_turn_too_far_away_is_refused_and_not_taken() -> None:
    pace, time = paced()
    for _ in range(3):
        await pace.turn("a", ONE_A_SECOND, max_wait=0)

    for _ in range(3):
        with pytest.raises(MustWait) as caught:
            await pace.turn("a", ONE_A_SECOND, max_wait=0.5)

    assert (caught.value.seconds, time.now) == (1.0, 100.0)


async def test_a_stop_holds_its_partition_and_no_other() -> None:
    pace, time = paced()
    pace.stop("a", 30)

    await pace.turn("b", ONE_A_SECOND, max_wait=0)
    await pace.turn("a", ONE_A_SECOND, max_wait=60)

    assert time.now == 130.0


async def test_a_shorter_stop_does_not_shorten_a_longer_one() -> None:
    pace, time = paced()
    pace.stop("a", 30)
    pace.stop("a", 1)

    await pace.turn("a", ONE_A_SECOND, max_wait=60)

    assert time.now == 130.0


async def test_a_stop_reaches_those_that_wait_already() -> None:
    time = FakeTime()
    pace = Pace(monotonic=lambda: time.now, sleep=lambda seconds: stop_while_sleeping(seconds))

    async def stop_while_sleeping(seconds: float) -> None:
        if time.now == 100.0:
            pace.stop("a", 20)
        time.now += seconds

    for _ in range(4):
        await pace.turn("a", ONE_A_SECOND, max_wait=60)

    assert time.now == 120.0


@given(st.lists(st.floats(0, 5), max_size=40), st.integers(1, 5), st.integers(10, 600))
async def test_in_no_stretch_of_time_are_there_more_than_the_burst_and_the_rate(
    pauses: list[float], burst: int, per_minute: int
) -> None:
    pace, time = paced()
    rate = Rate(per_minute=per_minute, burst=burst)
    taken = []
    for pause in pauses:
        time.now += pause
        await pace.turn("a", rate, max_wait=10_000)
        taken.append(time.now)

    for first, start in enumerate(taken):
        for last, end in enumerate(taken[first:], start=first):
            assert last - first + 1 <= burst + (end - start) * per_minute / 60 + 1e-6
