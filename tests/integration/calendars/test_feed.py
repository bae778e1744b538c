"""The adapter as a whole: an address in, entries out."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.calendars.feed import Feed
from bot.calendars.protocol import FeedProblem, Reading, ReadsCalendar, SkipReason
from domain.errors import InvalidCode
from tests.support.feeds import AMSTERDAM, WINDOW, FeedServer, event, feed


@pytest.fixture
async def adapter() -> AsyncIterator[Feed]:
    adapter = Feed(allow_private=True)
    yield adapter
    await adapter.close()


async def test_a_calendar_is_read_once_and_then_only_when_it_changed(adapter: Feed) -> None:
    version = 1

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == f'"{version}"':
            return web.Response(status=304)
        meeting = event("DTSTART:20261124T100000Z", f"SUMMARY:version {version}")
        return web.Response(body=feed(meeting, event(uid="broken")), headers={"ETag": f'"{version}"'})

    reader: ReadsCalendar = adapter
    async with FeedServer(x=handle) as server:
        first = await reader.read(server.url("x"), zone=AMSTERDAM, window=WINDOW)
        second = await reader.read(server.url("x"), etag=first.etag, zone=AMSTERDAM, window=WINDOW)
        version = 2
        third = await reader.read(server.url("x"), etag=second.etag, zone=AMSTERDAM, window=WINDOW)

    assert first.entries is not None
    assert [entry.title for entry in first.entries] == ["version 1"]
    assert (first.etag, first.skipped, first.not_modified) == ('"1"', {SkipReason.BROKEN: 1}, False)
    assert second == Reading(entries=None, etag='"1"')
    assert second.not_modified
    assert third.entries is not None
    assert [entry.title for entry in third.entries] == ["version 2"]


async def test_a_page_that_only_begins_like_a_calendar_is_refused(adapter: Feed) -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        return web.Response(text="BEGIN:VCALENDAR is how calendars begin")

    async with FeedServer(x=handle) as server:
        with pytest.raises(FeedProblem) as caught:
            await adapter.read(server.url("x"), zone=AMSTERDAM, window=WINDOW)

    assert caught.value.code is InvalidCode.FEED_NOT_A_CALENDAR


async def test_a_private_address_is_refused_unless_it_is_allowed() -> None:
    adapter = Feed()

    with pytest.raises(FeedProblem) as caught:
        await adapter.read("http://127.0.0.1:1/x", zone=AMSTERDAM, window=WINDOW)
    await adapter.close()

    assert caught.value.code is InvalidCode.FEED_REFUSED
