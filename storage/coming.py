"""What is coming for a member: read on every `/meetdown`, so one statement answers nearly all of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, select
from sqlalchemy.orm import Session

from domain.decision import DecisionState
from domain.upcoming import Coming, Upcoming
from storage import proposals
from storage.first_meetings import KIND_NOW, known_by
from storage.models import CalendarRow, ClientRow, DecisionRow, MeetingRow, ProposalRow, table_of

MEETINGS = table_of(MeetingRow)
CLIENTS = table_of(ClientRow)
DECISIONS = table_of(DecisionRow)
CALENDARS = table_of(CalendarRow)
PROPOSALS = table_of(ProposalRow)


def load(session: Session, team_id: str, owner_id: str, now: datetime, limit: int) -> Coming:
    """The nearest meetings, and what is said around them."""
    given = {"team": team_id, "owner": owner_id, "now": now, "most": limit, **known_by(now)}
    rows = session.connection().execute(_LISTED, given).all()
    around = rows[0][-len(_AROUND) :] if rows else session.connection().execute(_ONLY_AROUND, given).one()
    total, has_calendar, is_asked = around
    return Coming(
        meetings=tuple(_upcoming(row) for row in rows),
        total=total,
        has_calendar=has_calendar,
        proposals=tuple(proposals.open_for(session, team_id, owner_id)) if is_asked else (),
    )


def with_people(session: Session, team_id: str, owner_id: str, now: datetime, limit: int) -> list[Upcoming]:
    """As `load` lists them, each with everybody who is invited, to be found by their names."""
    given = {"team": team_id, "owner": owner_id, "now": now, "most": limit, **known_by(now)}
    return [_upcoming(row) for row in session.connection().execute(_WITH_PEOPLE, given)]


def has_calendar(session: Session, team_id: str, owner_id: str) -> bool:
    return bool(session.scalar(select(_HAS_CALENDAR), {"team": team_id, "owner": owner_id}))


def count_by_client(session: Session, team_id: str, owner_id: str, now: datetime) -> Mapping[str, int]:
    """How many are coming with each client, by its id; who has none is left out."""
    given = {"team": team_id, "owner": owner_id, "now": now}
    return {row[0]: row[1] for row in session.execute(_BY_CLIENT, given)}


def _upcoming(row: Sequence[Any]) -> Upcoming:
    return Upcoming(
        id=row[0],
        title=row[1],
        starts_at=row[2],
        ends_at=row[3],
        mode=row[4],
        kind=row[5],
        client_name=row[6],
        tier=row[7],
        terms=row[8],
        attendees=row[9] or (),
    )


def _listing(attendees: ColumnElement[Any], *others: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    standing = and_(DECISIONS.c.meeting_id == MEETINGS.c.id, DECISIONS.c.state == DecisionState.STANDING)
    columns = [getattr(MEETINGS.c, name) for name in ("id", "title", "starts_at", "ends_at", "mode")]
    return (
        select(*columns, KIND_NOW, CLIENTS.c.name, CLIENTS.c.tier, DECISIONS.c.terms, attendees, *others)
        .select_from(MEETINGS.outerjoin(CLIENTS, CLIENTS.c.id == MEETINGS.c.client_id).outerjoin(DECISIONS, standing))
        .where(*_AHEAD)
        .order_by(MEETINGS.c.starts_at, MEETINGS.c.id)
        .limit(bindparam("most"))
    )


# Built once: to put a statement together costs more than SQLite needs to answer it.
_AHEAD = (
    MEETINGS.c.team_id == bindparam("team"),
    MEETINGS.c.owner_id == bindparam("owner"),
    MEETINGS.c.cancelled.is_(False),
    MEETINGS.c.starts_at > bindparam("now"),
)
_HAS_CALENDAR = exists().where(CALENDARS.c.team_id == bindparam("team"), CALENDARS.c.owner_id == bindparam("owner"))
_IS_ASKED = exists().where(
    PROPOSALS.c.team_id == bindparam("team"),
    PROPOSALS.c.member_id == bindparam("owner"),
    PROPOSALS.c.accepted.is_(None),
)
_TOTAL = select(func.count()).select_from(MEETINGS).where(*_AHEAD).correlate(None).scalar_subquery()
_AROUND = (_TOTAL, _HAS_CALENDAR, _IS_ASKED)
_ONLY_AROUND = select(*_AROUND)
_LISTED = _listing(case((CLIENTS.c.id.is_(None), MEETINGS.c.attendees)), *_AROUND)
_WITH_PEOPLE = _listing(MEETINGS.c.attendees)
_BY_CLIENT = (
    select(MEETINGS.c.client_id, func.count())
    .where(*_AHEAD, MEETINGS.c.client_id.is_not(None))
    .group_by(MEETINGS.c.client_id)
)
