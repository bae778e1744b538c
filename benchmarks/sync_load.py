"""`python -m benchmarks.sync_load`: how long `/meetdown` takes while a calendar of 10,000 events is read, and idle.

One connection asks without a pause, by another member each time, so that no answer comes from memory. Everything
runs on this machine, for about a minute.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web

from benchmarks.commands import MEMBERS, OWNER, PORTS, environment_of, running, seed
from benchmarks.load import write_requests
from bot.secret_keys import load_secret_keys
from bot.settings import read_settings
from domain.ids import new_id
from domain.planned import Calendar
from playground import SlackStandIn
from storage import calendars
from storage.database import Database
from storage.vault import Vault

EVENTS, SERIES = 10_000, 100
YEARS = 2
IDLE_S = 10.0
FEED_PORT = 3919
LONGEST_S = 120.0

Timed = list[tuple[float, float]]
"""When a request was sent, and how many seconds its answer took."""


def feed(now: datetime) -> bytes:
    """10,000 events over four years, 100 of them weekly, each with somebody of a client."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//benchmark//EN"]
    first = now - timedelta(days=365 * YEARS)
    step = timedelta(days=2 * 365 * YEARS) / EVENTS
    for number in range(EVENTS):
        starts_at = first + step * number
        lines += [
            "BEGIN:VEVENT",
            f"UID:event-{number}@feed.example",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{starts_at:%Y%m%dT%H%M%SZ}",
            f"DTEND:{starts_at + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:Planning of part {number}",
            "LOCATION:Keizersgracht 1\\, Amsterdam",
            "ORGANIZER;CN=Anna Berg:mailto:anna@meetdown.example",
            f"ATTENDEE;CN=Sanne de Wit;PARTSTAT=ACCEPTED:mailto:sanne@c{number % 10}.example",
            *(["RRULE:FREQ=WEEKLY"] if number % (EVENTS // SERIES) == 0 else []),
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        async with SlackStandIn() as slack, contextlib.AsyncExitStack() as stack:
            slack.add_user(OWNER, name="anna", real_name="Anna Berg", email="anna@meetdown.example")
            environment = environment_of(slack, data)
            await seed(data, slack.workspace.id)
            runner = await _serve_feed(feed(datetime.now(UTC)))
            stack.push_async_callback(runner.cleanup)
            await stack.enter_async_context(running("meetdown-fresh", environment))
            requests = data / "many.txt"
            users = [f"U{number:05}" for number in range(MEMBERS)]
            write_requests(requests, slack.app.signing_secret, team_id=slack.workspace.id, user_ids=users)
            asked = _requests(requests)
            idle = await _ask(asked, until=asyncio.create_task(asyncio.sleep(IDLE_S)))
            sync = asyncio.create_task(_sync(environment, slack.workspace.id))
            busy = await _ask(asked, until=sync)
            meetings, seconds = sync.result()
            print(f"sync: {EVENTS:,} events, {meetings:,} coming client meetings, {seconds:.1f} s")
            _report("idle", idle)
            _report("during the sync", busy)
            print(f"p99 ratio: {_percentile(busy, 0.99) / _percentile(idle, 0.99):.1f}")


async def _serve_feed(body: bytes) -> web.AppRunner:
    async def calendar(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type="text/calendar")

    app = web.Application()
    app.router.add_get("/calendar.ics", calendar)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", FEED_PORT).start()
    return runner


async def _sync(environment: dict[str, str], team_id: str) -> tuple[int, float]:
    """Connect the calendar and wait until it was read; its coming client meetings, and the seconds it took."""
    settings = read_settings(environment)
    vault = Vault(load_secret_keys(settings))
    database = Database.open(settings.database_url)
    started = time.monotonic()
    calendar = Calendar(
        id=new_id(),
        team_id=team_id,
        owner_id=OWNER,
        url=f"http://127.0.0.1:{FEED_PORT}/calendar.ics",
        next_sync_at=datetime.now(UTC),
    )
    await database.run(calendars.add, vault, calendar)
    while time.monotonic() - started < LONGEST_S:
        await asyncio.sleep(0.1)
        known = await database.read(calendars.get, vault, team_id, calendar.id)
        if known is not None and known.synced_at is not None:
            await database.close()
            return known.client_meetings, time.monotonic() - started
    raise TimeoutError("the calendar was not read")


def _requests(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    for line in path.read_text("ascii").splitlines():
        timestamp, signature, body = line.split(" ", 2)
        yield (
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Slack-Request-Timestamp": timestamp,
                "X-Slack-Signature": signature,
            },
            body,
        )


async def _ask(requests: Iterator[tuple[dict[str, str], str]], *, until: "asyncio.Task[object]") -> Timed:
    timed: Timed = []
    async with aiohttp.ClientSession() as session:
        while not until.done():
            headers, body = next(requests)
            sent = time.perf_counter()
            async with session.post(
                f"http://127.0.0.1:{PORTS['meetdown-fresh']}/slack/events", data=body, headers=headers
            ) as answer:
                await answer.read()
                answer.raise_for_status()
            timed.append((sent, time.perf_counter() - sent))
            await asyncio.sleep(0)
    return timed


def _percentile(timed: Timed, share: float) -> float:
    ordered = sorted(seconds for _, seconds in timed)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _report(name: str, timed: Timed) -> None:
    p50, p99, worst = (_percentile(timed, share) * 1000 for share in (0.5, 0.99, 1.0))
    print(f"{name}: {len(timed):,} requests, p50 {p50:.2f} ms, p99 {p99:.2f} ms, worst {worst:.1f} ms")


if __name__ == "__main__":
    asyncio.run(main())
