"""The workflow `debriefed`: the owner gets what the delegate reports."""

from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from messages import debrief_page
from messages.i18n import translator
from storage import aftermath, decisions, members, overviews


class Debriefed:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, decision_id: str) -> None:
        await self._tools.steps("tell", self._tell, team_id, decision_id)

    async def _tell(self, team_id: str, decision_id: str) -> None:
        tools, now = self._tools, self._tools.clock.now()
        found = await tools.database.read(aftermath.debriefs, team_id, [decision_id])
        decision = await tools.database.read(decisions.get, team_id, decision_id)
        if decision is None or decision_id not in found:
            return
        debrief = found[decision_id]
        overview = await tools.database.read(overviews.load, team_id, decision.meeting_id, now)
        delegate = await tools.database.read(members.get, team_id, debrief.written_by)
        message = debrief_page.owner_told(
            translator(overview.owner.language), debrief, delegate.name if delegate else "", overview, now
        )
        key = f"debrief-{decision_id}"
        live = await tools.posting.posted(team_id, key)
        if live is not None:
            # The delegate has changed it since.
            await tools.posting.edit(team_id, live, key, message)
            return
        try:
            await tools.posting.to_member(team_id, decision.owner_id, key, message)
        except SlackProblem as problem:
            # The report is kept with the client all the same.
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
