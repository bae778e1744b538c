"""The adapter for secret iCalendar addresses: fetch, then parse in the worker process."""

import asyncio

from aiohttp.abc import AbstractResolver

from bot.calendars.fetch import Fetcher
from bot.calendars.protocol import ParsesCalendar, Reading
from bot.calendars.worker import ParseWorker
from domain.meeting import SyncWindow

AT_ONCE = 12
"""Feeds that are fetched side by side; each may hold 10 MB until it is parsed."""


class Feed:
    """Reads any calendar that is published under a secret address (Google, Outlook, Fastmail, Nextcloud …).

    Such a calendar can only be read. `close()` ends the worker process if it was made here.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        worker: ParsesCalendar | None = None,
        names: AbstractResolver | None = None,
    ) -> None:
        self._fetcher = Fetcher(allow_private=allow_private, names=names)
        self._own_worker = None if worker else ParseWorker()
        self._worker: ParsesCalendar = worker or self._own_worker or ParseWorker()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def read(
        self, url: str, *, etag: str = "", last_modified: str = "", zone: str, window: SyncWindow
    ) -> Reading:
        """See ReadsCalendar. The validators of a reading belong to its window: leave them out to see a later one."""
        async with self._slots:
            result = await self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
            if result.body is None:
                return Reading(
                    entries=None,
                    etag=result.etag or etag,
                    last_modified=result.last_modified or last_modified,
                )
            parsed = await self._worker.parse(result.body, zone=zone, window=window)
        return Reading(
            entries=parsed.entries,
            etag=result.etag,
            last_modified=result.last_modified,
            skipped=parsed.skipped,
        )

    async def close(self) -> None:
        if self._own_worker is not None:
            await self._own_worker.close()
