"""The planner: every few seconds it starts what is due, under ids that make a second start do nothing.

It is a loop rather than a scheduled workflow: a schedule would write rows for every round, also for the idle ones
(docs/adr/0001-planner-is-a-loop.md). Several planners at once, in several processes, start everything once all the
same.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice

import structlog

from bot.jobs.engine import Engine
from bot.jobs.review_tiers import plan_reviews
from domain.clock import Clock
from storage import approvals, calendars, follow_ups, forms, outbox, posts, reminders
from storage.database import Database
from storage.outbox import Work

log = structlog.get_logger()

LATE_S = 60.0
"""Seconds without a round after which the planner is taken to stand still."""
ROUND_S = 2.0
"""Seconds between two rounds where nobody pokes."""
AT_ONCE = 100
"""Workflows of each sort that a round starts: what is left comes in the next, so that no sort starves the others."""
MOST_DUE = 2_000
"""Rows that a round looks at. Those under way are among them until they end: all must not be of one team whose Slack
is away.
"""
CALENDARS_AT_ONCE = 4
CALENDAR_LEASE = timedelta(minutes=10)
"""A calendar that was taken to be read comes round again after this, should its reader vanish."""
KEEP_TRACES = timedelta(days=30)
MISSED_AFTER = timedelta(days=1)
"""After the start of its meeting a reminder that never got out is taken off the list of those that are due."""
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
        self._turn = asyncio.Lock()
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
            except Exception:
                # Whatever it was: a planner that ends would be a bot that goes on listening and does nothing.
                log.exception("planner_round_failed")
            # Not `wait_for`: where a poke and the end come in one moment, Python 3.11's forgets the end.
            with suppress(TimeoutError):
                async with asyncio.timeout(ROUND_S):
                    await self._poked.wait()

    async def round(self) -> None:
        """One at a time, whoever asks for it: after it, all that was due by then is started, also what a round before
        had claimed and not started yet.
        """
        async with self._turn:
            await self._start_what_is_due(self._clock.now())

    async def _start_what_is_due(self, now: datetime) -> None:
        await self._keep_promises(now)
        due = await self._database.read(reminders.due, now, MOST_DUE)
        await self._start_all(Work.REMIND, [(one.team_id, one.id, one.due_at) for one in due])
        asked = await self._database.read(follow_ups.due, now, MOST_DUE)
        await self._start_all(Work.FOLLOW_UP, [(one.team_id, one.id, one.due_at) for one in asked])
        silent = await self._database.read(approvals.due, now, MOST_DUE)
        await self._start_all(Work.APPROVAL_DUE, [(one.team_id, one.decision_id, one.due_at) for one in silent])
        # The look first: a claim is a write, and a write every few seconds for nothing is one too many.
        if await self._database.read(calendars.due, now, 1):
            until = now + CALENDAR_LEASE
            claimed = await self._database.run(calendars.claim_due, now, CALENDARS_AT_ONCE, until)
            await self._start_all(Work.SYNC, [(team_id, calendar_id, now) for team_id, calendar_id in claimed])
        if self._tidied_at is None or now - self._tidied_at > HOUSEKEEPING_EVERY:
            self._tidied_at = now
            await self._tidy(now)

    async def _keep_promises(self, now: datetime) -> None:
        for promise in await self._database.read(outbox.promised, now, AT_ONCE):
            if not self._engine.knows(promise.work):
                # Of a newer release, which was taken back or is being brought in: it waits for a process that can.
                log.warning("unknown_work", work=promise.work, key=promise.key)
                continue
            await self._engine.start(promise.work, promise.key, promise.team_id, promise.subject_id, promise.attempt)
            await self._database.run(outbox.kept, promise.key)

    async def _start_all(self, work: Work, due: Sequence[tuple[str, str, datetime]]) -> None:
        """Those that were not started yet, as many as a round takes: what is stuck holds up nobody behind it.

        The id holds the due time: a row that is moved gets a workflow of its own.
        """
        keyed = ((f"{work.value}-{one[1]}-{one[2]:%Y%m%dT%H%M%S%f}", one) for one in due)
        new = ((key, one) for key, one in keyed if key not in self._started)
        for key, (team_id, subject_id, _) in islice(new, AT_ONCE):
            await self._engine.start(work, key, team_id, subject_id)
            self._remember(key)

    def _remember(self, key: str) -> None:
        self._started.add(key)
        self._order.append(key)
        if len(self._order) > REMEMBERED:
            self._started.discard(self._order.popleft())

    async def _tidy(self, now: datetime) -> None:
        await self._database.run(plan_reviews, now)
        await self._database.run(forms.prune, now - KEEP_TRACES)
        await self._database.run(posts.prune, now - KEEP_TRACES)
        await self._database.run(reminders.skip_missed, now - MISSED_AFTER, now)
        await self._engine.prune(now - KEEP_TRACES)
