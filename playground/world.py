"""Everything around the bot that a person can look at and move: Slack, the time, the mails, the calendars."""

import asyncio
import contextlib
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from playground.calendar_desk import CalendarDesk
from playground.changes import Changes
from playground.clock import PlaygroundClock
from playground.faults import Faults
from playground.forgetting import forget_oldest
from playground.mailbox import Mailbox
from playground.server import SlackStandIn
from storage import calendars, follow_ups, reminders

if TYPE_CHECKING:
    from bot.assembly import Meetdown

MOST_STOPS = 50
"""On one journey of the clock; what is due after that comes at its end."""
STOP_S, LOOK_S = 3.0, 0.02
"""The longest stop, and the time between two looks; seconds of the machine's."""


LOOK_DUE_S = 0.25
"""The longest that a page shows as due what a calendar that was read meanwhile has moved."""


class World:
    """The parts are started and stopped by `playground.run`; `meetdown` is there once the bot is."""

    def __init__(
        self,
        *,
        slack: SlackStandIn,
        clock: PlaygroundClock,
        mailbox: Mailbox,
        calendar: CalendarDesk,
        changed: Changes,
    ) -> None:
        self.slack = slack
        self.clock = clock
        self.mailbox = mailbox
        self.calendar = calendar
        self.changed = changed
        self.meetdown: Meetdown | None = None
        self.seeded = False
        """The sample agency is complete."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._calls = 0
        self._views: object = None
        clock.listeners.add(self._clock_moved)
        slack.store.listeners.add(self._slack_changed)

    @property
    def faults(self) -> Faults:
        return self.slack.faults

    async def next_due(self) -> datetime | None:
        """When the next reminder or follow-up is due in the bot's database; one that is being seen to just now may
        lie a moment back.
        """
        if self.meetdown is None:
            return None
        return await self.meetdown.database.read(_next_due)

    async def tell_what_is_due(self) -> None:
        """Until cancelled: tells of it when something else is due next, which the bot does in its own time. Where
        nothing was written nothing is read.
        """
        due, writes = None, -1
        while self.meetdown is not None:
            if writes != self.meetdown.database.writes:
                writes = self.meetdown.database.writes
                before, due = due, await self.next_due()
                if due != before:
                    self.changed.tell("due")
            await asyncio.sleep(LOOK_DUE_S)

    async def travel(self, to: datetime) -> None:
        """Move the clock on as time would: with a stop at each reminder and follow-up on the way, until the bot has
        seen to it. Backwards, or where nothing is due, it is one step. ValueError for a moment out of reach.
        """
        for _ in range(MOST_STOPS):
            due = await self.next_due()
            if due is None or due >= to:
                break
            if due > self.clock.now():
                self.clock.to(due)
            await self._seen_to(due)
        self.clock.to(to)

    async def _seen_to(self, due: datetime) -> None:
        """Gives up after STOP_S: what is due may be waiting for a Slack that was made to fail."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_S):
                while True:
                    if await self.next_due() != due:
                        return
                    await asyncio.sleep(LOOK_S)

    async def look_again(self) -> None:
        """Let the bot read every calendar and see to what is due, now rather than in its own time."""
        if self.meetdown is None:
            return
        await self.meetdown.database.run(calendars.forget_validators, self.slack.workspace.id)
        self.meetdown.planner.poke()

    async def calendar_changed(self) -> None:
        await self.look_again()
        self.changed.tell("calendar")

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _clock_moved(self) -> None:
        self.changed.tell("clock")
        self.in_background(self.look_again())

    def _slack_changed(self) -> None:
        """The store does not say what changed; these are the panes that may show it."""
        forget_oldest(self.slack)
        store = self.slack.store
        self.changed.tell("message")
        views = [(view.id, view.hash, dict(view.errors)) for view in store.views.values() if view.is_open]
        if views != self._views:
            self._views = views
            self.changed.tell("view")
        calls = len(store.calls) + len(self.slack.courier.delivered)
        if calls != self._calls:
            self._calls = calls
            self.changed.tell("call")


def _next_due(session: Session) -> datetime | None:
    planned = follow_ups.due(session, datetime.max.replace(tzinfo=UTC), 1)
    due = [reminders.next_due(session), *(one.due_at for one in planned)]
    return min((moment for moment in due if moment is not None), default=None)
