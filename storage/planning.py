"""Reminders follow their meeting: planned with it, moved with it, withdrawn with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain import schedule
from domain.meeting import Meeting
from domain.planned import ReminderState
from domain.schedule import Leads
from domain.working_days import WorkWeek
from storage import decisions, reminders, requests


def plan_reminders(
    session: Session, meeting: Meeting, leads: Leads, week: WorkWeek, now: datetime, *, is_shown: bool = False
) -> None:
    """Safe to call again. A meeting that is cancelled, over or decided on has none, nor one that waits for approval.

    `is_shown`: the owner has the meeting with its buttons before them, so that one which would be due by now is left
    out.
    """
    request = requests.of_meeting(session, meeting.team_id, meeting.id)
    waits = request is not None and request.waits
    if meeting.cancelled or waits or decisions.standing(session, meeting.team_id, meeting.id) is not None:
        reminders.withdraw(session, meeting.team_id, meeting.id)
        return
    due = schedule.plan(meeting.starts_at, leads=leads, week=week, now=now)
    reminders.replan(session, meeting, [(one.lead, one.due_at) for one in due])
    if is_shown:
        for reminder in reminders.of_meeting(session, meeting.team_id, meeting.id):
            if reminder.state is ReminderState.PLANNED and reminder.due_at <= now:
                reminders.finish(session, reminder.id, ReminderState.SKIPPED, now)
