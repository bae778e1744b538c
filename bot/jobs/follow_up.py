"""The workflow `follow_up`: ask what came of a decision, while it still matters."""

from dataclasses import replace

from bot.calendars.work_week import week_of
from bot.jobs.follow_up_plan import DEBRIEF_AFTER
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.brief import HandoffState
from domain.decision import Decision, DecisionState
from domain.member import Member
from domain.overview import Overview
from domain.planned import FollowUp, FollowUpKind, FollowUpState
from messages import follow_up_page
from messages.i18n import translator
from storage import briefs, decisions, follow_ups, members, overviews, workspaces

_EXPECTS = {FollowUpKind.ANSWER: HandoffState.OFFERED, FollowUpKind.DEBRIEF: HandoffState.ACCEPTED}
"""As what the brief has to stand for the question to make sense."""


class AskAfterwards:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, follow_up_id: str) -> None:
        await self._tools.steps("ask", self._ask, team_id, follow_up_id)

    async def _ask(self, team_id: str, follow_up_id: str) -> None:
        due = await self._tools.database.read(follow_ups.get, team_id, follow_up_id)
        if due is None or due.state is not FollowUpState.PLANNED:
            return
        state = await self._end_of(due)
        if state is not None:
            now = self._tools.clock.now()
            # One that its owner put off right after it was posted stays planned.
            await self._tools.database.run(follow_ups.finish, team_id, follow_up_id, state, now=now, due_at=due.due_at)

    async def _end_of(self, due: FollowUp) -> FollowUpState | None:
        """The state in which the follow-up is afterwards; None where it goes on later."""
        tools, team_id, now = self._tools, due.team_id, self._tools.clock.now()
        decision = await tools.database.read(decisions.get, team_id, due.decision_id)
        if decision is None or decision.state is not DecisionState.STANDING or await self._is_answered(due):
            return FollowUpState.WITHDRAWN
        overview = await tools.database.read(overviews.load, team_id, due.meeting_id, now)
        workspace = await tools.database.read(workspaces.get, team_id)
        asked = await tools.database.read(members.get, team_id, due.member_id) or overview.owner
        at = week_of(asked, workspace).next_waking(now)
        if due.kind is FollowUpKind.DEBRIEF and overview.meeting.cancelled:
            return FollowUpState.WITHDRAWN
        if due.kind is FollowUpKind.DEBRIEF and overview.meeting.ends_at > now:
            # It was moved: how it was can be told afterwards only.
            await tools.database.run(follow_ups.move, team_id, due.id, overview.meeting.ends_at + DEBRIEF_AFTER)
            return None
        # After a crash in between: what has been asked is not asked again in the morning.
        if at > now and due.kind is not FollowUpKind.ANSWER and not await tools.posting.was_posted(team_id, _key(due)):
            await tools.database.run(follow_ups.move, team_id, due.id, at)
            return None
        return await self._post(due, decision, overview, asked)

    async def _post(self, due: FollowUp, decision: Decision, overview: Overview, asked: Member) -> FollowUpState:
        tools = self._tools
        message = follow_up_page.follow_up(
            translator(asked.language),
            due,
            overview.meeting,
            overview.client,
            asked.time_zone,
            tools.clock.now(),
            delegate_name=overview.delegate.name if overview.delegate else "",
            owner_name=overview.owner.name,
        )
        try:
            await tools.posting.to_member(decision.team_id, due.member_id, _key(due), message)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            return FollowUpState.WITHDRAWN
        return FollowUpState.SENT

    async def _is_answered(self, due: FollowUp) -> bool:
        """Whether there is nothing to ask any more: a delegate has answered, or has not taken the meeting over."""
        if due.kind not in _EXPECTS:
            return False
        brief = await self._tools.database.read(briefs.of_decision, due.team_id, due.decision_id)
        return brief is None or brief.state is not _EXPECTS[due.kind]


async def settle_answer(tools: Tools, team_id: str, decision_id: str, *, is_answered: bool) -> None:
    """The question about a silent delegate loses its buttons: they have answered, or nobody waits for it any more."""
    known = await tools.database.read(follow_ups.of_decision, team_id, decision_id)
    due = next((one for one in known if one.kind is FollowUpKind.ANSWER), None)
    live = await tools.posting.posted(team_id, _key(due)) if due else None
    if due is None or live is None:
        return
    now = tools.clock.now()
    state = FollowUpState.DONE if is_answered else FollowUpState.WITHDRAWN
    await tools.database.run(follow_ups.finish, team_id, due.id, state, now=now)
    overview = await tools.database.read(overviews.load, team_id, due.meeting_id, now)
    brief = await tools.database.read(briefs.of_decision, team_id, decision_id)
    delegate = await tools.database.read(members.get, team_id, brief.delegate_id) if brief else None
    message = follow_up_page.settled(
        translator(overview.owner.language),
        replace(due, state=state),
        overview.meeting,
        overview.client,
        overview.owner.time_zone,
        now,
        delegate_name=delegate.name if delegate else "",
    )
    await tools.posting.edit(team_id, live, _key(due), message)


def _key(due: FollowUp) -> str:
    """One that is snoozed is asked anew."""
    return f"{due.id}-{due.due_at:%Y%m%d%H%M}"
