"""The workflow `remind`: one DM about one coming meeting, while it is of use."""

from bot.calendars.work_week import leads_of, week_of
from bot.jobs.live_message import LiveMessages
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain import schedule
from domain.errors import DomainError
from domain.overview import Overview
from domain.planned import Reminder, ReminderState
from domain.words import Lead
from messages import reminder as reminder_message
from messages.i18n import translator
from storage import overviews, reminders, workspaces


class Remind:
    def __init__(self, tools: Tools, live: LiveMessages) -> None:
        self._tools = tools
        self._live = live

    async def run(self, team_id: str, reminder_id: str) -> None:
        await self._tools.steps("post", self._post, team_id, reminder_id)

    async def _post(self, team_id: str, reminder_id: str) -> None:
        """The end is noted for the start it was planned for: a meeting that moved meanwhile has its reminder still."""
        due = await self._tools.database.read(reminders.get, reminder_id)
        if due is None or due.state is not ReminderState.PLANNED or due.team_id != team_id:
            return
        state = await self._end_of(due)
        if state is not None:
            now = self._tools.clock.now()
            await self._tools.database.run(reminders.finish, due.id, state, now, starts_at=due.starts_at)

    async def _end_of(self, due: Reminder) -> ReminderState | None:
        """The state in which the reminder ends; None where its time is yet to come."""
        now = self._tools.clock.now()
        # Sent on time, it is judged by the moment it was planned for: two days ahead are not 47 hours.
        judged_at = due.due_at if now - due.due_at <= schedule.ON_TIME else now
        try:
            overview = await self._tools.database.read(overviews.load, due.team_id, due.meeting_id, judged_at)
        except DomainError:
            return ReminderState.WITHDRAWN
        if self._is_settled(due, overview):
            return ReminderState.WITHDRAWN
        return await self._remind(due, overview)

    async def _remind(self, due: Reminder, overview: Overview) -> ReminderState | None:
        tools, now = self._tools, self._tools.clock.now()
        # The start is in the key: the row of a meeting that moved is used again.
        key = f"reminder-{due.id}-{due.starts_at:%Y%m%dT%H%M}"
        # After a crash in between: what has been said is finished, whatever the time is now.
        if not await tools.posting.was_posted(due.team_id, key):
            workspace = await tools.database.read(workspaces.get, due.team_id)
            week, leads = week_of(overview.owner, workspace), leads_of(overview.owner, workspace)
            if not schedule.still_useful(due.lead, starts_at=due.starts_at, leads=leads, week=week, now=now):
                return ReminderState.SKIPPED
            if due.lead is not Lead.LATER:
                at = schedule.postponed(due.due_at, starts_at=due.starts_at, week=week, now=now)
                if at > now:
                    await tools.database.run(reminders.move, due.id, at)
                    return None
        message = reminder_message.reminder(
            translator(overview.owner.language), self._live.view(overview), now, due.lead
        )
        try:
            await self._live.post_anew(overview, key=key, message=message)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            return ReminderState.SKIPPED
        return ReminderState.SENT

    def _is_settled(self, due: Reminder, overview: Overview) -> bool:
        meeting = overview.meeting
        return (
            meeting.cancelled
            or meeting.starts_at != due.starts_at
            or meeting.has_started(self._tools.clock.now())
            or overview.decision is not None
        )
