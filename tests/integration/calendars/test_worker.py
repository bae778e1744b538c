"""The process that parses: right answers, hangs, crashes, the death of its parent, and an event loop that goes on."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem, SkipReason
from bot.calendars.worker import ParseWorker
from domain.errors import InvalidCode
from domain.meeting import SyncWindow
from tests.support.feeds import AMSTERDAM, WINDOW, event, feed, many_events

SMALL = feed(event("DTSTART:20261124T100000Z"))


@contextlib.asynccontextmanager
async def a_worker(worker: ParseWorker | None = None) -> AsyncIterator[ParseWorker]:
    worker = worker or ParseWorker()
    try:
        yield worker
    finally:
        await worker.close()


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}


async def wait_until_dead(pid: int) -> bool:
    for _ in range(100):
        if not is_alive(pid):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_the_worker_reads_what_parsing_here_reads() -> None:
    body = feed(
        event(
            "DTSTART;TZID=Europe/Amsterdam:20261102T100000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY",
            "SUMMARY:Weekly ☕ \U0001f600",
            "DESCRIPTION:Ein\\nzwei",
            "ORGANIZER;CN=Nadia:mailto:nadia@bright.example",
            "ATTENDEE;CN=Joe;PARTSTAT=DECLINED:mailto:joe@acme.example",
        ),
        event("DTSTART;VALUE=DATE:20261124", "TRANSP:TRANSPARENT", "STATUS:CANCELLED", uid="day"),
        event("DTSTART:nonsense", uid="broken"),
    )

    async with a_worker() as worker:
        parsed = await worker.parse(body, zone=AMSTERDAM, window=WINDOW)

    assert parsed == parse(body, zone=AMSTERDAM, window=WINDOW)
    assert parsed.skipped == {SkipReason.BROKEN: 1}


async def test_a_window_of_odd_microseconds_is_kept_to_the_second() -> None:
    moment = datetime(2026, 11, 24, 9, 59, 59, 999_999, tzinfo=UTC)

    async with a_worker() as worker:
        window = SyncWindow(starts_at=moment, ends_at=moment + timedelta(days=1))
        parsed = await worker.parse(SMALL, zone=AMSTERDAM, window=window)

    assert len(parsed.entries) == 1


async def test_one_process_answers_feed_after_feed_and_problems_do_not_end_it() -> None:
    async with a_worker() as worker:
        assert worker.pid is None
        with pytest.raises(FeedProblem) as caught:
            await worker.parse(b"<html>", zone=AMSTERDAM, window=WINDOW)
        first = worker.pid
        parsed = await asyncio.gather(*(worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW) for _ in range(3)))

        assert caught.value.code is InvalidCode.FEED_NOT_A_CALENDAR
        assert [len(each.entries) for each in parsed] == [1, 1, 1]
        assert worker.pid == first


async def test_a_hang_is_a_slow_feed_and_the_next_one_is_read_by_a_new_process() -> None:
    hang = "import sys, time; sys.stdin.buffer.read(1); time.sleep(60)"
    async with a_worker(ParseWorker(max_seconds=0.3, command=(sys.executable, "-S", "-c", hang))) as worker:
        asking = asyncio.create_task(worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW))
        await asyncio.sleep(0.1)
        pid = worker.pid
        assert pid is not None
        with pytest.raises(FeedProblem) as caught:
            await asking

        assert caught.value.code is InvalidCode.FEED_TOO_SLOW
        assert await wait_until_dead(pid)
        assert worker.pid is None


async def test_a_process_that_dies_is_a_problem_of_that_feed_only() -> None:
    async with a_worker() as worker:
        await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)
        first = worker.pid
        assert first is not None
        asking = asyncio.create_task(worker.parse(many_events(3000), zone=AMSTERDAM, window=WINDOW))
        await asyncio.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        with pytest.raises(FeedProblem) as caught:
            await asking
        parsed = await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)

        assert caught.value.code is InvalidCode.FEED_TOO_LARGE
        assert (len(parsed.entries), worker.pid == first) == (1, False)


async def test_a_process_that_died_between_two_feeds_is_replaced() -> None:
    async with a_worker() as worker:
        await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        await asyncio.sleep(0.1)

        parsed = await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)

    assert len(parsed.entries) == 1


async def test_a_reader_that_gives_up_leaves_the_worker_usable() -> None:
    async with a_worker() as worker:
        asking = asyncio.create_task(worker.parse(many_events(2000), zone=AMSTERDAM, window=WINDOW))
        await asyncio.sleep(0.3)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

        parsed = await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)

    assert len(parsed.entries) == 1


async def test_closing_ends_the_process_and_what_comes_later_is_refused() -> None:
    worker = ParseWorker()
    await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)
    pid = worker.pid
    assert pid is not None

    await worker.close()
    await worker.close()

    assert not is_alive(pid)
    with pytest.raises(FeedProblem):
        await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)


async def test_closing_gives_up_the_feeds_that_are_being_read() -> None:
    worker = ParseWorker()
    body = many_events(3_000)
    reading = [asyncio.create_task(worker.parse(body, zone=AMSTERDAM, window=WINDOW)) for _ in range(3)]
    await asyncio.sleep(0.2)
    pid = worker.pid
    assert pid is not None

    await worker.close()
    results = await asyncio.gather(*reading, return_exceptions=True)

    assert [each.code for each in results if isinstance(each, FeedProblem)] == [InvalidCode.FEED_UNREACHABLE] * 3
    assert not is_alive(pid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_no_process_is_left_when_its_parent_is_killed(how: signal.Signals) -> None:
    parent = subprocess.Popen(  # noqa: ASYNC220 - a parent of its own is the point
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import asyncio
                from bot.calendars.worker import ParseWorker
                from tests.support.feeds import AMSTERDAM, WINDOW, feed

                async def main():
                    worker = ParseWorker()
                    await worker.parse(feed(), zone=AMSTERDAM, window=WINDOW)
                    print(worker.pid, flush=True)
                    await asyncio.sleep(60)

                asyncio.run(main())
            """),
        ],
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    pid = int(await asyncio.to_thread(parent.stdout.readline))
    assert is_alive(pid)

    parent.send_signal(how)
    parent.wait()
    parent.stdout.close()

    assert await wait_until_dead(pid)


async def test_the_child_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")

    async with a_worker() as worker:
        await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)
        environment = await asyncio.to_thread(Path(f"/proc/{worker.pid}/environ").read_bytes)

    assert b"xoxb-secret" not in environment
    assert b"PATH=" in environment


async def test_the_event_loop_goes_on_while_a_large_feed_is_read() -> None:
    body = many_events(1_500)
    waits: list[float] = []
    async with a_worker() as worker:
        await worker.parse(SMALL, zone=AMSTERDAM, window=WINDOW)
        asking = asyncio.create_task(worker.parse(body, zone=AMSTERDAM, window=WINDOW))
        while not asking.done():
            before = time.perf_counter()
            await asyncio.sleep(0)
            waits.append(time.perf_counter() - before)
            await asyncio.sleep(0.001)
        parsed = await asking

    assert len(parsed.entries) > 1_500
    waits.sort()
    # Parsing takes most of a second; had it been here, the longest wait would be that long.
    assert waits[int(len(waits) * 0.95)] < 0.02
