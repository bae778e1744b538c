"""Reminders as rows with a due time: planned, moved and withdrawn with their meeting, sent once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from domain.ids import new_id
from domain.meeting import Meeting
from domain.planned import Reminder, ReminderState
from domain.words import Lead
from storage.models import MeetingRow, ReminderRow, table_of
from storage.rows import Shape, affected

REMINDERS = table_of(ReminderRow)
MEETINGS = table_of(MeetingRow)
REMINDER = Shape(Reminder, REMINDERS)

OVER = frozenset({ReminderState.SENT, ReminderState.SKIPPED})
"""What had its turn: not planned again for the same start."""


def replan(session: Session, meeting: Meeting, due: Sequence[tuple[Lead, datetime]]) -> None:
    """Makes the planned reminders of the meeting those in `due`: moved, added or withdrawn. A lead that had its turn
    for this start is not planned again. What was asked for with *Remind me later* stays while the start does. The
    same plan again changes nothing.
    """
    _hold(session, meeting)
    wanted = {} if meeting.cancelled else dict(due)
    planned: dict[Lead, Reminder] = {}
    for reminder in of_meeting(session, meeting.team_id, meeting.id):
        if reminder.state in OVER and reminder.starts_at == meeting.starts_at:
            wanted.pop(reminder.lead, None)
        elif reminder.state is not ReminderState.PLANNED:
            continue
        elif reminder.lead is Lead.LATER:
            if meeting.cancelled or reminder.starts_at != meeting.starts_at:
                _withdraw_one(session, reminder)
        elif reminder.lead in planned:
            _withdraw_one(session, reminder)
        else:
            planned[reminder.lead] = reminder
    for lead, reminder in planned.items():
        due_at = wanted.pop(lead, None)
        if due_at is None:
            _withdraw_one(session, reminder)
        elif (reminder.due_at, reminder.starts_at) != (due_at, meeting.starts_at):
            session.execute(
                update(REMINDERS)
                .where(REMINDERS.c.id == reminder.id, REMINDERS.c.state == ReminderState.PLANNED)
                .values(due_at=due_at, starts_at=meeting.starts_at, owner_id=meeting.owner_id)
            )
    for lead, due_at in wanted.items():
        _plan(session, meeting, lead, due_at)


def add_later(session: Session, meeting: Meeting, due_at: datetime) -> Reminder:
    """*Remind me later*: one at a time, the newest counts."""
    _hold(session, meeting)
    session.execute(
        update(REMINDERS)
        .where(
            REMINDERS.c.meeting_id == meeting.id,
            REMINDERS.c.lead == Lead.LATER,
            REMINDERS.c.state == ReminderState.PLANNED,
        )
        .values(state=ReminderState.WITHDRAWN)
    )
    return _plan(session, meeting, Lead.LATER, due_at)


def withdraw(session: Session, team_id: str, meeting_id: str) -> int:
    """All planned ones of the meeting; how many they were."""
    return affected(
        session,
        update(REMINDERS)
        .where(
            REMINDERS.c.team_id == team_id,
            REMINDERS.c.meeting_id == meeting_id,
            REMINDERS.c.state == ReminderState.PLANNED,
        )
        .values(state=ReminderState.WITHDRAWN),
    )


def due(session: Session, now: datetime, limit: int) -> list[Reminder]:
    """Planned ones whose time has come, of all teams, oldest first."""
    rows = session.execute(
        select(*REMINDER.columns)
        .where(REMINDERS.c.state == ReminderState.PLANNED, REMINDERS.c.due_at <= now)
        .order_by(REMINDERS.c.due_at, REMINDERS.c.id)
        .limit(limit)
    )
    return [REMINDER.read(row) for row in rows]


def next_due(session: Session) -> datetime | None:
    moment: datetime | None = session.scalar(
        select(func.min(REMINDERS.c.due_at)).where(REMINDERS.c.state == ReminderState.PLANNED)
    )
    return moment


def get(session: Session, reminder_id: str) -> Reminder | None:
    """For the planner, which works for all teams."""
    row = session.execute(select(*REMINDER.columns).where(REMINDERS.c.id == reminder_id)).first()
    return None if row is None else REMINDER.read(row)


def finish(
    session: Session, reminder_id: str, state: ReminderState, now: datetime, *, starts_at: datetime | None = None
) -> bool:
    """True where this call ended it; False where it was not planned any more, or is planned for another start than
    `starts_at`.
    """
    mine = [REMINDERS.c.id == reminder_id, REMINDERS.c.state == ReminderState.PLANNED]
    if starts_at is not None:
        mine.append(REMINDERS.c.starts_at == starts_at)
    return affected(session, update(REMINDERS).where(*mine).values(state=state, finished_at=now)) == 1


def skip_missed(session: Session, before: datetime, now: datetime) -> int:
    """Ends those that nobody could send before their meeting began, `before` that moment; how many they were."""
    missed = (REMINDERS.c.state == ReminderState.PLANNED, REMINDERS.c.starts_at < before)
    return affected(session, update(REMINDERS).where(*missed).values(state=ReminderState.SKIPPED, finished_at=now))


def move(session: Session, reminder_id: str, due_at: datetime) -> None:
    """Put off a planned one: its time came in the night, or on a free day."""
    session.execute(
        update(REMINDERS)
        .where(REMINDERS.c.id == reminder_id, REMINDERS.c.state == ReminderState.PLANNED)
        .values(due_at=due_at)
    )


def of_meeting(session: Session, team_id: str, meeting_id: str) -> list[Reminder]:
    """In every state, in the order in which they are or were due."""
    rows = session.execute(
        select(*REMINDER.columns)
        .where(REMINDERS.c.team_id == team_id, REMINDERS.c.meeting_id == meeting_id)
        .order_by(REMINDERS.c.due_at, REMINDERS.c.id)
    )
    return [REMINDER.read(row) for row in rows]


def _hold(session: Session, meeting: Meeting) -> None:
    """Two plans for one meeting come one after the other."""
    session.execute(select(MEETINGS.c.id).where(MEETINGS.c.id == meeting.id).with_for_update())


def _plan(session: Session, meeting: Meeting, lead: Lead, due_at: datetime) -> Reminder:
    reminder = Reminder(
        id=new_id(),
        team_id=meeting.team_id,
        meeting_id=meeting.id,
        owner_id=meeting.owner_id,
        lead=lead,
        due_at=due_at,
        starts_at=meeting.starts_at,
    )
    session.execute(insert(REMINDERS).values(**REMINDER.values(reminder)))
    return reminder


def _withdraw_one(session: Session, reminder: Reminder) -> None:
    session.execute(
        update(REMINDERS)
        .where(REMINDERS.c.id == reminder.id, REMINDERS.c.state == ReminderState.PLANNED)
        .values(state=ReminderState.WITHDRAWN)
    )
