"""News for whoever watches the playground, such as the page."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from typing import Any


class Changes:
    """Small events with a `kind`. They are hints to look again: a watcher that is slow gets each kind once, not each
    event.
    """

    def __init__(self) -> None:
        self._watchers: set[_Watcher] = set()

    def tell(self, kind: str, **fields: Any) -> None:
        for watcher in self._watchers:
            watcher.put({"kind": kind, **fields})

    async def subscribe(self) -> AsyncGenerator[Mapping[str, Any], None]:
        """What is told from the first `anext` on; closing the iterator ends it."""
        watcher = _Watcher()
        self._watchers.add(watcher)
        try:
            while True:
                for event in await watcher.take():
                    yield event
        finally:
            self._watchers.discard(watcher)


class _Watcher:
    def __init__(self) -> None:
        self._waiting: dict[str, Mapping[str, Any]] = {}
        self._filled = asyncio.Event()

    def put(self, event: Mapping[str, Any]) -> None:
        """The newest of a kind replaces those that were not taken yet."""
        self._waiting[event["kind"]] = event
        self._filled.set()

    async def take(self) -> list[Mapping[str, Any]]:
        await self._filled.wait()
        taken = list(self._waiting.values())
        self._waiting.clear()
        self._filled.clear()
        return taken
