"""A manager's approval: who is asked, what they answer, and what the owner may do about it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.work_week import week_of, zone_of
from bot.services.members import Members
from bot.services.option_record import end_former
from bot.services.ports import Jobs
from bot.services.reminding import plan_again
from bot.slack.people import People
from bot.slack.problems import SlackCode, SlackProblem
from domain import schedule
from domain.approval import LATEST, LEFT_TO_OWNER, Approval, ApprovalState, Request
from domain.clock import Clock
from domain.decision import Decision, DecisionState, EmailTerms, Override
from domain.errors import DomainError, Problem
from domain.ids import new_id
from domain.meeting import Meeting
from domain.member import Member, Workspace
from domain.planned import Form, FormKind
from domain.words import Verdict
from storage import forms, meetings, members, outbox, requests
from storage.database import Database
from storage.outbox import Work

LONGEST_TEXT = 1000
ANSWER_WITHIN_S = 1.0
"""Seconds that Slack is waited for where a window has to open."""
GONE = frozenset({SlackCode.USER_NOT_FOUND, SlackCode.USER_NOT_VISIBLE})


class Approvers:
    def __init__(self, *, members: Members, people: People) -> None:
        self._members = members
        self._people = people

    async def of(self, owner: Member, workspace: Workspace | None, *, afresh: bool = False) -> Member | None:
        """Whom the owner has to ask for a blocked option: their own manager, else the workspace's. None where the
        workspace does not ask, or nobody else is there to be asked. `afresh`: as Slack has them now, not of late.
        """
        if workspace is None or not workspace.asks_approval:
            return None
        for user_id in dict.fromkeys((owner.manager_id, workspace.approver_id)):
            if user_id and user_id != owner.user_id and await self._is_there(owner.team_id, user_id, afresh):
                return await self._members.know(owner.team_id, user_id)
        return None

    async def _is_there(self, team_id: str, user_id: str, afresh: bool) -> bool:
        """Where Slack does not say, they are taken to be: a message that reaches nobody is noticed later."""
        if afresh:
            self._people.changed(team_id=team_id, user_id=user_id)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                person = await self._people.person(team_id=team_id, user_id=user_id)
        except (SlackProblem, TimeoutError) as problem:
            return not (isinstance(problem, SlackProblem) and problem.code in GONE)
        return not (person.is_bot or person.is_deleted)


def approval_of(decision: Decision, meeting: Meeting, approver: Member, workspace: Workspace | None) -> Approval:
    """What is asked of the approver, and until when: working hours of their own week."""
    policy_hours = workspace.policy.approval_silence_working_hours if workspace else 0
    return Approval(
        decision_id=decision.id,
        team_id=decision.team_id,
        meeting_id=decision.meeting_id,
        owner_id=decision.owner_id,
        approver_id=approver.user_id,
        asked_at=decision.made_at,
        due_at=schedule.answer_due(
            decision.made_at,
            starts_at=meeting.starts_at,
            wait=timedelta(hours=policy_hours),
            leave=LATEST,
            week=week_of(approver, workspace),
        ),
    )


class Approvals:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def approve(self, team_id: str, user_id: str, decision_id: str) -> None:
        """For the approver. A second click changes nothing; raises DomainError where it is too late."""
        await self._database.run(_approve, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()

    async def open_decline(self, team_id: str, user_id: str, decision_id: str) -> str:
        """The form for a no and a sentence; its id."""
        now = self._clock.now()
        await self._database.read(_asked, team_id, user_id, decision_id, now)
        form = Form(
            id=new_id(),
            team_id=team_id,
            user_id=user_id,
            kind=FormKind.APPROVAL,
            subject_id=decision_id,
            opened_at=now,
        )
        await self._database.run(forms.open_, form)
        return form.id

    async def decline(self, team_id: str, user_id: str, form_id: str, because: str) -> None:
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not FormKind.APPROVAL:
            raise DomainError(Problem.FORM_EXPIRED)
        note = because.strip()[:LONGEST_TEXT]
        await self._database.run(_decline, team_id, user_id, form.subject_id, note, self._clock.now())
        self._jobs.poke()

    async def withdraw(self, team_id: str, user_id: str, decision_id: str) -> Request:
        """For the owner, who does not want it any more; as it is then."""
        request = await self._database.run(_withdraw, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()
        return request

    async def go_ahead(self, team_id: str, user_id: str, decision_id: str) -> Decision:
        """For the owner, once nobody is asked any more: on their own word."""
        decision = await self._database.run(_go_ahead, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()
        return decision


def _load(session: Session, team_id: str, decision_id: str) -> Request:
    request = requests.get(session, team_id, decision_id)
    if request is None:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    return request


def _of_owner(session: Session, team_id: str, user_id: str, decision_id: str) -> Request:
    request = _load(session, team_id, decision_id)
    if request.approval.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    return request


def _asked(
    session: Session,
    team_id: str,
    user_id: str,
    decision_id: str,
    now: datetime,
    *,
    unless: ApprovalState | None = None,
) -> Request:
    """Who acts is checked against the stored approval. `unless`: the answer that is being given, which may be there
    already. Raises DomainError where nobody asks any more.
    """
    request = _load(session, team_id, decision_id)
    state = request.approval.state
    if request.approval.approver_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    if state is unless:
        return request
    if state in LEFT_TO_OWNER:
        raise DomainError(Problem.APPROVAL_LATE)
    if state in {ApprovalState.APPROVED, ApprovalState.DECLINED}:
        raise DomainError(Problem.APPROVAL_ANSWERED)
    if not request.waits:
        raise DomainError(Problem.APPROVAL_OVER)
    _require_ahead(session, request, now)
    return request


def _require_ahead(session: Session, request: Request, now: datetime) -> Meeting:
    meeting = meetings.get(session, request.decision.team_id, request.decision.meeting_id)
    if meeting is None:
        raise DomainError(Problem.MEETING_NOT_FOUND)
    if meeting.cancelled:
        raise DomainError(Problem.MEETING_CANCELLED)
    if meeting.has_started(now):
        raise DomainError(Problem.MEETING_OVER)
    return meeting


def _approve(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> None:
    request = _asked(session, team_id, user_id, decision_id, now, unless=ApprovalState.APPROVED)
    if request.approval.state is ApprovalState.APPROVED:
        return
    if not requests.settle(session, request, ApprovalState.APPROVED, now):
        raise DomainError(Problem.APPROVAL_ANSWERED)
    _let_stand(session, request, now, approved_at=now)


def _decline(session: Session, team_id: str, user_id: str, decision_id: str, note: str, now: datetime) -> None:
    request = _asked(session, team_id, user_id, decision_id, now, unless=ApprovalState.DECLINED)
    if request.approval.state is ApprovalState.DECLINED:
        return
    if not requests.settle(session, request, ApprovalState.DECLINED, now, note=note):
        raise DomainError(Problem.APPROVAL_ANSWERED)
    requests.let_go(session, request, now)
    _remind_again(session, request, now)


def _withdraw(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> Request:
    request = _of_owner(session, team_id, user_id, decision_id)
    if request.decision.state is DecisionState.REFUSED:
        return request
    if not requests.let_go(session, request, now):
        raise DomainError(Problem.APPROVAL_ANSWERED)
    requests.settle(session, request, ApprovalState.WITHDRAWN, now)
    _remind_again(session, request, now)
    edition = f"withdrawn-{decision_id}"
    outbox.promise(session, team_id, Work.SHOW_MEETING, request.decision.meeting_id, now, edition=edition)
    return _load(session, team_id, decision_id)


def _go_ahead(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> Decision:
    request = _of_owner(session, team_id, user_id, decision_id)
    if request.decision.state is DecisionState.STANDING:
        return request.decision
    if not request.is_left_to_owner:
        raise DomainError(Problem.APPROVAL_WAITS if request.waits else Problem.APPROVAL_ANSWERED)
    _require_ahead(session, request, now)
    return _let_stand(session, request, now, approved_at=None)


def _let_stand(session: Session, request: Request, now: datetime, *, approved_at: datetime | None) -> Decision:
    decision = request.decision
    _require_fresh(session, request, now)
    given = decision.override or Override(verdict=Verdict.BLOCKED)
    override = replace(given, asked_of=request.approval.approver_id, approved_at=approved_at)
    stored = requests.stand(session, request, override, now)
    if stored is None:
        raise DomainError(Problem.APPROVAL_OVER)
    end_former(session, stored, now)
    return stored


def _require_fresh(session: Session, request: Request, now: datetime) -> None:
    """The text was written when it was asked for, which may be days ago."""
    terms = request.decision.terms
    if not isinstance(terms, EmailTerms):
        return
    owner = members.get(session, request.decision.team_id, request.decision.owner_id)
    today = now.astimezone(zone_of(owner.time_zone if owner else "")).date()
    if terms.next_contact_on < today or (terms.call_on is not None and terms.call_on < today):
        raise DomainError(Problem.REQUEST_STALE)


def _remind_again(session: Session, request: Request, now: datetime) -> None:
    team_id = request.decision.team_id
    meeting = meetings.get(session, team_id, request.decision.meeting_id)
    owner = members.get(session, team_id, request.decision.owner_id)
    if meeting is not None and owner is not None:
        plan_again(session, meeting, owner, now, is_shown=True)
