"""What is coming: the list, the meeting that somebody's words mean, one by hand, keep, and *Remind me later*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.work_week import week_of, zone_of
from bot.services.option_record import end_former, is_waiting, require_replaceable
from bot.services.ports import Jobs
from bot.services.words import Candidate, match
from domain import schedule
from domain.clock import Clock
from domain.decision import Decision, KeepTerms
from domain.errors import DomainError, Problem
from domain.member import Member
from domain.overview import Overview
from domain.planned import ReminderState
from domain.upcoming import Coming, Upcoming
from domain.words import Lead, Option
from messages import meeting_list
from storage import coming, decisions, outbox, overviews, reminders, workspaces
from storage.database import Database
from storage.outbox import Work

MOST_COMING = 200
"""Meetings that words are matched against."""
LISTED = meeting_list.SHOWN
LATER_WAIT = timedelta(hours=4)
"""Working hours after which *Remind me later* comes back."""
LATER_LEAVE = timedelta(hours=2)
"""At the latest this long before the meeting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """`one` where the words are clear, else all that fit (none: nothing does)."""

    one: Overview | None
    several: Sequence[Upcoming]
    has_calendar: bool


class Meetings:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def coming(self, team_id: str, user_id: str) -> Coming:
        """On the way of every `/meetdown`."""
        return await self._database.read(coming.load, team_id, user_id, self._clock.now(), LISTED)

    async def find(self, member: Member, words: str) -> Found:
        now = self._clock.now()
        lines, has_calendar = await self._database.read(_candidates, member.team_id, member.user_id, now)
        ids = match(
            words,
            [_candidate(line) for line in lines],
            now=now,
            zone=zone_of(member.time_zone),
            locale=member.locale,
        )
        if len(ids) == 1:
            one = await self._database.read(overviews.load, member.team_id, ids[0], now)
            return Found(one=one, several=(), has_calendar=has_calendar)
        by_id = {line.id: line for line in lines}
        return Found(one=None, several=[by_id[one] for one in ids], has_calendar=has_calendar)

    async def overview(self, team_id: str, user_id: str, meeting_id: str) -> Overview:
        """Raises DomainError where it is not this member's meeting."""
        return await self._database.read(_mine, team_id, user_id, meeting_id, self._clock.now())

    async def waits_for_delegate(self, team_id: str, meeting_id: str) -> bool:
        """Whether the standing decision is a hand-over that the colleague has not answered."""
        standing = await self._database.read(decisions.standing, team_id, meeting_id)
        return standing is not None and await self._database.read(is_waiting, standing)

    async def keep(self, team_id: str, user_id: str, meeting_id: str, decision_id: str) -> Decision:
        """Hold it as planned: no reminder comes any more. A second click changes nothing."""
        decision = await self._database.run(_keep, team_id, user_id, meeting_id, decision_id, self._clock.now())
        self._jobs.poke()
        return decision

    async def later(self, member: Member, meeting_id: str) -> datetime | None:
        """When the reminder comes back; None where there is no sensible moment left before the start."""
        return await self._database.run(_later, member, meeting_id, self._clock.now())


def _candidates(session: Session, team_id: str, user_id: str, now: datetime) -> tuple[list[Upcoming], bool]:
    lines = coming.with_people(session, team_id, user_id, now, MOST_COMING)
    return lines, coming.has_calendar(session, team_id, user_id)


def _candidate(line: Upcoming) -> Candidate:
    people = tuple(person.name for person in line.attendees if person.name)
    client = (line.client_name,) if line.client_name else ()
    return Candidate(id=line.id, texts=(*client, line.title, *people[:5]), starts_at=line.starts_at)


def _mine(session: Session, team_id: str, user_id: str, meeting_id: str, now: datetime) -> Overview:
    overview = overviews.load(session, team_id, meeting_id, now)
    if overview.meeting.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    return overview


def _open(session: Session, team_id: str, user_id: str, meeting_id: str, now: datetime) -> Overview:
    overview = _mine(session, team_id, user_id, meeting_id, now)
    if overview.meeting.cancelled:
        raise DomainError(Problem.MEETING_CANCELLED)
    if overview.meeting.has_started(now):
        raise DomainError(Problem.MEETING_OVER)
    return overview


def _keep(session: Session, team_id: str, user_id: str, meeting_id: str, decision_id: str, now: datetime) -> Decision:
    overview = _open(session, team_id, user_id, meeting_id, now)
    if overview.decision is not None:
        if overview.decision.option is Option.KEEP:
            return overview.decision
        require_replaceable(session, overview.decision)
    decision = Decision(
        id=decision_id,
        team_id=team_id,
        meeting_id=meeting_id,
        client_id=overview.meeting.client_id,
        owner_id=user_id,
        option=Option.KEEP,
        reason=None,
        terms=KeepTerms(),
        draft=None,
        made_at=now,
        made_by=user_id,
        minutes_before=overview.meeting.minutes,
        mode_before=overview.meeting.mode,
    )
    stored, new = decisions.record(session, decision, None)
    if new:
        end_former(session, stored, now)
        outbox.promise(session, team_id, Work.CARRY_OUT, stored.id, now)
    return stored


def _later(session: Session, member: Member, meeting_id: str, now: datetime) -> datetime | None:
    overview = _open(session, member.team_id, member.user_id, meeting_id, now)
    if overview.decision is not None:
        raise DomainError(Problem.MEETING_ALREADY_DECIDED)
    if overview.request is not None and overview.request.waits:
        raise DomainError(Problem.APPROVAL_WAITS)
    week = week_of(member, workspaces.get(session, member.team_id))
    meeting = overview.meeting
    planned = [
        reminder.due_at
        for reminder in reminders.of_meeting(session, member.team_id, meeting_id)
        if reminder.lead is Lead.LATER and reminder.state is ReminderState.PLANNED and reminder.due_at > now
    ]
    if planned:
        return planned[0]
    due_at = schedule.remind_later_at(meeting.starts_at, wait=LATER_WAIT, leave=LATER_LEAVE, week=week, now=now)
    if due_at is not None:
        reminders.add_later(session, meeting, due_at)
    return due_at
