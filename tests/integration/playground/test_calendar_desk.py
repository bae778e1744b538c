"""Members' calendars on a real CalDAV server, worked on over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from icalendar import Event

from playground.calendar_desk import CalendarDesk, Entry, Owner
from playground.calendar_server import CalendarServer
from playground.clock import PlaygroundClock

ANNA = Owner(
    user_id="U0ANNA",
    email="anna@northlight.example",
    name="Anna Berg",
    time_zone="Europe/Amsterdam",
    secret="hard-to-guess",
)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 3, 23, 9, tzinfo=UTC)
"""The clocks go forward on the Sunday after."""
TEN = datetime(2026, 3, 24, 10, tzinfo=AMSTERDAM)
HOUR = timedelta(hours=1)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[CalendarServer]:
    running = CalendarServer(tmp_path / "calendars")
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def desk(server: CalendarServer, session: aiohttp.ClientSession) -> CalendarDesk:
    clock = PlaygroundClock()
    clock.to(MONDAY)
    made = CalendarDesk(url=server.url, session=session, clock=clock)
    await made.open(ANNA)
    return made


async def add_one(desk: CalendarDesk) -> Entry:
    await desk.add(
        ANNA.user_id,
        title="Review; with, commas",
        starts_at=TEN,
        ends_at=TEN + HOUR,
        location="Café Één",
        attendees=["ingrid@fjordbank.example"],
    )
    return (await desk.entries(ANNA.user_id))[-1]


async def add_weekly(desk: CalendarDesk) -> list[Entry]:
    event = Event()
    event.add("uid", "weekly/1@acme.example")
    event.add("summary", "Weekly")
    event.add("dtstart", TEN)
    event.add("dtend", TEN + HOUR)
    event.add("rrule", {"freq": "weekly", "count": 3})
    await desk.put(ANNA.user_id, event)
    return await desk.entries(ANNA.user_id)


async def test_an_entry_that_was_added_is_listed(desk: CalendarDesk) -> None:
    entry = await add_one(desk)

    assert await desk.entries(ANNA.user_id) == [
        Entry(
            id=entry.id,
            title="Review; with, commas",
            starts_at=TEN.astimezone(UTC),
            ends_at=TEN.astimezone(UTC) + HOUR,
            location="Café Één",
            attendees=("ingrid@fjordbank.example",),
            cancelled=False,
        )
    ]


async def test_an_entry_moves_and_is_cancelled_without_vanishing(desk: CalendarDesk) -> None:
    entry = await add_one(desk)

    await desk.move(ANNA.user_id, entry.id, starts_at=TEN + HOUR, ends_at=TEN + 3 * HOUR)
    moved = await desk.entries(ANNA.user_id)
    await desk.cancel(ANNA.user_id, entry.id)
    cancelled = await desk.entries(ANNA.user_id)

    begin = TEN.astimezone(UTC)
    assert [(one.id, one.starts_at, one.ends_at) for one in moved] == [(entry.id, begin + HOUR, begin + 3 * HOUR)]
    assert [(one.id, one.cancelled) for one in cancelled] == [(entry.id, True)]


async def test_one_date_of_a_series_moves_and_another_is_cancelled(desk: CalendarDesk) -> None:
    first, second, third = await add_weekly(desk)

    await desk.move(ANNA.user_id, first.id, starts_at=first.starts_at + HOUR, ends_at=first.ends_at + HOUR)
    await desk.cancel(ANNA.user_id, second.id)
    await desk.move(ANNA.user_id, first.id, starts_at=first.starts_at + 2 * HOUR, ends_at=first.ends_at + 2 * HOUR)
    after = await desk.entries(ANNA.user_id)

    assert [(one.id, one.starts_at, one.cancelled) for one in after] == [
        (first.id, first.starts_at + 2 * HOUR, False),
        (second.id, second.starts_at, True),
        (third.id, third.starts_at, False),
    ]
    assert [one.starts_at.astimezone(AMSTERDAM).hour for one in (first, second, third)] == [10, 10, 10]


async def test_what_is_not_there_is_a_lookup_error(desk: CalendarDesk) -> None:
    (first, *_) = await add_weekly(desk)

    for entry_id in ("nothing@acme.example|", "", "weekly/2@acme.example|", first.id.replace("T", "X")):
        with pytest.raises(LookupError):
            await desk.cancel(ANNA.user_id, entry_id)
    with pytest.raises(LookupError):
        await desk.cancel("U0NOBODY", first.id)


async def test_an_end_before_the_start_is_refused(desk: CalendarDesk) -> None:
    entry = await add_one(desk)

    with pytest.raises(ValueError, match="ends after it starts"):
        await desk.move(ANNA.user_id, entry.id, starts_at=TEN, ends_at=TEN)
    with pytest.raises(ValueError, match="ends after it starts"):
        await desk.add(ANNA.user_id, title="Backwards", starts_at=TEN, ends_at=TEN - HOUR)

    assert [one.title for one in await desk.entries(ANNA.user_id)] == [entry.title]


async def test_every_act_is_told_once_it_is_done(desk: CalendarDesk) -> None:
    seen: list[int] = []

    async def told() -> None:
        seen.append(len(await desk.entries(ANNA.user_id)))

    desk.listeners.add(told)
    entry = await add_one(desk)
    await desk.cancel(ANNA.user_id, entry.id)

    assert seen == [1, 1]


async def test_the_feed_needs_no_password_and_its_address_is_not_to_be_found(
    desk: CalendarDesk, server: CalendarServer, session: aiohttp.ClientSession
) -> None:
    await add_one(desk)

    async with session.get(desk.feed_url(ANNA.user_id)) as feed:
        body = await feed.text()
    async with session.get(f"{server.url}/U0ANNA/guessed/") as guessed:
        pass

    assert feed.status == 200
    assert feed.headers["ETag"]
    assert "SUMMARY:Review\\; with\\, commas" in body
    assert "BEGIN:VTIMEZONE" in body
    assert guessed.status == 404
    assert desk.feed_url("U0NOBODY") == ""


async def test_calendars_are_there_after_a_restart(
    desk: CalendarDesk, server: CalendarServer, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    entry = await add_one(desk)
    await server.stop()

    again = CalendarServer(tmp_path / "calendars")
    await again.start()
    clock = PlaygroundClock()
    clock.to(MONDAY)
    reopened = CalendarDesk(url=again.url, session=session, clock=clock)
    await reopened.open(ANNA)
    entries = await reopened.entries(ANNA.user_id)
    await again.stop()

    assert entries == [entry]
