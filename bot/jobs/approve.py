"""The workflows around a manager's approval: asked, answered, and not answered in time."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.live_message import LiveMessages
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.approval import LEFT_TO_OWNER, ApprovalState, Request
from domain.member import Member
from messages import approval_page
from messages.approval_page import ApprovalPage
from messages.blocks import Message
from messages.i18n import translator
from storage import meetings, members, overviews, requests, workspaces
from storage.planning import plan_reminders

log = structlog.get_logger()

TOLD_ANEW = LEFT_TO_OWNER | {ApprovalState.APPROVED, ApprovalState.DECLINED, ApprovalState.MOVED}
"""What the owner has to hear of; the rest they did themselves, or it is told with the meeting."""


class Approve:
    def __init__(self, tools: Tools, live: LiveMessages) -> None:
        self._tools = tools
        self._live = live

    async def asked(self, team_id: str, decision_id: str) -> None:
        """The approver gets the question, and the owner sees that it is waited for."""
        await in_turn(
            self._tools.steps,
            team_id,
            decision_id,
            Step("approver", self._ask),
            Step("owner", self._show_owner),
        )

    async def answered(self, team_id: str, decision_id: str) -> None:
        """Both see what became of it."""
        await in_turn(
            self._tools.steps,
            team_id,
            decision_id,
            Step("approver", self._show_approver),
            Step("owner", self._tell_owner),
        )

    async def due(self, team_id: str, decision_id: str) -> None:
        """Nobody has answered in time, or nobody has to any more."""
        await self._tools.steps("settle", self._time_out, team_id, decision_id)
        self._tools.poke()

    async def _ask(self, team_id: str, decision_id: str) -> None:
        request = await self._request(team_id, decision_id)
        if not request.waits:
            return
        message = await self._approver_message(request)
        try:
            await self._tools.posting.to_member(team_id, request.approval.approver_id, _key(request), message)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            log.warning("approver_unreachable", decision=decision_id, code=problem.code.value)
            now = self._tools.clock.now()
            await self._tools.database.run(_settle, team_id, decision_id, ApprovalState.UNREACHED, now)
            self._tools.poke()

    async def _show_owner(self, team_id: str, decision_id: str) -> None:
        request = await self._request(team_id, decision_id)
        await self._live.show(team_id, request.decision.meeting_id, key=f"requested-{decision_id}")

    async def _show_approver(self, team_id: str, decision_id: str) -> None:
        """Their message loses its buttons."""
        request = await self._request(team_id, decision_id)
        live = await self._tools.posting.posted(team_id, _key(request))
        if live is not None:
            message = await self._approver_message(request)
            await self._tools.posting.edit(team_id, live, _key(request), message)

    async def _tell_owner(self, team_id: str, decision_id: str) -> None:
        request = await self._request(team_id, decision_id)
        state, meeting_id = request.approval.state, request.decision.meeting_id
        if state in TOLD_ANEW:
            await self._live.show_anew(team_id, meeting_id, key=f"approval-{state.value}-{decision_id}")
        else:
            await self._live.refresh(team_id, meeting_id)

    async def _time_out(self, team_id: str, decision_id: str) -> None:
        await self._tools.database.run(_settle_due, team_id, decision_id, self._tools.clock.now())

    async def _request(self, team_id: str, decision_id: str) -> Request:
        request = await self._tools.database.read(requests.get, team_id, decision_id)
        if request is None:
            raise LookupError(f"no request {decision_id}")
        return request

    async def _approver_message(self, request: Request) -> Message:
        tools, decision = self._tools, request.decision
        now, team_id = tools.clock.now(), decision.team_id
        overview = await tools.database.read(overviews.load, team_id, decision.meeting_id, now, reason=decision.reason)
        shown = await tools.database.read(overviews.with_delegate, request)
        approver_id = request.approval.approver_id
        approver = await tools.database.read(members.get, team_id, approver_id)
        approver = approver or Member(team_id=team_id, user_id=approver_id)
        page = ApprovalPage(
            request=shown,
            meeting=overview.meeting,
            client=overview.client,
            assessment=overview.assessment,
            owner_name=overview.owner.name,
            zone=approver.time_zone,
            now=now,
        )
        return approval_page.approver_message(translator(approver.language), page)


def _key(request: Request) -> str:
    return f"approval-{request.decision.id}"


def _settle_due(session: Session, team_id: str, decision_id: str, now: datetime) -> None:
    request = requests.get(session, team_id, decision_id)
    workspace = workspaces.get(session, team_id)
    if request is None or not request.waits:
        return
    if workspace is not None and not workspace.asks_approval:
        _settle(session, team_id, decision_id, ApprovalState.DROPPED, now)
    elif request.approval.due_at <= now:
        _settle(session, team_id, decision_id, ApprovalState.TIMED_OUT, now)


def _settle(session: Session, team_id: str, decision_id: str, state: ApprovalState, now: datetime) -> None:
    """The choice is the owner's: they are reminded again. Of a meeting that is over there is none left."""
    request = requests.get(session, team_id, decision_id)
    meeting = meetings.get(session, team_id, request.decision.meeting_id) if request else None
    if request is None or meeting is None:
        return
    if meeting.cancelled or meeting.has_started(now):
        requests.let_go(session, request, now)
        state = ApprovalState.WITHDRAWN
    if not requests.settle(session, request, state, now):
        return
    owner = members.get(session, team_id, request.decision.owner_id)
    if owner is not None and state is not ApprovalState.WITHDRAWN:
        workspace = workspaces.get(session, team_id)
        plan_reminders(session, meeting, leads_of(owner, workspace), week_of(owner, workspace), now, is_shown=True)
