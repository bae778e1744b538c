"""What managers were asked to approve, and what they said."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from domain.approval import Approval, ApprovalState
from storage.models import ApprovalRow, WorkspaceRow, table_of
from storage.rows import Shape, affected, insert_new

APPROVALS = table_of(ApprovalRow)
WORKSPACES = table_of(WorkspaceRow)
APPROVAL = Shape(Approval, APPROVALS)


def ask(session: Session, approval: Approval) -> bool:
    """True where it is new."""
    return insert_new(session, APPROVALS, APPROVAL.values(approval))


def get(session: Session, team_id: str, decision_id: str) -> Approval | None:
    row = session.execute(
        select(*APPROVAL.columns).where(APPROVALS.c.team_id == team_id, APPROVALS.c.decision_id == decision_id)
    ).first()
    return None if row is None else APPROVAL.read(row)


def settle(
    session: Session, team_id: str, decision_id: str, state: ApprovalState, now: datetime, *, note: str = ""
) -> bool:
    """True where this call settled it: the first word counts."""
    waiting = (
        APPROVALS.c.team_id == team_id,
        APPROVALS.c.decision_id == decision_id,
        APPROVALS.c.state == ApprovalState.ASKED,
    )
    values = {"state": state, "answered_at": now, "note": note}
    return affected(session, update(APPROVALS).where(*waiting).values(**values)) == 1


def due(session: Session, now: datetime, limit: int) -> list[Approval]:
    """Those that nobody answered in time, and those whose workspace no longer asks; of all teams, oldest first."""
    rows = session.execute(
        select(*APPROVAL.columns)
        .select_from(APPROVALS.outerjoin(WORKSPACES, WORKSPACES.c.team_id == APPROVALS.c.team_id))
        .where(
            APPROVALS.c.state == ApprovalState.ASKED,
            or_(APPROVALS.c.due_at <= now, WORKSPACES.c.asks_approval.is_(False)),
        )
        .order_by(APPROVALS.c.due_at, APPROVALS.c.decision_id)
        .limit(limit)
    )
    return [APPROVAL.read(row) for row in rows]
