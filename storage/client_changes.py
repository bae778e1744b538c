"""What befalls a client as a whole: two made one, one archived, one brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from domain.client import Client
from domain.meeting import Source
from domain.planned import ReminderState
from storage import clients
from storage.models import (
    ClientDomainRow,
    ClientRow,
    ContactRow,
    DecisionRow,
    MeetingRow,
    ReminderRow,
    RhythmProposalRow,
    SnoozeRow,
    table_of,
)
from storage.rows import affected

CLIENTS = table_of(ClientRow)
CONTACTS = table_of(ContactRow)
DECISIONS = table_of(DecisionRow)
DOMAINS = table_of(ClientDomainRow)
MEETINGS = table_of(MeetingRow)
REMINDERS = table_of(ReminderRow)
SNOOZES = table_of(SnoozeRow)
SERIES_PROPOSALS = table_of(RhythmProposalRow)

MOVED = (MEETINGS, DECISIONS, SERIES_PROPOSALS)
"""What goes to the client that is kept, row by row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Belongings:
    """How much hangs on a client."""

    contacts: int
    domains: int
    meetings: int
    decisions: int


def belongings(session: Session, team_id: str, client_id: str) -> Belongings:
    contacts, domains, meetings, decisions = (
        session.scalar(
            select(func.count()).select_from(table).where(table.c.team_id == team_id, table.c.client_id == client_id)
        )
        or 0
        for table in (CONTACTS, DOMAINS, MEETINGS, DECISIONS)
    )
    return Belongings(contacts=contacts, domains=domains, meetings=meetings, decisions=decisions)


def coming_of(session: Session, team_id: str, client_id: str, now: datetime) -> list[str]:
    """Ids of meetings that are on."""
    return _coming(session, team_id, client_id, now, cancelled=False)


def hold(session: Session, team_id: str, client_ids: Sequence[str] | None = None) -> None:
    """Nobody else changes these clients (None: any of the team) before this transaction ends: two who merge them in
    either direction come one after the other, and what is read now is still so when it is written.
    """
    wanted = select(CLIENTS.c.id).where(CLIENTS.c.team_id == team_id)
    if client_ids is not None:
        wanted = wanted.where(CLIENTS.c.id.in_(client_ids))
    session.execute(wanted.order_by(CLIENTS.c.id).with_for_update()).all()


def merge(session: Session, kept: Client, gone_id: str) -> None:
    """`kept` as it shall be, with everything of the other one, which is no more. Raises IntegrityError where a third
    client took the name meanwhile.
    """
    team_id = kept.team_id
    for table in MOVED:
        mine = (table.c.team_id == team_id, table.c.client_id == gone_id)
        session.execute(update(table).where(*mine).values(client_id=kept.id))
    both = (kept.id, gone_id)
    # What a member does not want to hear of the other client is let go: it was said of another history.
    for table in (CONTACTS, DOMAINS, SNOOZES):
        session.execute(delete(table).where(table.c.team_id == team_id, table.c.client_id.in_(both)))
    session.execute(delete(CLIENTS).where(CLIENTS.c.team_id == team_id, CLIENTS.c.id == gone_id))
    clients.update(session, kept)
    for contact in kept.contacts:
        clients.add_contact(session, team_id, contact)


def archive(session: Session, team_id: str, client_id: str, now: datetime) -> list[str]:
    """Out of the lists; the ids of the coming meetings, which are none any more. Doing it again changes nothing."""
    mine = (CLIENTS.c.team_id == team_id, CLIENTS.c.id == client_id, CLIENTS.c.archived_at.is_(None))
    if not affected(session, update(CLIENTS).where(*mine).values(archived_at=now)):
        return []
    ids = coming_of(session, team_id, client_id, now)
    session.execute(update(MEETINGS).where(MEETINGS.c.id.in_(ids)).values(cancelled=True))
    planned = (REMINDERS.c.meeting_id.in_(ids), REMINDERS.c.state == ReminderState.PLANNED)
    session.execute(update(REMINDERS).where(*planned).values(state=ReminderState.WITHDRAWN, finished_at=now))
    return ids


def bring_back(session: Session, team_id: str, client_id: str, now: datetime) -> list[str]:
    """Into the lists again; the ids of coming meetings that were entered by hand and are on again. Those of calendars
    come back when these are read.
    """
    mine = (CLIENTS.c.team_id == team_id, CLIENTS.c.id == client_id, CLIENTS.c.archived_at.is_not(None))
    if not affected(session, update(CLIENTS).where(*mine).values(archived_at=None)):
        return []
    ids = _coming(session, team_id, client_id, now, cancelled=True, source=Source.BY_HAND)
    session.execute(update(MEETINGS).where(MEETINGS.c.id.in_(ids)).values(cancelled=False))
    return ids


def _coming(
    session: Session, team_id: str, client_id: str, now: datetime, *, cancelled: bool, source: Source | None = None
) -> list[str]:
    conditions = [
        MEETINGS.c.team_id == team_id,
        MEETINGS.c.client_id == client_id,
        MEETINGS.c.starts_at > now,
        MEETINGS.c.cancelled.is_(cancelled),
    ]
    if source is not None:
        conditions.append(MEETINGS.c.source == source)
    found: Sequence[str] = session.scalars(
        select(MEETINGS.c.id).where(*conditions).order_by(MEETINGS.c.starts_at)
    ).all()
    return list(found)
