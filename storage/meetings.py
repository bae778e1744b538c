"""Meetings: what is coming for an owner, and one at a time. How a calendar becomes meetings is in `storage.sync`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from domain.client import Client
from domain.decision import Decision, DecisionState
from domain.meeting import Meeting
from domain.words import MeetingKind, Mode, Option, Tier
from storage.models import ClientRow, DecisionRow, MeetingRow, table_of
from storage.rows import Shape
from storage.sync import Applied, apply, cancel_missing, lay_over

__all__ = [
    "Applied",
    "UpcomingMeeting",
    "UpcomingRow",
    "add",
    "apply",
    "cancel_missing",
    "correct_kind",
    "count_upcoming",
    "get",
    "lay_over",
    "live_message",
    "set_live_message",
    "upcoming",
    "upcoming_rows",
]

MEETINGS = table_of(MeetingRow)
CLIENTS = table_of(ClientRow)
DECISIONS = table_of(DecisionRow)
MEETING = Shape(Meeting, MEETINGS)
CLIENT = Shape(Client, CLIENTS)
DECISION = Shape(Decision, DECISIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class UpcomingMeeting:
    meeting: Meeting
    client: Client | None
    """Without its domains and contacts."""
    decision: Decision | None
    """The standing one."""


@dataclass(frozen=True, slots=True)
class UpcomingRow:
    """What a list shows of a coming meeting."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    location: str
    client_name: str | None
    tier: Tier | None
    option: Option | None
    """Of the standing decision."""


def get(session: Session, team_id: str, meeting_id: str) -> Meeting | None:
    row = session.connection().execute(_ONE, {"team": team_id, "meeting": meeting_id}).first()
    return None if row is None else MEETING.read(row)


def upcoming(session: Session, team_id: str, owner_id: str, now: datetime, limit: int = 50) -> list[UpcomingMeeting]:
    """Not started and not cancelled, soonest first."""
    rows = session.connection().execute(_UPCOMING, {"team": team_id, "owner": owner_id, "now": now, "most": limit})
    client_at = len(MEETING.names)
    decision_at = client_at + len(CLIENT.names)
    return [
        UpcomingMeeting(
            meeting=MEETING.read(row),
            client=None if row[client_at] is None else CLIENT.read(row[client_at:decision_at]),
            decision=None if row[decision_at] is None else DECISION.read(row[decision_at:]),
        )
        for row in rows.all()
    ]


def count_upcoming(session: Session, team_id: str, owner_id: str, now: datetime) -> int:
    return session.scalar(_COUNT, {"team": team_id, "owner": owner_id, "now": now}) or 0


def upcoming_rows(session: Session, team_id: str, owner_id: str, now: datetime, limit: int = 50) -> list[UpcomingRow]:
    """As `upcoming`, with only the columns that a list shows: what `/meetdown` reads on every call."""
    rows = session.connection().execute(_UPCOMING_ROWS, {"team": team_id, "owner": owner_id, "now": now, "most": limit})
    return [UpcomingRow(*row) for row in rows.all()]


def add(session: Session, meeting: Meeting) -> None:
    session.execute(
        insert(MEETINGS).values(**MEETING.values(meeting), kind_corrected=False, live_channel="", live_ts="")
    )


def correct_kind(session: Session, team_id: str, meeting_id: str, kind: MeetingKind) -> None:
    """The owner's word: kept by every later sync."""
    session.execute(
        update(MEETINGS)
        .where(MEETINGS.c.team_id == team_id, MEETINGS.c.id == meeting_id)
        .values(kind=kind, kind_corrected=True)
    )


def set_live_message(session: Session, team_id: str, meeting_id: str, channel: str, ts: str) -> None:
    session.execute(
        update(MEETINGS)
        .where(MEETINGS.c.team_id == team_id, MEETINGS.c.id == meeting_id)
        .values(live_channel=channel, live_ts=ts)
    )


def live_message(session: Session, team_id: str, meeting_id: str) -> tuple[str, str] | None:
    """Channel and ts of the one message about the meeting that is kept up to date."""
    row = session.execute(
        select(MEETINGS.c.live_channel, MEETINGS.c.live_ts).where(
            MEETINGS.c.team_id == team_id, MEETINGS.c.id == meeting_id, MEETINGS.c.live_ts != ""
        )
    ).first()
    return None if row is None else (row.live_channel, row.live_ts)


def _coming(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    standing = and_(DECISIONS.c.meeting_id == MEETINGS.c.id, DECISIONS.c.state == DecisionState.STANDING)
    return (
        select(*columns)
        .select_from(MEETINGS.outerjoin(CLIENTS, CLIENTS.c.id == MEETINGS.c.client_id).outerjoin(DECISIONS, standing))
        .where(
            MEETINGS.c.team_id == bindparam("team"),
            MEETINGS.c.owner_id == bindparam("owner"),
            MEETINGS.c.cancelled.is_(False),
            MEETINGS.c.starts_at > bindparam("now"),
        )
        .order_by(MEETINGS.c.starts_at, MEETINGS.c.id)
        .limit(bindparam("most"))
    )


# Built once: to put a statement together costs more than SQLite needs to answer it.
_ONE = select(*MEETING.columns).where(MEETINGS.c.team_id == bindparam("team"), MEETINGS.c.id == bindparam("meeting"))
_COUNT = (
    select(func.count())
    .select_from(MEETINGS)
    .where(
        MEETINGS.c.team_id == bindparam("team"),
        MEETINGS.c.owner_id == bindparam("owner"),
        MEETINGS.c.cancelled.is_(False),
        MEETINGS.c.starts_at > bindparam("now"),
    )
)
_UPCOMING = _coming(*MEETING.columns, *CLIENT.columns, *DECISION.columns)
_UPCOMING_ROWS = _coming(
    MEETINGS.c.id,
    MEETINGS.c.title,
    MEETINGS.c.starts_at,
    MEETINGS.c.ends_at,
    MEETINGS.c.mode,
    MEETINGS.c.location,
    CLIENTS.c.name,
    CLIENTS.c.tier,
    DECISIONS.c.option,
)
