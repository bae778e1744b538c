"""The planner: every few seconds it starts what is due, under ids that make a second start do nothing.

It is a loop rather than a scheduled workflow: a schedule would write rows for every round, also for the idle ones
(see docs/adr). Several planners at once, in several processes, start everything once all the same.
"""

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.engine import Engine
from domain.clock import Clock
from storage import calendars, follow_ups, forms, outbox, reminders, seen
from storage.database import Database
from storage.outbox import Work

log = structlog.get_logger()

LATE_S = 60.0
"""Seconds without a round after which the planner is taken to stand still."""
ROUND_S = 2.0
"""Seconds between two rounds where nobody pokes."""
AT_ONCE = 100
"""Rows of each sort a round takes: what is left comes in the next one, so that no sort starves the others."""
CALENDARS_AT_ONCE = 4
CALENDAR_LEASE = timedelta(minutes=10)
"""A calendar that was taken to be read comes round again after this, should its reader vanish."""
KEEP_TRACES = timedelta(days=30)
KEEP_SEEN = timedelta(days=2)
HOUSEKEEPING_EVERY = timedelta(hours=6)
REMEMBERED = 10_000


class StandsStill(Exception):  # noqa: N818 - what readiness says
    """The planner does not come round."""


class Planner:
    def __init__(self, database: Database, engine: Engine, clock: Clock) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._poked = asyncio.Event()
        self._started: set[str] = set()
        self._order: deque[str] = deque()
        self._tidied_at: datetime | None = None
        self._ended_at: float | None = None

    def poke(self) -> None:
        self._poked.set()

    async def check(self) -> None:
        """For readiness: raises StandsStill where no round has ended well for a while."""
        ended = self._ended_at
        if ended is None or time.monotonic() - ended > LATE_S:
            raise StandsStill

    async def run(self) -> None:
        """Until cancelled. A round that fails (the database is away) is tried again; nothing is lost by it."""
        while True:
            self._poked.clear()
            try:
                await self.round()
                self._ended_at = time.monotonic()
            except SQLAlchemyError:
                log.exception("planner_round_failed")
            try:
                await asyncio.wait_for(self._poked.wait(), ROUND_S)
            except TimeoutError:
                continue

    async def round(self) -> None:
        now = self._clock.now()
        await self._keep_promises()
        for reminder in await self._database.read(reminders.due, now, AT_ONCE):
            await self._start(Work.REMIND, reminder.team_id, reminder.id, reminder.due_at)
        for follow_up in await self._database.read(follow_ups.due, now, AT_ONCE):
            await self._start(Work.FOLLOW_UP, follow_up.team_id, follow_up.id, follow_up.due_at)
        if await self._database.read(calendars.due, now, 1):
            lease_until = now + CALENDAR_LEASE
            for team_id, calendar_id in await self._database.run(
                calendars.claim_due, now, CALENDARS_AT_ONCE, lease_until
            ):
                await self._start(Work.SYNC, team_id, calendar_id, now)
        if self._tidied_at is None or now - self._tidied_at > HOUSEKEEPING_EVERY:
            self._tidied_at = now
            await self._tidy(now)

    async def _keep_promises(self) -> None:
        for promise in await self._database.read(outbox.promised, AT_ONCE):
            await self._engine.start(promise.work, promise.key, promise.team_id, promise.subject_id)
            await self._database.run(outbox.kept, promise.key)

    async def _start(self, work: Work, team_id: str, subject_id: str, due_at: datetime) -> None:
        """The id holds the due time: a row that is moved gets a workflow of its own."""
        key = f"{work.value}-{subject_id}-{due_at:%Y%m%dT%H%M%S}"
        if key in self._started:
            return
        await self._engine.start(work, key, team_id, subject_id)
        self._remember(key)

    def _remember(self, key: str) -> None:
        self._started.add(key)
        self._order.append(key)
        if len(self._order) > REMEMBERED:
            self._started.discard(self._order.popleft())

    async def _tidy(self, now: datetime) -> None:
        await self._database.run(forms.prune, now - KEEP_TRACES)
        await self._database.run(seen.prune, now - KEEP_SEEN)
        await self._engine.prune(now - KEEP_TRACES)
