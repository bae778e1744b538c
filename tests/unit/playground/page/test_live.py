import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from playground.page.regions import REGIONS
from tests.support.page import MemoryEntry, MemoryWorld, soon
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.shapes import modal, question


@asynccontextmanager
async def watching(browser: aiohttp.ClientSession, path: str) -> AsyncIterator[Any]:
    """`await news()` gives the regions of the next event."""
    async with browser.get(path) as answer:
        assert answer.content_type == "text/event-stream"

        async def news() -> dict[str, str]:
            async with asyncio.timeout(3):
                while True:
                    line = await answer.content.readline()
                    if line.startswith(b"data: "):
                        regions: dict[str, str] = json.loads(line.removeprefix(b"data: "))
                        return regions

        yield news


def dm_of(world: MemoryWorld, user: str = OWNER) -> str:
    return world.slack.as_user(user).dm.id


async def test_everything_is_sent_at_first_then_only_what_changed(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    async with watching(browser, f"/live/{OWNER}/{dm_of(world)}") as news:
        first = await news()
        await world.says("news for Anna")
        then = await news()

    assert set(first) == set(REGIONS)
    assert "news for Anna" in then["messages"]
    assert "composer" not in then
    assert "modal" not in then


async def test_what_stands_on_an_open_page_was_read(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    dm = dm_of(world)
    async with watching(browser, f"/live/{OWNER}/{dm}") as news:
        await news()
        sent = await world.says("read at once")
        await news()

    assert world.slack.store.channels[dm].last_read == {OWNER: sent["ts"]}


async def test_a_message_elsewhere_shows_as_unread(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    async with watching(browser, f"/live/{OWNER}/{dm_of(world)}") as news:
        await news()
        world.slack.as_user(COLLEAGUE).write(world.slack.store.channels["C0GENERAL"], "over here")
        then = await news()

    assert set(then) == {"sidebar"}
    assert '<span class="hidden">unread: </span>1' in then["sidebar"]


async def test_a_modal_is_sent_to_its_person_only(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    async with (
        watching(browser, f"/live/{OWNER}/{dm_of(world)}") as anna,
        watching(browser, f"/live/{COLLEAGUE}/{dm_of(world, COLLEAGUE)}") as ben,
    ):
        await anna(), await ben()
        await world.shows(modal(question(block_id="name")))
        seen = await anna()
        while "modal" not in seen:
            seen = await anna()
        await world.says("to Ben", user=COLLEAGUE)
        other = await ben()

    assert "Question" in seen["modal"]
    assert "modal" not in other


async def test_the_calendar_is_read_again_once_it_changed(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    held = MemoryEntry(id="e1", title="Review", starts_at=soon(days=1), ends_at=soon(days=1, minutes=45))
    world.calendar.held[OWNER] = [held]
    async with watching(browser, f"/live/{OWNER}/{dm_of(world)}?pane=calendar") as news:
        first = await news()
        await world.calendar.cancel(OWNER, "e1")
        then = await news()

    assert "Review" in first["pane"]
    assert "cancelled" in then["pane"]


async def test_a_page_that_leads_nowhere_is_told_not_to_come_back(browser: aiohttp.ClientSession) -> None:
    async with browser.get(f"/live/{OWNER}/C0NOWHERE") as answer:
        assert answer.status == 204


async def test_the_home_tab_is_asked_for_when_it_is_opened(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    async with watching(browser, f"/live/{OWNER}/home") as news:
        first = await news()

    assert "has not published a Home tab" in first["messages"]
    assert world.bot.received[-1].payload["event"]["type"] == "app_home_opened"
