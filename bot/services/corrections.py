"""The text that takes an undone decision back: sent to the client at its owner's word, or by their own hand."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.decision import Decision, EffectState
from domain.errors import DomainError, Problem
from domain.words import STEP_DOWNS
from storage import corrections, decisions, outbox, overviews
from storage.outbox import Work


def own_decision(session: Session, team_id: str, user_id: str, decision_id: str) -> Decision:
    decision = decisions.get(session, team_id, decision_id)
    if decision is None:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    if decision.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    return decision


def send(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> None:
    """Promises to send it. A second click changes nothing; raises DomainError where the text is no longer true."""
    decision = own_decision(session, team_id, user_id, decision_id)
    correction = corrections.get(session, team_id, decision_id, for_change=True)
    if correction is None:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    if correction.state is not EffectState.HANDED_OVER:
        return
    overview = overviews.load(session, team_id, decision.meeting_id, now)
    if overview.meeting.cancelled:
        raise DomainError(Problem.MEETING_CANCELLED)
    if overview.meeting.has_started(now):
        raise DomainError(Problem.MEETING_OVER)
    if overview.decision is not None and overview.decision.option in STEP_DOWNS:
        raise DomainError(Problem.MEETING_ALREADY_DECIDED)
    corrections.change(session, replace(correction, state=EffectState.WAITING))
    outbox.promise(session, team_id, Work.PUT_RIGHT, decision_id, now, edition="send")


def sent_by_hand(session: Session, decision: Decision, now: datetime) -> None:
    """Its message loses the buttons. Nothing changes where it was sent, or is about to be."""
    correction = corrections.get(session, decision.team_id, decision.id, for_change=True)
    if correction is None or correction.state not in {EffectState.HANDED_OVER, EffectState.FAILED}:
        return
    corrections.change(session, replace(correction, state=EffectState.DONE, by_hand=True))
    outbox.promise(session, decision.team_id, Work.PUT_RIGHT, decision.id, now, edition="by-hand")
