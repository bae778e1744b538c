"""What an owner said of the kind of a meeting: kept for it, and for every coming date of its series."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from domain.meeting import Meeting
from domain.planned import Calendar
from domain.words import MeetingKind
from storage.models import HAS_ENTRY, CalendarRow, MeetingRow, SeriesKindRow, table_of
from storage.rows import put

CALENDARS = table_of(CalendarRow)
MEETINGS = table_of(MeetingRow)
KINDS = table_of(SeriesKindRow)
CHUNK = 500
"""UIDs per query: far below what either engine takes."""


def correct(session: Session, meeting: Meeting, kind: MeetingKind, now: datetime) -> list[str]:
    """The owner's word: no sync guesses again, neither for this meeting nor for other dates of its series, also those
    that only a later sync brings. What is past stays as it was. Returns the ids of those with a live message, which
    tells the old story now.
    """
    # As a sync does: one that has begun ends first, or it would write its guess over what is said here.
    mine = (CALENDARS.c.team_id == meeting.team_id, CALENDARS.c.owner_id == meeting.owner_id)
    session.execute(select(CALENDARS.c.id).where(*mine).order_by(CALENDARS.c.id).with_for_update())
    said_of = MEETINGS.c.id == meeting.id
    if meeting.uid:
        values = {
            "team_id": meeting.team_id,
            "owner_id": meeting.owner_id,
            "uid": meeting.uid,
            "kind": kind,
            "said_at": now,
        }
        put(session, KINDS, values)
        said_of = or_(
            said_of,
            and_(
                MEETINGS.c.owner_id == meeting.owner_id,
                HAS_ENTRY,
                MEETINGS.c.uid == meeting.uid,
                MEETINGS.c.starts_at > now,
            ),
        )
    changed = session.execute(
        update(MEETINGS)
        .where(MEETINGS.c.team_id == meeting.team_id, said_of)
        .values(kind=kind, kind_corrected=True)
        .returning(MEETINGS.c.id, MEETINGS.c.live_ts)
    )
    return sorted(meeting_id for meeting_id, live_ts in changed if live_ts)


def is_corrected(session: Session, team_id: str, meeting_id: str) -> bool:
    """Whether the kind is the owner's word; else it was guessed."""
    said = select(MEETINGS.c.kind_corrected).where(MEETINGS.c.team_id == team_id, MEETINGS.c.id == meeting_id)
    return bool(session.scalar(said))


def said_of_series(session: Session, calendar: Calendar, uids: Iterable[str]) -> dict[str, MeetingKind]:
    """By UID, in any of the owner's calendars; those of which nothing was said are left out."""
    mine = select(KINDS.c.uid, KINDS.c.kind).where(
        KINDS.c.team_id == calendar.team_id, KINDS.c.owner_id == calendar.owner_id
    )
    asked = iter(sorted(set(uids)))
    said: dict[str, MeetingKind] = {}
    while chunk := list(islice(asked, CHUNK)):
        said.update((uid, kind) for uid, kind in session.execute(mine.where(KINDS.c.uid.in_(chunk))))
    return said
