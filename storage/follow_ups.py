"""What is due later because of a decision."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.planned import FollowUp, FollowUpState
from storage.models import FollowUpRow, table_of
from storage.rows import Shape, affected, insert_new

FOLLOW_UPS = table_of(FollowUpRow)
FOLLOW_UP = Shape(FollowUp, FOLLOW_UPS)

BEFORE: dict[FollowUpState, tuple[FollowUpState, ...]] = {
    FollowUpState.PLANNED: (),
    FollowUpState.SENT: (FollowUpState.PLANNED,),
    FollowUpState.DONE: (FollowUpState.PLANNED, FollowUpState.SENT),
    FollowUpState.WITHDRAWN: (FollowUpState.PLANNED, FollowUpState.SENT),
}
"""From which states each is reached."""


def plan(session: Session, follow_ups: Sequence[FollowUp]) -> None:
    """The same id again changes nothing."""
    for follow_up in follow_ups:
        insert_new(session, FOLLOW_UPS, FOLLOW_UP.values(follow_up))


def due(session: Session, now: datetime, limit: int) -> list[FollowUp]:
    """Planned ones whose time has come, of all teams, oldest first."""
    rows = session.execute(
        select(*FOLLOW_UP.columns)
        .where(FOLLOW_UPS.c.state == FollowUpState.PLANNED, FOLLOW_UPS.c.due_at <= now)
        .order_by(FOLLOW_UPS.c.due_at, FOLLOW_UPS.c.id)
        .limit(limit)
    )
    return [FOLLOW_UP.read(row) for row in rows]


def get(session: Session, team_id: str, follow_up_id: str) -> FollowUp | None:
    row = session.execute(
        select(*FOLLOW_UP.columns).where(FOLLOW_UPS.c.team_id == team_id, FOLLOW_UPS.c.id == follow_up_id)
    ).first()
    return None if row is None else FOLLOW_UP.read(row)


def of_decision(session: Session, team_id: str, decision_id: str) -> list[FollowUp]:
    """In every state, in the order in which they are or were due."""
    rows = session.execute(
        select(*FOLLOW_UP.columns)
        .where(FOLLOW_UPS.c.team_id == team_id, FOLLOW_UPS.c.decision_id == decision_id)
        .order_by(FOLLOW_UPS.c.due_at, FOLLOW_UPS.c.id)
    )
    return [FOLLOW_UP.read(row) for row in rows]


def finish(
    session: Session,
    team_id: str,
    follow_up_id: str,
    state: FollowUpState,
    outcome: str = "",
    *,
    now: datetime,
    due_at: datetime | None = None,
) -> bool:
    """Sent, done or withdrawn. True where this call brought it there; with `due_at` only while it is due then."""
    mine = [
        FOLLOW_UPS.c.team_id == team_id,
        FOLLOW_UPS.c.id == follow_up_id,
        FOLLOW_UPS.c.state.in_(BEFORE[state]),
    ]
    if due_at is not None:
        mine.append(FOLLOW_UPS.c.due_at == due_at)
    ended = update(FOLLOW_UPS).where(*mine).values(state=state, outcome=outcome, finished_at=now)
    return affected(session, ended) == 1


def move(session: Session, team_id: str, follow_up_id: str, due_at: datetime) -> bool:
    """Snoozed: planned again, also where it was sent. False where it is done or withdrawn."""
    changed = affected(
        session,
        update(FOLLOW_UPS)
        .where(
            FOLLOW_UPS.c.team_id == team_id,
            FOLLOW_UPS.c.id == follow_up_id,
            FOLLOW_UPS.c.state.in_((FollowUpState.PLANNED, FollowUpState.SENT)),
        )
        .values(state=FollowUpState.PLANNED, due_at=due_at, finished_at=None),
    )
    return changed == 1


def withdraw(session: Session, team_id: str, decision_id: str) -> int:
    """Those of a decision that are not done; how many they were."""
    return affected(
        session,
        update(FOLLOW_UPS)
        .where(
            FOLLOW_UPS.c.team_id == team_id,
            FOLLOW_UPS.c.decision_id == decision_id,
            FOLLOW_UPS.c.state.in_((FollowUpState.PLANNED, FollowUpState.SENT)),
        )
        .values(state=FollowUpState.WITHDRAWN),
    )
