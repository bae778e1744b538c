"""The workflow `plan_reminders`: somebody's days or hours are other ones now, and their reminders follow."""

import asyncio
from functools import partial

from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from bot.jobs.tools import Tools
from domain.clock import Clock
from domain.member import Member
from domain.schedule import Leads
from domain.working_days import WorkWeek
from storage import meetings, members, workspaces
from storage.planning import plan_reminders


class PlanReminders:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, subject_id: str) -> None:
        """`subject_id` is a member's id, or the team's for all of its members."""
        await self._tools.steps("plan", self._plan, team_id, subject_id)

    async def _plan(self, team_id: str, subject_id: str) -> None:
        """Safe to do again: the same plan changes nothing. What was sent for a start is not sent once more."""
        tools, owners = self._tools, [subject_id]
        if subject_id == team_id:
            owners = await tools.database.read(meetings.owners_of_coming, team_id, tools.clock.now())
        workspace = await tools.database.read(workspaces.get, team_id)
        for owner_id in owners:
            owner = await tools.database.read(members.get, team_id, owner_id)
            owner = owner or Member(team_id=team_id, user_id=owner_id)
            await self._plan_of(owner, leads_of(owner, workspace), week_of(owner, workspace))
        tools.poke()

    async def _plan_of(self, owner: Member, leads: Leads, week: WorkWeek) -> None:
        tools = self._tools
        # A country's holidays are computed when they are first asked for; that takes too long for the event loop.
        await asyncio.to_thread(week.is_holiday, tools.clock.now().date())
        ids = await tools.database.read(meetings.coming_of, owner.team_id, owner.user_id, tools.clock.now())
        for meeting_id in ids:
            await tools.database.run(partial(_plan_one, owner.team_id, meeting_id, leads, week, tools.clock))
            # On SQLite a transaction runs inline: between two of them the event loop gets its turn.
            await asyncio.sleep(0)


def _plan_one(team_id: str, meeting_id: str, leads: Leads, week: WorkWeek, clock: Clock, session: Session) -> None:
    meeting = meetings.get(session, team_id, meeting_id)
    if meeting is not None:
        plan_reminders(session, meeting, leads, week, clock.now())
