import asyncio
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from tests.support.page import MemoryEntry, MemoryWorld, soon
from tests.support.slack import OWNER
from tests.unit.playground.page.posting import act, fine, refused

ENTRY = {"title": " Review ", "starts_at": "2030-01-07T10:00", "minutes": "90", "attendees": "hank@globex.example, a@b"}


def offset_in_minutes(world: MemoryWorld) -> int:
    return round(world.clock.offset / timedelta(minutes=1))


async def test_the_clock_goes_on_by_steps_and_back(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    assert (await act(browser, "clock", value="+60"))["ok"]
    assert (await act(browser, "clock", value="+1440"))["ok"]
    assert offset_in_minutes(world) == 1500

    assert (await act(browser, "clock", value="now"))["ok"]
    assert offset_in_minutes(world) == 0


async def test_the_clock_goes_to_what_is_due_next(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.due = soon(days=2)

    answer = await act(browser, "clock", value="next")

    assert answer["ok"]
    assert abs(world.clock.now() - world.due) < timedelta(seconds=5)


async def test_what_is_due_already_does_not_turn_the_clock_back(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    world.due = soon(days=-2)

    assert (await act(browser, "clock", value="next"))["ok"]
    assert offset_in_minutes(world) == 0


@pytest.mark.parametrize(
    ("value", "notice"),
    [
        ("next", "Nothing is due: no reminder and no follow-up is planned."),
        ("+999999999", "The clock cannot be moved like that."),
        ("-5", "The clock cannot be moved like that."),
        ("", "The clock cannot be moved like that."),
    ],
)
async def test_the_clock_says_what_it_cannot_do(browser: aiohttp.ClientSession, value: str, notice: str) -> None:
    assert await act(browser, "clock", value=value) == refused(notice)


async def test_a_clock_on_its_way_is_not_sent_elsewhere(
    browser: aiohttp.ClientSession, world: MemoryWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, there = asyncio.Event(), asyncio.Event()

    async def slowly(to: datetime) -> None:
        begun.set()
        await there.wait()
        world.clock.to(to)

    monkeypatch.setattr(world, "travel", slowly)
    first = asyncio.create_task(act(browser, "clock", value="+1440"))
    await begun.wait()

    second = await act(browser, "clock", value="now")
    there.set()

    assert second == refused("The clock is on its way already. Wait until it is there.")
    assert (await first)["ok"]
    assert offset_in_minutes(world) == 1440


async def test_the_clock_has_an_end(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    for _ in range(6):
        answer = await act(browser, "clock", value="+999999")

    assert answer == refused("The clock does not go that far.")
    assert offset_in_minutes(world) == 5 * 999999


async def test_an_entry_is_added_in_the_zone_of_whoever_adds_it(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    assert (await act(browser, "entry_add", **ENTRY, location="Office"))["ok"]

    [entry] = await world.calendar.entries(OWNER)
    assert (entry.title, entry.location, entry.attendees) == ("Review", "Office", ("hank@globex.example", "a@b"))
    assert entry.starts_at.isoformat() == "2030-01-07T10:00:00+01:00"
    assert entry.ends_at - entry.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("wrong", "notice"),
    [
        ({"title": "  "}, "An entry needs a title."),
        ({"starts_at": ""}, "When? Choose a day and a time."),
        ({"starts_at": "tomorrow"}, "When? Choose a day and a time."),
        ({"minutes": "long"}, "How many minutes does it take?"),
        ({"minutes": "0"}, "An entry takes from 5 minutes to a day."),
        ({"minutes": "2000"}, "An entry takes from 5 minutes to a day."),
        ({"attendees": "Hank"}, "Hank is not an e-mail address."),
    ],
)
async def test_an_entry_that_cannot_be_says_why(
    browser: aiohttp.ClientSession, world: MemoryWorld, wrong: dict[str, Any], notice: str
) -> None:
    assert await act(browser, "entry_add", **{**ENTRY, **wrong}) == refused(notice)
    assert await world.calendar.entries(OWNER) == []


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
async def test_an_entry_beyond_every_calendar_is_refused(browser: aiohttp.ClientSession, moment: str) -> None:
    given = {**ENTRY, "starts_at": moment}
    assert await act(browser, "entry_add", **given) == refused("Choose a day that is nearer.")


async def test_an_entry_that_is_moved_keeps_its_length(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    held = MemoryEntry(id="e1", title="Review", starts_at=soon(days=1), ends_at=soon(days=1, minutes=45))
    world.calendar.held[OWNER] = [held]

    assert await act(browser, "entry_move", value="e1", starts_at="2030-01-07T10:00") == fine("Review was moved.")

    [moved] = await world.calendar.entries(OWNER)
    assert moved.starts_at.isoformat() == "2030-01-07T10:00:00+01:00"
    assert moved.ends_at - moved.starts_at == timedelta(minutes=45)


async def test_an_entry_is_cancelled(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    held = MemoryEntry(id="e1", title="Review", starts_at=soon(days=1), ends_at=soon(days=1, minutes=45))
    world.calendar.held[OWNER] = [held]

    assert await act(browser, "entry_cancel", value="e1") == fine("Cancelled.")
    assert [entry.cancelled for entry in await world.calendar.entries(OWNER)] == [True]


async def test_an_entry_that_is_gone_says_so(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.calendar.held[OWNER] = []
    gone = refused("This entry is no longer there.")

    assert await act(browser, "entry_move", value="e9", starts_at="2030-01-07T10:00") == gone
    assert await act(browser, "entry_cancel", value="e9") == gone


async def test_a_fault_switch_is_turned_from_the_page(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    assert await act(browser, "fault", value="deliver_twice") == fine()
    assert world.slack.faults.deliver_twice
    assert await act(browser, "fault", value="earthquake") == refused("There is no such switch.")
