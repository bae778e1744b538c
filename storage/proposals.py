"""Outside domains that may be clients; each is proposed once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.planned import Proposal
from storage.models import ProposalRow, table_of
from storage.rows import Shape, insert_new

PROPOSALS = table_of(ProposalRow)
PROPOSAL = Shape(Proposal, PROPOSALS)
LONGEST_DOMAIN = 253
"""Characters (RFC 1035)."""


def propose(session: Session, team_id: str, domain: str, sample_email: str, member_id: str, now: datetime) -> bool:
    """True where the domain is new; one that was proposed before stays as it was answered. What is too long for a
    domain name is none.
    """
    if len(domain) > LONGEST_DOMAIN:
        return False
    proposal = Proposal(team_id=team_id, domain=domain, sample_email=sample_email, member_id=member_id, seen_at=now)
    return insert_new(session, PROPOSALS, PROPOSAL.values(proposal))


def open_for(session: Session, team_id: str, member_id: str) -> list[Proposal]:
    """Not answered yet, oldest first."""
    rows = session.execute(
        select(*PROPOSAL.columns)
        .where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.member_id == member_id, PROPOSALS.c.accepted.is_(None))
        .order_by(PROPOSALS.c.seen_at, PROPOSALS.c.domain)
    )
    return [PROPOSAL.read(row) for row in rows]


def get(session: Session, team_id: str, domain: str) -> Proposal | None:
    """Only while it is not answered."""
    row = session.execute(
        select(*PROPOSAL.columns).where(
            PROPOSALS.c.team_id == team_id, PROPOSALS.c.domain == domain, PROPOSALS.c.accepted.is_(None)
        )
    ).first()
    return None if row is None else PROPOSAL.read(row)


def any_state(session: Session, team_id: str, domain: str) -> Proposal | None:
    """The proposal for a domain, answered or not."""
    row = session.execute(
        select(*PROPOSAL.columns).where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.domain == domain)
    ).first()
    return None if row is None else PROPOSAL.read(row)


def settle(session: Session, team_id: str, domain: str, accepted: bool) -> None:
    session.execute(
        update(PROPOSALS).where(PROPOSALS.c.team_id == team_id, PROPOSALS.c.domain == domain).values(accepted=accepted)
    )
