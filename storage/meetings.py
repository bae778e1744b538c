"""Meetings, one at a time. How a calendar becomes meetings is in `storage.sync`, what is coming in `storage.coming`."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from domain.meeting import Meeting
from storage.models import MeetingRow, table_of
from storage.rows import Shape
from storage.sync import Applied, apply, cancel_missing, lay_over

__all__ = [
    "Applied",
    "add",
    "apply",
    "cancel_missing",
    "coming_of",
    "get",
    "lay_over",
    "live_message",
    "owners_of_coming",
    "set_live_message",
    "shown_of_calendar",
]

MEETINGS = table_of(MeetingRow)
MEETING = Shape(Meeting, MEETINGS)


def get(session: Session, team_id: str, meeting_id: str) -> Meeting | None:
    row = session.connection().execute(_ONE, {"team": team_id, "meeting": meeting_id}).first()
    return None if row is None else MEETING.read(row)


def add(session: Session, meeting: Meeting) -> None:
    session.execute(
        insert(MEETINGS).values(**MEETING.values(meeting), kind_corrected=False, live_channel="", live_ts="")
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


def shown_of_calendar(session: Session, team_id: str, calendar_id: str, now: datetime) -> list[str]:
    """Ids of the calendar's coming meetings, cancelled or not, that there is a message about."""
    coming = (MEETINGS.c.calendar_id == calendar_id, MEETINGS.c.starts_at > now, MEETINGS.c.live_ts != "")
    return list(session.scalars(select(MEETINGS.c.id).where(MEETINGS.c.team_id == team_id, *coming)))


def coming_of(session: Session, team_id: str, owner_id: str, now: datetime) -> list[str]:
    """Ids of all that are yet to start and stand in the calendar, soonest first."""
    return list(session.scalars(_COMING, {"team": team_id, "owner": owner_id, "now": now}))


def owners_of_coming(session: Session, team_id: str, now: datetime) -> list[str]:
    """Members with a meeting that is yet to start."""
    coming = (MEETINGS.c.team_id == team_id, MEETINGS.c.cancelled.is_(False), MEETINGS.c.starts_at > now)
    return list(session.scalars(select(MEETINGS.c.owner_id).where(*coming).distinct().order_by(MEETINGS.c.owner_id)))


# Built once: to put a statement together costs more than SQLite needs to answer it.
_ONE = select(*MEETING.columns).where(MEETINGS.c.team_id == bindparam("team"), MEETINGS.c.id == bindparam("meeting"))
_COMING = (
    select(MEETINGS.c.id)
    .where(
        MEETINGS.c.team_id == bindparam("team"),
        MEETINGS.c.owner_id == bindparam("owner"),
        MEETINGS.c.cancelled.is_(False),
        MEETINGS.c.starts_at > bindparam("now"),
    )
    .order_by(MEETINGS.c.starts_at, MEETINGS.c.id)
)
