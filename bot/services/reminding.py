"""Reminders of a meeting that is entered, or open again: planned as its owner's days and hours have it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from domain.meeting import Meeting
from domain.member import Member
from domain.policy import Policy
from storage import workspaces
from storage.planning import plan_reminders


def plan_again(session: Session, meeting: Meeting, owner: Member, now: datetime) -> None:
    """Those that had their turn for this start do not come again."""
    policy = Policy()
    week = week_of(owner, workspaces.get(session, owner.team_id), policy)
    plan_reminders(session, meeting, leads_of(owner, policy), week, now)
