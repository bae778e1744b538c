"""Chooses the way to the bot, repeats events that were not acknowledged, and keeps what was sent."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from playground.delivery.parcel import Answer, Delivery, Parcel
from playground.faults import Faults
from playground.store import Store

RETRY_AFTER: Sequence[float] = (0.0, 60.0, 300.0)
"""Seconds before each retry of an event."""

Delivered = tuple[Parcel, Answer]


class Courier:
    """`time_scale` shortens the waits between retries: 0.001 turns five minutes into 0.3 s."""

    def __init__(self, store: Store, faults: Faults, way: Callable[[], Delivery], *, time_scale: float = 1.0) -> None:
        self._store = store
        self._faults = faults
        self._way = way
        self._tasks: set[asyncio.Task[None]] = set()
        self.time_scale = time_scale
        self.delivered: list[Delivered] = []
        """Every try, with what came back, in the order in which it ended."""

    async def deliver(self, parcel: Parcel) -> Answer:
        """The bot's answer. An event that it did not acknowledge is sent again, in the background."""
        if self._faults.deliver_twice:
            answer, _ = await asyncio.gather(self._try(parcel), self._try(parcel))
        else:
            answer = await self._try(parcel)
        if parcel.kind == "events_api" and not answer.acknowledged and not answer.no_retry:
            self.in_background(parcel, answer)
        return answer

    def in_background(self, parcel: Parcel, answer: Answer | None = None) -> None:
        """Deliver without waiting; with `answer`, only the retries after it."""
        task = asyncio.get_running_loop().create_task(self._retry(parcel, answer) if answer else self._later(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _later(self, parcel: Parcel) -> None:
        await self.deliver(parcel)

    async def _retry(self, parcel: Parcel, answer: Answer) -> None:
        for number, seconds in enumerate(RETRY_AFTER, start=1):
            await asyncio.sleep(seconds * self.time_scale)
            answer = await self._try(replace(parcel, retry=number, retry_reason=answer.error))
            if answer.acknowledged or answer.no_retry:
                return

    async def _try(self, parcel: Parcel) -> Answer:
        answer = replace(await self._way().send(parcel), at=self._store.now())
        self.delivered.append((parcel, answer))
        self._store.changed()
        return answer

    async def stop(self) -> None:
        """Forget the retries that are still to come."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
