"""What clients saw of us lately, for the alerts about our own behaviour."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from domain.decision import DecisionState, ShorterTerms
from domain.meeting import Response
from domain.relationship import COMPARED, Touch
from domain.words import STEP_DOWNS, Option
from storage.models import ClientRow, DecisionRow, MeetingRow, MemberRow, table_of
from storage.terms import decode_attendees

MEETINGS = table_of(MeetingRow)
DECISIONS = table_of(DecisionRow)
CLIENTS = table_of(ClientRow)
MEMBERS = table_of(MemberRow)

LOOK_BACK = timedelta(days=400)
"""A year and a little: a yearly meeting is among them."""
ROWS_PER_CLIENT = 6 * COMPARED
"""Twice what is compared, with room for copies in colleagues' calendars and for e-mails in place of a meeting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Relationship:
    """One client as the alerts look at it."""

    client_id: str
    past: tuple[Touch, ...]
    next_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A client that is asked about, and who leads it; both empty where nobody does."""

    client_id: str
    lead_id: str = ""
    lead_email: str = ""


def subjects(session: Session, team_id: str, owners: frozenset[str] | None, now: datetime) -> list[Subject]:
    """The clients that one of the owners leads or met lately; None: all. In the order of their ids."""
    conditions: list[ColumnElement[bool]] = [CLIENTS.c.team_id == team_id, CLIENTS.c.archived_at.is_(None)]
    if owners is not None:
        met = select(MEETINGS.c.client_id).where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.owner_id.in_(sorted(owners)),
            MEETINGS.c.cancelled.is_(False),
            MEETINGS.c.starts_at >= now - LOOK_BACK,
            MEETINGS.c.starts_at <= now,
            MEETINGS.c.client_id.is_not(None),
        )
        conditions.append(or_(CLIENTS.c.lead_id.in_(sorted(owners)), CLIENTS.c.id.in_(met)))
    of_lead = and_(MEMBERS.c.team_id == CLIENTS.c.team_id, MEMBERS.c.user_id == CLIENTS.c.lead_id)
    found = session.execute(
        select(CLIENTS.c.id, CLIENTS.c.lead_id, MEMBERS.c.email)
        .select_from(CLIENTS.outerjoin(MEMBERS, of_lead))
        .where(*conditions)
        .order_by(CLIENTS.c.id)
    )
    return [Subject(client_id=row.id, lead_id=row.lead_id or "", lead_email=row.email or "") for row in found]


def gather(session: Session, team_id: str, about: Sequence[Subject], now: datetime) -> list[Relationship]:
    """Of those that were met. What the client saw counts, so the meetings are everybody's."""
    ids = [subject.client_id for subject in about]
    planned = session.execute(
        select(MEETINGS.c.client_id, func.min(MEETINGS.c.starts_at).label("next_at"))
        .where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.client_id.in_(ids),
            MEETINGS.c.starts_at > now,
            MEETINGS.c.cancelled.is_(False),
        )
        .group_by(MEETINGS.c.client_id)
    )
    coming = {row.client_id: row.next_at for row in planned}
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_lately(team_id, ids, now)):
        rows[row.client_id].append(row)
    return [
        Relationship(
            client_id=subject.client_id,
            past=tuple(_touches(rows[subject.client_id], subject)),
            next_at=coming.get(subject.client_id),
        )
        for subject in about
        if subject.client_id in rows
    ]


def _lately(team_id: str, client_ids: Sequence[str], now: datetime) -> Select[Any]:
    """The last meetings with each client, newest first; one that was cancelled only where it was stepped down."""
    stands = and_(
        DECISIONS.c.meeting_id == MEETINGS.c.id,
        DECISIONS.c.state == DecisionState.STANDING,
        DECISIONS.c.option.in_(STEP_DOWNS),
    )
    # Both look at the index of a client's meetings only, never at the rows: most of them are too long ago.
    held = (MEETINGS.c.team_id == team_id, MEETINGS.c.client_id.in_(client_ids), MEETINGS.c.starts_at < now)
    rank = func.row_number().over(partition_by=MEETINGS.c.client_id, order_by=MEETINGS.c.starts_at.desc())
    ranked = (
        select(MEETINGS.c.client_id, MEETINGS.c.starts_at, rank.label("rank"))
        .where(*held, MEETINGS.c.starts_at >= now - LOOK_BACK)
        .subquery()
    )
    since = (
        select(ranked.c.client_id, func.min(ranked.c.starts_at).label("starts_at"))
        .where(ranked.c.rank <= ROWS_PER_CLIENT)
        .group_by(ranked.c.client_id)
        .subquery()
    )
    lately = and_(MEETINGS.c.client_id == since.c.client_id, MEETINGS.c.starts_at >= since.c.starts_at)
    return (
        select(
            MEETINGS.c.client_id,
            MEETINGS.c.owner_id,
            MEETINGS.c.starts_at,
            MEETINGS.c.ends_at,
            type_coerce(MEETINGS.c.attendees, Text).label("attendees"),
            DECISIONS.c.option,
            DECISIONS.c.terms,
        )
        .select_from(since.join(MEETINGS, lately).outerjoin(DECISIONS, stands))
        .where(
            *held,
            MEETINGS.c.ends_at <= now,
            or_(MEETINGS.c.cancelled.is_(False), DECISIONS.c.option == Option.EMAIL),
        )
    )


def _touches(rows: Sequence[Any], lead: Subject) -> Iterable[Touch]:
    """Copies of one meeting start at one moment; what was decided about one of them is what the client saw."""
    copies: defaultdict[datetime, list[Any]] = defaultdict(list)
    for row in rows:
        copies[row.starts_at].append(row)
    for starts_at, several in copies.items():
        decided = [row for row in several if row.option is not None]
        yield Touch(
            starts_at=starts_at,
            minutes=min(_minutes(row) for row in several),
            option=decided[0].option if decided else None,
            senior=_was_senior(several, lead),
        )


def _minutes(row: Any) -> int:
    if isinstance(row.terms, ShorterTerms):
        return int(row.terms.minutes)
    return round(float((row.ends_at - row.starts_at) / timedelta(minutes=1)))


def _was_senior(copies: Sequence[Any], lead: Subject) -> bool:
    """Whether the lead was there: in whose own calendar it was, or who was invited, and did not hand it over."""
    handed_over = {row.owner_id for row in copies if row.option is Option.HANDOFF}
    if not lead.lead_id:
        return not handed_over
    if lead.lead_id in handed_over:
        return False
    return any(row.owner_id == lead.lead_id or _is_invited(lead.lead_email, row.attendees) for row in copies)


def _is_invited(email: str, attendees: str) -> bool:
    """Read only where the address is in it somewhere: there are many meetings, and each has many people."""
    if not email or email not in attendees:
        return False
    people = decode_attendees(json.loads(attendees))
    return any(person.email == email and person.response is not Response.DECLINED for person in people)
