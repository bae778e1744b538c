"""Reminders of a meeting that is entered, or open again: planned as its owner's days and hours have it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from domain.meeting import Meeting
from domain.member import Member
from storage import workspaces
from storage.planning import plan_reminders


def plan_again(session: Session, meeting: Meeting, owner: Member, now: datetime, *, is_shown: bool = False) -> None:
    """Those that had their turn for this start do not come again. `is_shown` as for `plan_reminders`."""
    workspace = workspaces.get(session, owner.team_id)
    plan_reminders(session, meeting, leads_of(owner, workspace), week_of(owner, workspace), now, is_shown=is_shown)
