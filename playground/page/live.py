"""Server-sent events: each open page gets the regions that changed, as soon as they do."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

from playground.page.regions import Gone, Regions
from playground.page.scene import Address
from playground.page.world import World

TOGETHER_SECONDS = 0.02
"""Changes within this time are sent as one."""
BEAT_SECONDS = 15.0
"""A sign of life at least this often, so that a page that is gone is noticed."""
CALENDAR_KINDS = frozenset({"calendar", "clock"})


class Live:
    def __init__(self, world: World, regions: Regions) -> None:
        self._world = world
        self._regions = regions
        self._waiting: set[asyncio.Event] = set()

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`: hears of changes for as long as the server runs."""
        del app
        listeners = self._world.slack.store.listeners
        listeners.add(self.wake)
        task = asyncio.create_task(self._listen())
        yield
        listeners.discard(self.wake)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    def wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def _listen(self) -> None:
        async for event in self._world.changed.subscribe():
            self._hear(event)

    def _hear(self, event: Mapping[str, Any]) -> None:
        if event.get("kind") in CALENDAR_KINDS:
            self._regions.forget_calendars()
        self.wake()

    async def stream(self, request: web.Request, address: Address) -> web.StreamResponse:
        """Sends what is on the page at first, then each change, until the browser goes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        changed = asyncio.Event()
        self._waiting.add(changed)
        try:
            with contextlib.suppress(ConnectionError, Gone):
                await response.prepare(request)
                await self._send(response, address, changed)
        finally:
            self._waiting.discard(changed)
        return response

    async def _send(self, response: web.StreamResponse, address: Address, changed: asyncio.Event) -> None:
        shown: dict[str, str] = {}
        while True:
            changed.clear()
            self._mark_as_read(address)
            regions = await self._regions.render(address)
            news = {name: html for name, html in regions.items() if shown.get(name) != html}
            shown = regions
            await response.write(f"data: {json.dumps(news)}\n\n".encode() if news else b": beat\n\n")
            with contextlib.suppress(TimeoutError):
                # Not `wait_for`: where a change and the end come in one moment, Python 3.11's forgets the end.
                async with asyncio.timeout(BEAT_SECONDS):
                    await changed.wait()
                await asyncio.sleep(TOGETHER_SECONDS)

    def _mark_as_read(self, address: Address) -> None:
        """What stands on an open page was seen."""
        if address.place == "home":
            return
        scene = self._regions.scene(address)
        if scene.read_all(self._regions.channel(scene, address)):
            self._world.slack.store.changed()
