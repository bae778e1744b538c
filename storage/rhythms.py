"""Other rhythms that were proposed to clients: one row per proposal, kept for as long as the client is."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.decision import EffectState
from domain.meeting import Meeting
from domain.rhythm import RhythmProposal
from storage.models import RhythmProposalRow, table_of
from storage.rows import Shape, insert_new

PROPOSALS = table_of(RhythmProposalRow)
PROPOSAL = Shape(RhythmProposal, PROPOSALS)


def add(session: Session, proposal: RhythmProposal) -> bool:
    """False where this one was made before: then nothing changes."""
    return insert_new(session, PROPOSALS, PROPOSAL.values(proposal))


def get(session: Session, team_id: str, proposal_id: str) -> RhythmProposal | None:
    row = session.execute(
        select(*PROPOSAL.columns).where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.id == proposal_id)
    ).first()
    return None if row is None else PROPOSAL.read(row)


def last_proposed_at(session: Session, meeting: Meeting) -> datetime | None:
    """When another rhythm was last proposed for the meeting's series, by whoever of its owners."""
    made_at: datetime | None = session.scalar(
        select(func.max(PROPOSALS.c.made_at)).where(
            PROPOSALS.c.team_id == meeting.team_id,
            PROPOSALS.c.client_id == meeting.client_id,
            PROPOSALS.c.uid == meeting.uid,
        )
    )
    return made_at


def set_state(session: Session, team_id: str, proposal_id: str, state: EffectState, *, in_doubt: bool = False) -> None:
    session.execute(
        update(PROPOSALS)
        .where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.id == proposal_id)
        .values(state=state, in_doubt=in_doubt)
    )
