"""Decisions: at most one stands per meeting; none is ever deleted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from domain.approval import ApprovalState
from domain.brief import Brief
from domain.decision import Decision, DecisionState
from domain.timeline import EffectRecord
from storage import briefs, reminders, requests
from storage.models import DecisionRow, EffectRow, MeetingRow, table_of
from storage.rows import Shape, affected, put

DECISIONS = table_of(DecisionRow)
EFFECTS = table_of(EffectRow)
MEETINGS = table_of(MeetingRow)
DECISION = Shape(Decision, DECISIONS)
EFFECT = Shape(EffectRecord, EFFECTS)


def record(session: Session, decision: Decision, brief: Brief | None) -> tuple[Decision, bool]:
    """The stored decision, and whether it is new: one with the same id was made before and is left as it is. A
    standing decision for the meeting is superseded, and one that waits for approval is let go; the meeting's planned
    reminders are withdrawn. Raises DomainError (MEETING_NOT_FOUND) where the team has no such meeting.
    """
    requests.hold(session, decision.team_id, decision.meeting_id)
    known = get(session, decision.team_id, decision.id)
    if known is not None:
        return known, False
    # Who decides otherwise no longer waits for an approval.
    requests.end_of_meeting(session, decision.team_id, decision.meeting_id, ApprovalState.WITHDRAWN, decision.made_at)
    requests.supersede_standing(session, decision, decision.made_at)
    session.execute(insert(DECISIONS).values(**DECISION.values(decision)))
    if brief is not None:
        briefs.add(session, replace(brief, decision_id=decision.id))
    reminders.withdraw(session, decision.team_id, decision.meeting_id)
    return get(session, decision.team_id, decision.id) or decision, True


def get(session: Session, team_id: str, decision_id: str) -> Decision | None:
    row = session.execute(
        select(*DECISION.columns).where(DECISIONS.c.team_id == team_id, DECISIONS.c.id == decision_id)
    ).first()
    return None if row is None else DECISION.read(row)


def standing(session: Session, team_id: str, meeting_id: str) -> Decision | None:
    row = session.execute(
        select(*DECISION.columns).where(
            DECISIONS.c.team_id == team_id,
            DECISIONS.c.meeting_id == meeting_id,
            DECISIONS.c.state == DecisionState.STANDING,
        )
    ).first()
    return None if row is None else DECISION.read(row)


def end(session: Session, team_id: str, decision_id: str, state: DecisionState, now: datetime) -> bool:
    """True where this call ended it; False where it did not stand any more."""
    changed = affected(
        session,
        update(DECISIONS)
        .where(
            DECISIONS.c.team_id == team_id,
            DECISIONS.c.id == decision_id,
            DECISIONS.c.state == DecisionState.STANDING,
        )
        .values(state=state, ended_at=now),
    )
    return changed == 1


def superseded_by(session: Session, team_id: str, decision_id: str) -> Decision | None:
    """The decision whose place this one took, if it took one's place."""
    row = session.execute(
        select(*DECISION.columns).where(DECISIONS.c.team_id == team_id, DECISIONS.c.superseded_by == decision_id)
    ).first()
    return None if row is None else DECISION.read(row)


def effects(session: Session, decision_id: str) -> tuple[EffectRecord, ...]:
    return effects_of_all(session, [decision_id]).get(decision_id, ())


def set_effect(session: Session, decision_id: str, effect: EffectRecord, now: datetime) -> None:
    put(session, EFFECTS, {**EFFECT.values(effect), "decision_id": decision_id, "changed_at": now})


def begin_effect(session: Session, team_id: str, decision_id: str, effect: EffectRecord, now: datetime) -> bool:
    """Notes the effect where the decision still stands. An undo comes before this, and then nothing may happen, or
    after it, and then finds it.
    """
    mine = select(DECISIONS.c.state).where(DECISIONS.c.team_id == team_id, DECISIONS.c.id == decision_id)
    if session.scalar(mine.with_for_update()) != DecisionState.STANDING:
        return False
    set_effect(session, decision_id, effect, now)
    return True


def effects_of_all(session: Session, decision_ids: list[str]) -> dict[str, tuple[EffectRecord, ...]]:
    """By decision id, each in the order of `Effect`'s names."""
    rows: Iterable[Row[*tuple[object, ...]]] = session.execute(
        select(*EFFECT.columns, EFFECTS.c.decision_id)
        .where(EFFECTS.c.decision_id.in_(decision_ids))
        .order_by(EFFECTS.c.effect)
    )
    records: defaultdict[str, list[EffectRecord]] = defaultdict(list)
    for row in rows:
        records[row.decision_id].append(EFFECT.read(row))
    return {decision_id: tuple(several) for decision_id, several in records.items()}
