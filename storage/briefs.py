"""Briefs: what a delegate got, answered, ticked and asked."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from domain.brief import Brief, CheckItem, HandoffState, Question
from storage.models import BriefRow, QuestionRow, table_of
from storage.rows import Shape, affected, insert_new

BRIEFS = table_of(BriefRow)
QUESTIONS = table_of(QuestionRow)
BRIEF = Shape(Brief, BRIEFS)
QUESTION = Shape(Question, QUESTIONS)


def get(session: Session, team_id: str, brief_id: str) -> Brief | None:
    return _one(session, BRIEFS.c.team_id == team_id, BRIEFS.c.id == brief_id)


def of_decision(session: Session, team_id: str, decision_id: str) -> Brief | None:
    return _one(session, BRIEFS.c.team_id == team_id, BRIEFS.c.decision_id == decision_id)


def add(session: Session, brief: Brief) -> None:
    """Its decision must be there: `decisions.record` stores both."""
    session.execute(insert(BRIEFS).values(**BRIEF.values(brief), delegate_channel="", delegate_ts=""))
    for question in brief.questions:
        add_question(session, brief.team_id, brief.id, question)


def answer(
    session: Session, team_id: str, brief_id: str, state: HandoffState, now: datetime, because: str = ""
) -> bool:
    """True where this call answered the offer; False where it was answered or withdrawn before."""
    changed = affected(
        session,
        update(BRIEFS)
        .where(BRIEFS.c.team_id == team_id, BRIEFS.c.id == brief_id, BRIEFS.c.state == HandoffState.OFFERED)
        .values(state=state, answered_at=now, declined_because=because),
    )
    return changed == 1


def withdraw(session: Session, team_id: str, decision_id: str, now: datetime) -> bool:
    """The decision is over, whether the delegate accepted or not yet. True where this call withdrew the brief."""
    running = (HandoffState.OFFERED, HandoffState.ACCEPTED)
    changed = affected(
        session,
        update(BRIEFS)
        .where(BRIEFS.c.team_id == team_id, BRIEFS.c.decision_id == decision_id, BRIEFS.c.state.in_(running))
        .values(state=HandoffState.WITHDRAWN, answered_at=now),
    )
    return changed == 1


def tick(session: Session, team_id: str, brief_id: str, ticked: frozenset[CheckItem]) -> None:
    """Exactly these boxes are ticked now."""
    session.execute(update(BRIEFS).where(BRIEFS.c.team_id == team_id, BRIEFS.c.id == brief_id).values(ticked=ticked))


def add_question(session: Session, team_id: str, brief_id: str, question: Question) -> bool:
    """True where it is new; the same id again changes nothing."""
    if get(session, team_id, brief_id) is None:
        return False
    asked = session.scalar(select(func.count()).select_from(QUESTIONS).where(QUESTIONS.c.brief_id == brief_id))
    values = {**QUESTION.values(question), "team_id": team_id, "brief_id": brief_id, "position": asked}
    return insert_new(session, QUESTIONS, values)


def answer_question(
    session: Session, team_id: str, question_id: str, answer: str, now: datetime
) -> tuple[Brief, Question] | None:
    """The brief with the answer in it, and the question answered; None where the team has no such question."""
    brief_id = session.scalar(
        update(QUESTIONS)
        .where(QUESTIONS.c.team_id == team_id, QUESTIONS.c.id == question_id)
        .values(answer=answer, answered_at=now)
        .returning(QUESTIONS.c.brief_id)
    )
    brief = None if brief_id is None else get(session, team_id, brief_id)
    if brief is None:
        return None
    return brief, next(question for question in brief.questions if question.id == question_id)


def brief_of_question(session: Session, team_id: str, question_id: str) -> tuple[Brief, Question] | None:
    brief_id = session.scalar(
        select(QUESTIONS.c.brief_id).where(QUESTIONS.c.team_id == team_id, QUESTIONS.c.id == question_id)
    )
    brief = None if brief_id is None else get(session, team_id, brief_id)
    if brief is None:
        return None
    return brief, next(question for question in brief.questions if question.id == question_id)


def set_delegate_message(session: Session, team_id: str, brief_id: str, channel: str, ts: str) -> None:
    session.execute(
        update(BRIEFS)
        .where(BRIEFS.c.team_id == team_id, BRIEFS.c.id == brief_id)
        .values(delegate_channel=channel, delegate_ts=ts)
    )


def delegate_message(session: Session, team_id: str, brief_id: str) -> tuple[str, str] | None:
    """Channel and ts of the message that offered the brief."""
    row = session.execute(
        select(BRIEFS.c.delegate_channel, BRIEFS.c.delegate_ts).where(
            BRIEFS.c.team_id == team_id, BRIEFS.c.id == brief_id, BRIEFS.c.delegate_ts != ""
        )
    ).first()
    return None if row is None else (row.delegate_channel, row.delegate_ts)


def _one(session: Session, *conditions: ColumnElement[bool]) -> Brief | None:
    row = session.execute(select(*BRIEF.columns).where(*conditions)).first()
    if row is None:
        return None
    questions = session.execute(
        select(*QUESTION.columns).where(QUESTIONS.c.brief_id == row.id).order_by(QUESTIONS.c.position, QUESTIONS.c.id)
    )
    return BRIEF.read(row, questions=tuple(QUESTION.read(question) for question in questions))
