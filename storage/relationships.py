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


@dataclass(frozen=True, slots=True)
class _Lead:
    user_id: str
    email: str


def gather(session: Session, team_id: str, owners: frozenset[str] | None, now: datetime) -> list[Relationship]:
    """Of the clients that one of the owners leads or met lately; None: of all. What the client saw counts, so the
    meetings are everybody's.
    """
    leads = _leads(session, team_id, owners, now)
    planned = session.execute(
        select(MEETINGS.c.client_id, func.min(MEETINGS.c.starts_at).label("next_at"))
        .where(MEETINGS.c.team_id == team_id, MEETINGS.c.starts_at > now, MEETINGS.c.cancelled.is_(False))
        .group_by(MEETINGS.c.client_id)
    )
    coming = {row.client_id: row.next_at for row in planned}
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_lately(team_id, now)):
        if row.client_id in leads:
            rows[row.client_id].append(row)
    return [
        Relationship(
            client_id=client_id, past=tuple(_touches(rows[client_id], leads[client_id])), next_at=coming.get(client_id)
        )
        for client_id in sorted(rows)
    ]


def _leads(session: Session, team_id: str, owners: frozenset[str] | None, now: datetime) -> dict[str, _Lead | None]:
    """The clients that are asked about, each with who leads it."""
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
    )
    return {row.id: _Lead(row.lead_id, row.email or "") if row.lead_id else None for row in found}


def _lately(team_id: str, now: datetime) -> Select[Any]:
    """The last meetings with each client, newest first; one that was cancelled only where it was stepped down."""
    stands = and_(
        DECISIONS.c.meeting_id == MEETINGS.c.id,
        DECISIONS.c.state == DecisionState.STANDING,
        DECISIONS.c.option.in_(STEP_DOWNS),
    )
    ranked = (
        select(
            MEETINGS.c.id,
            func.row_number()
            .over(partition_by=MEETINGS.c.client_id, order_by=(MEETINGS.c.starts_at.desc(), MEETINGS.c.id))
            .label("rank"),
        )
        .select_from(MEETINGS.outerjoin(DECISIONS, stands))
        .where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.client_id.is_not(None),
            MEETINGS.c.ends_at <= now,
            MEETINGS.c.starts_at >= now - LOOK_BACK,
            or_(MEETINGS.c.cancelled.is_(False), DECISIONS.c.option == Option.EMAIL),
        )
        .subquery()
    )
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
        .select_from(
            ranked.join(MEETINGS, MEETINGS.c.id == ranked.c.id).outerjoin(DECISIONS, stands),
        )
        .where(ranked.c.rank <= ROWS_PER_CLIENT)
    )


def _touches(rows: Sequence[Any], lead: _Lead | None) -> Iterable[Touch]:
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


def _was_senior(copies: Sequence[Any], lead: _Lead | None) -> bool:
    """Whether the lead was there: in whose own calendar it was, or who was invited, and did not hand it over."""
    handed_over = {row.owner_id for row in copies if row.option is Option.HANDOFF}
    if lead is None:
        return not handed_over
    if lead.user_id in handed_over:
        return False
    return any(row.owner_id == lead.user_id or _is_invited(lead.email, row.attendees) for row in copies)


def _is_invited(email: str, attendees: str) -> bool:
    """Read only where the address is in it somewhere: there are many meetings, and each has many people."""
    if not email or email not in attendees:
        return False
    people = decode_attendees(json.loads(attendees))
    return any(person.email == email and person.response is not Response.DECLINED for person in people)
