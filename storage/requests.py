"""Decisions that wait for a manager's word: asked for, approved, turned down, left to the owner.

A meeting has at most one of them. Each change settles the approval, moves its decision and promises that everybody is
told, in the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from domain.approval import Approval, ApprovalState, Request
from domain.brief import Brief
from domain.decision import Decision, DecisionState, Override
from domain.errors import DomainError, Problem
from storage import approvals, briefs, outbox, reminders
from storage.approvals import APPROVAL, APPROVALS
from storage.models import DecisionRow, MeetingRow, table_of
from storage.outbox import Work
from storage.rows import Shape, affected

DECISIONS = table_of(DecisionRow)
MEETINGS = table_of(MeetingRow)
DECISION = Shape(Decision, DECISIONS)


def hold(session: Session, team_id: str, meeting_id: str) -> None:
    """Decisions for one meeting come one after the other. Raises DomainError (MEETING_NOT_FOUND)."""
    meeting = select(MEETINGS.c.id).where(MEETINGS.c.team_id == team_id, MEETINGS.c.id == meeting_id)
    if session.execute(meeting.with_for_update()).first() is None:
        raise DomainError(Problem.MEETING_NOT_FOUND)


def supersede_standing(session: Session, decision: Decision, at: datetime) -> None:
    """What stands for the decision's meeting makes room for it."""
    session.execute(
        update(DECISIONS)
        .where(DECISIONS.c.meeting_id == decision.meeting_id, DECISIONS.c.state == DecisionState.STANDING)
        .values(state=DecisionState.SUPERSEDED, ended_at=at, superseded_by=decision.id)
    )


def ask(session: Session, decision: Decision, brief: Brief | None, approval: Approval) -> tuple[Request, bool]:
    """The stored request, and whether it is new: one of the same id is left as it is. What stands for the meeting
    stands until the approval. Raises DomainError where another one waits, or the team has no such meeting.
    """
    hold(session, decision.team_id, decision.meeting_id)
    known = get(session, decision.team_id, decision.id)
    if known is not None:
        return known, False
    before = of_meeting(session, decision.team_id, decision.meeting_id)
    if before is not None and before.waits:
        raise DomainError(Problem.APPROVAL_WAITS)
    end_of_meeting(session, decision.team_id, decision.meeting_id, ApprovalState.WITHDRAWN, approval.asked_at)
    session.execute(insert(DECISIONS).values(**DECISION.values(decision)))
    approvals.ask(session, approval)
    if brief is not None:
        briefs.add(session, replace(brief, decision_id=decision.id))
    reminders.withdraw(session, decision.team_id, decision.meeting_id)
    outbox.promise(session, decision.team_id, Work.APPROVAL_ASKED, decision.id, approval.asked_at)
    return Request(decision=decision, approval=approval), True


def get(session: Session, team_id: str, decision_id: str) -> Request | None:
    """Whatever has become of it."""
    row = session.execute(_both().where(DECISIONS.c.team_id == team_id, DECISIONS.c.id == decision_id)).first()
    return None if row is None else _read(row)


def of_meeting(session: Session, team_id: str, meeting_id: str) -> Request | None:
    """Where the newest decision about the meeting is a request that does not stand."""
    newest = (
        select(DECISIONS.c.id)
        .where(DECISIONS.c.team_id == team_id, DECISIONS.c.meeting_id == meeting_id)
        .order_by(DECISIONS.c.made_at.desc(), DECISIONS.c.id)
        .limit(1)
        .scalar_subquery()
    )
    pending = (DecisionState.REQUESTED, DecisionState.REFUSED)
    row = session.execute(_both().where(DECISIONS.c.id == newest, DECISIONS.c.state.in_(pending))).first()
    return None if row is None else _read(row)


def stand(session: Session, request: Request, override: Override, now: datetime) -> Decision | None:
    """It stands from now on, and is promised to be carried out; None where it is no longer asked for.

    It counts as made now: what follows from it (a delegate's time to answer) begins only here.
    """
    decision = request.decision
    hold(session, decision.team_id, decision.meeting_id)
    mine = (DECISIONS.c.id == decision.id, DECISIONS.c.state == DecisionState.REQUESTED)
    if session.scalar(select(DECISIONS.c.id).where(*mine)) is None:
        return None
    supersede_standing(session, decision, now)
    session.execute(update(DECISIONS).where(*mine).values(state=DecisionState.STANDING, made_at=now, override=override))
    reminders.withdraw(session, decision.team_id, decision.meeting_id)
    outbox.promise(session, decision.team_id, Work.CARRY_OUT, decision.id, now)
    return replace(decision, state=DecisionState.STANDING, made_at=now, override=override)


def settle(session: Session, request: Request, state: ApprovalState, now: datetime, *, note: str = "") -> bool:
    """The approver's word, or what took its place; True where this call settled it."""
    team_id, decision_id = request.decision.team_id, request.decision.id
    if not approvals.settle(session, team_id, decision_id, state, now, note=note):
        return False
    outbox.promise(session, team_id, Work.APPROVAL_ANSWERED, decision_id, now, edition=state.value)
    return True


def let_go(session: Session, request: Request, now: datetime) -> bool:
    """The decision will not be made; True where this call ended it."""
    team_id, decision_id = request.decision.team_id, request.decision.id
    mine = (
        DECISIONS.c.team_id == team_id,
        DECISIONS.c.id == decision_id,
        DECISIONS.c.state == DecisionState.REQUESTED,
    )
    ended = affected(session, update(DECISIONS).where(*mine).values(state=DecisionState.REFUSED, ended_at=now)) == 1
    if ended:
        briefs.withdraw(session, team_id, decision_id, now)
    return ended


def end_of_meeting(session: Session, team_id: str, meeting_id: str, state: ApprovalState, now: datetime) -> bool:
    """What is asked for about the meeting is over: decided otherwise, cancelled, moved. True where there was any."""
    request = of_meeting(session, team_id, meeting_id)
    if request is None or not let_go(session, request, now):
        return False
    settle(session, request, state, now)
    return True


def _both() -> Select[*tuple[object, ...]]:
    return select(*DECISION.columns, *APPROVAL.columns).join_from(
        DECISIONS, APPROVALS, APPROVALS.c.decision_id == DECISIONS.c.id
    )


def _read(row: Sequence[Any]) -> Request:
    return Request(decision=DECISION.read(row), approval=APPROVAL.read(row[len(DECISION.columns) :]))
