"""Reminders of a meeting that is entered, or open again: planned as its owner's days and hours have it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from domain.meeting import Meeting
from domain.member import Member
from domain.planned import ReminderState
from storage import reminders, workspaces
from storage.planning import plan_reminders


def plan_again(session: Session, meeting: Meeting, owner: Member, now: datetime, *, is_shown: bool = False) -> None:
    """Those that had their turn for this start do not come again.

    `is_shown`: the owner has the meeting with its buttons before them, so that one which would be due by now is left
    out.
    """
    workspace = workspaces.get(session, owner.team_id)
    plan_reminders(session, meeting, leads_of(owner, workspace), week_of(owner, workspace), now)
    if is_shown:
        for reminder in reminders.of_meeting(session, meeting.team_id, meeting.id):
            if reminder.state is ReminderState.PLANNED and reminder.due_at <= now:
                reminders.finish(session, reminder.id, ReminderState.SKIPPED, now)
