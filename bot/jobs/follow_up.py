"""The workflow `follow_up`: ask what came of a decision, while it still matters."""

from bot.calendars.work_week import week_of
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.brief import HandoffState
from domain.decision import Decision, DecisionState
from domain.overview import Overview
from domain.planned import FollowUp, FollowUpKind, FollowUpState
from messages import follow_up_page
from messages.i18n import translator
from storage import briefs, decisions, follow_ups, overviews, workspaces


class AskAfterwards:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, follow_up_id: str) -> None:
        steps = self._tools.steps
        state = await steps("ask", self._ask, team_id, follow_up_id)
        await steps("finish", self._finish, team_id, follow_up_id, state)

    async def _ask(self, team_id: str, follow_up_id: str) -> str:
        """Returns the state in which the follow-up is afterwards; empty where it goes on later."""
        tools, now = self._tools, self._tools.clock.now()
        due = await tools.database.read(follow_ups.get, team_id, follow_up_id)
        if due is None or due.state is not FollowUpState.PLANNED:
            return ""
        decision = await tools.database.read(decisions.get, team_id, due.decision_id)
        if decision is None or decision.state is not DecisionState.STANDING or await self._is_answered(due):
            return FollowUpState.WITHDRAWN
        overview = await tools.database.read(overviews.load, team_id, due.meeting_id, now)
        workspace = await tools.database.read(workspaces.get, team_id)
        at = week_of(overview.owner, workspace, tools.policy).next_waking(now)
        if at > now and due.kind is not FollowUpKind.ANSWER:
            await tools.database.run(follow_ups.move, team_id, due.id, at)
            return ""
        return await self._post(due, decision, overview)

    async def _post(self, due: FollowUp, decision: Decision, overview: Overview) -> str:
        tools = self._tools
        message = follow_up_page.follow_up(
            translator(overview.owner.language),
            due,
            overview.meeting,
            overview.client,
            overview.owner.time_zone,
            tools.clock.now(),
            delegate_name=overview.delegate.name if overview.delegate else "",
        )
        key = f"{due.id}-{due.due_at:%Y%m%d%H%M}"
        try:
            await tools.posting.to_member(decision.team_id, due.member_id, key, message)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            return FollowUpState.WITHDRAWN
        return FollowUpState.SENT

    async def _is_answered(self, due: FollowUp) -> bool:
        if due.kind is not FollowUpKind.ANSWER:
            return False
        brief = await self._tools.database.read(briefs.of_decision, due.team_id, due.decision_id)
        return brief is None or brief.state is not HandoffState.OFFERED

    async def _finish(self, team_id: str, follow_up_id: str, state: str) -> None:
        if state:
            await self._tools.database.run(
                follow_ups.finish, team_id, follow_up_id, FollowUpState(state), now=self._tools.clock.now()
            )
