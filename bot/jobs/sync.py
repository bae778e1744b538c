"""The workflow `sync`: a calendar read anew, its meetings and their reminders brought into line."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.orm import Session

from bot.calendars.client_meetings import Found, Sieve
from bot.calendars.protocol import FeedProblem
from bot.calendars.work_week import leads_of, week_of
from bot.jobs.tools import Tools
from domain.approval import ApprovalState
from domain.decision import HandoffTerms
from domain.errors import Invalid, InvalidCode
from domain.free_time import BusyTimes, busy_window, merged
from domain.meeting import CalendarEntry, Meeting, SyncWindow
from domain.member import Member
from domain.planned import Calendar
from domain.schedule import Leads
from domain.working_days import WorkWeek
from messages import connect_page
from messages.i18n import translator
from storage import (
    busy,
    calendars,
    clients,
    decisions,
    meetings,
    members,
    outbox,
    proposals,
    reminders,
    requests,
    workspaces,
)
from storage.outbox import Work
from storage.planning import plan_reminders

log = structlog.get_logger()

EVERY = timedelta(minutes=5)
JITTER = 0.2
"""Calendars are read within ±20 % of their turn, so that a provider does not see all of them in one second."""
LONGEST_PAUSE = timedelta(hours=6)
"""Between two tries of a calendar that keeps failing."""
TELL_AFTER = 6
"""Failures in a row after which the owner is told, once; about two hours."""
FIRST = "first"
"""Outcome of the first reading that went well."""
MOST_PROPOSALS = 20
"""Unknown domains a sync remembers: a calendar full of strangers is no client list."""
BATCH = 1
"""Meetings a transaction, with their reminders: small, so that nobody waits for a large calendar."""


class Sync:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """By calendar: of two readings at once the older one could be laid over last."""

    async def run(self, team_id: str, calendar_id: str) -> None:
        steps = self._tools.steps
        outcome = await steps("read", self._read, team_id, calendar_id)
        if outcome == FIRST:
            await steps("welcome", self._welcome, team_id, calendar_id)
        elif outcome:
            await steps("trouble", self._trouble, team_id, calendar_id, outcome)

    async def _read(self, team_id: str, calendar_id: str) -> str:
        """Returns what was wrong with the calendar, FIRST after the first time that nothing was, else nothing."""
        async with self._reading[calendar_id]:
            return await self._read_alone(team_id, calendar_id)

    async def _read_alone(self, team_id: str, calendar_id: str) -> str:
        tools, now = self._tools, self._tools.clock.now()
        calendar = await tools.database.read(calendars.get, tools.vault, team_id, calendar_id)
        if calendar is None:
            return ""
        owner = await tools.database.read(members.get, team_id, calendar.owner_id)
        owner = owner or Member(team_id=team_id, user_id=calendar.owner_id)
        window = SyncWindow.around(now)
        afresh = self._is_due_afresh(calendar, now)
        try:
            reading = await tools.feed.read(
                calendar.url,
                etag="" if afresh else calendar.etag,
                last_modified="" if afresh else calendar.last_modified,
                zone=owner.time_zone,
                window=window,
            )
        except FeedProblem as problem:
            log.info("feed_failed", calendar=calendar_id, problem=problem.code.value, status=problem.status)
            return problem.code.value
        count = calendar.client_meetings
        if reading.entries is not None:
            busy_within = busy_window(now)
            found = await self._sift(calendar, owner, reading.entries, busy_within)
            await self._apply(calendar, owner, found, window)
            known = BusyTimes(until=busy_within.ends_at, spans=merged(found.busy))
            await tools.database.run(busy.keep, team_id, calendar_id, known)
            count = sum(meeting.starts_at > now for meeting in found.meetings)
        await tools.database.run(
            calendars.synced,
            team_id,
            calendar_id,
            etag=reading.etag,
            last_modified=reading.last_modified,
            now=now,
            next_sync_at=now + EVERY * random.uniform(1 - JITTER, 1 + JITTER),
            client_meetings=count,
        )
        tools.poke()
        return FIRST if calendar.synced_at is None else ""

    async def _welcome(self, team_id: str, calendar_id: str) -> None:
        tools = self._tools
        calendar = await tools.database.read(calendars.get, tools.vault, team_id, calendar_id)
        if calendar is None:
            return
        owner = await tools.database.read(members.get, team_id, calendar.owner_id)
        waiting = await tools.database.read(proposals.open_for, team_id, calendar.owner_id)
        t = translator(owner.language if owner else "en")
        message = connect_page.connected(t, calendar.client_meetings, waiting)
        await tools.posting.to_member(team_id, calendar.owner_id, f"connected-{calendar_id}", message)

    def _is_due_afresh(self, calendar: Calendar, now: datetime) -> bool:
        """Once a day the calendar is read whole: also an unchanged one has new dates inside the window by then."""
        return calendar.synced_at is None or calendar.synced_at.date() != now.date()

    async def _sift(
        self, calendar: Calendar, owner: Member, entries: Sequence[CalendarEntry], busy_within: SyncWindow
    ) -> Found:
        known = await self._tools.database.read(clients.all_of, calendar.team_id)
        workspace = await self._tools.database.read(workspaces.get, calendar.team_id)
        sieve = Sieve(
            team_id=calendar.team_id,
            calendar_id=calendar.id,
            owner=owner,
            workspace=workspace,
            clients=known,
            busy_within=busy_within,
        )
        return await sieve.sift(entries)

    async def _apply(self, calendar: Calendar, owner: Member, found: Found, window: SyncWindow) -> None:
        tools, now = self._tools, self._tools.clock.now()
        workspace = await tools.database.read(workspaces.get, calendar.team_id)
        week, leads = week_of(owner, workspace), leads_of(owner, workspace)
        for batch in _batches(found.meetings):
            await tools.database.run(partial(_lay_over, calendar, batch, window, now, leads, week))
            # On SQLite a transaction runs inline: between two of them the event loop gets its turn.
            await asyncio.sleep(0)
        await tools.database.run(partial(_sweep, calendar, found.meetings, window, now))
        await tools.database.run(partial(_propose, calendar, found.unknown, now))

    async def _trouble(self, team_id: str, calendar_id: str, problem: str) -> None:
        """Try again later and later; tell the owner once."""
        tools, now = self._tools, self._tools.clock.now()
        calendar = await tools.database.read(calendars.get, tools.vault, team_id, calendar_id)
        if calendar is None:
            return
        pause = min(EVERY * 2 ** min(calendar.failures, 10), LONGEST_PAUSE) * random.uniform(1 - JITTER, 1 + JITTER)
        failures = await tools.database.run(calendars.failed, team_id, calendar_id, problem, now, now + pause)
        if failures < TELL_AFTER:
            return
        owner = await tools.database.read(members.get, team_id, calendar.owner_id)
        message = connect_page.calendar_trouble(
            translator(owner.language if owner else "en"), calendar, Invalid(InvalidCode(problem))
        )
        # Once for each time that it stopped working, however often it fails until it works again.
        key = (
            f"trouble-{calendar_id}-{calendar.synced_at:%Y%m%dT%H%M%S}"
            if calendar.synced_at
            else f"trouble-{calendar_id}"
        )
        await tools.posting.to_member(team_id, calendar.owner_id, key, message)


def _batches(found: Sequence[Meeting]) -> Iterator[list[Meeting]]:
    for start in range(0, len(found), BATCH):
        yield list(found[start : start + BATCH])


def _lay_over(
    calendar: Calendar,
    batch: Sequence[Meeting],
    window: SyncWindow,
    now: datetime,
    leads: Leads,
    week: WorkWeek,
    session: Session,
) -> None:
    laid = meetings.lay_over(session, calendar, batch, window, now)
    _tell_of_moves(session, laid.changed, now)
    for meeting in (*laid.added, *(after for _, after in laid.changed)):
        if meeting.starts_at > now:
            plan_reminders(session, meeting, leads, week, now)
    _show(session, [after for _, after in laid.changed], now)
    _withdraw(session, laid.cancelled, now)


def _sweep(calendar: Calendar, found: Sequence[Meeting], window: SyncWindow, now: datetime, session: Session) -> None:
    """What is not in the calendar any more is cancelled."""
    _withdraw(session, meetings.cancel_missing(session, calendar, found, window, now), now)


def _withdraw(session: Session, cancelled: Sequence[Meeting], now: datetime) -> None:
    for meeting in cancelled:
        reminders.withdraw(session, meeting.team_id, meeting.id)
        requests.end_of_meeting(session, meeting.team_id, meeting.id, ApprovalState.WITHDRAWN, now)
    _show(session, cancelled, now)


def _show(session: Session, changed: Sequence[Meeting], now: datetime) -> None:
    """A message about a meeting that changed must not go on telling the old story."""
    for meeting in changed:
        if meetings.live_message(session, meeting.team_id, meeting.id) is not None:
            outbox.promise(
                session, meeting.team_id, Work.SHOW_MEETING, meeting.id, now, edition=f"{now:%Y%m%dT%H%M%S%f}"
            )


def _tell_of_moves(session: Session, changed: Sequence[tuple[Meeting, Meeting]], now: datetime) -> None:
    """Whoever takes a meeting over has to know that its time is another one."""
    for before, after in changed:
        if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
            continue
        # Its draft and its terms are about the time of before.
        requests.end_of_meeting(session, after.team_id, after.id, ApprovalState.MOVED, now)
        decision = decisions.standing(session, after.team_id, after.id)
        if decision is not None and isinstance(decision.terms, HandoffTerms):
            move = f"{decision.terms.brief_id}@{now:%Y%m%dT%H%M%S%f}"
            outbox.promise(session, after.team_id, Work.HANDOVER_MOVED, move, now)


def _propose(calendar: Calendar, unknown: Mapping[str, str], now: datetime, session: Session) -> None:
    new = [
        proposals.propose(session, calendar.team_id, domain, sample, calendar.owner_id, now)
        for domain, sample in list(unknown.items())[:MOST_PROPOSALS]
    ]
    # The welcome after the first reading shows them as well.
    if any(new) and calendar.synced_at is not None:
        outbox.promise(
            session, calendar.team_id, Work.PROPOSE_CLIENT, calendar.owner_id, now, edition=f"{now:%Y%m%dT%H%M%S%f}"
        )
