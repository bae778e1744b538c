"""A calendar read anew, laid over the meetings that are known from it."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from domain.meeting import Meeting, SyncWindow
from domain.planned import Calendar
from storage.kinds import said_of_series
from storage.models import HAS_ENTRY, CalendarRow, MeetingRow, table_of
from storage.rows import Shape

CALENDARS = table_of(CalendarRow)
MEETINGS = table_of(MeetingRow)
MEETING = Shape(Meeting, MEETINGS)
LONGEST_UID = 255
CHUNK = 500
"""UIDs per query: far below what either engine takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What a sync changed."""

    added: list[Meeting]
    changed: list[tuple[Meeting, Meeting]]
    """Before and after."""
    cancelled: list[Meeting]
    """As they are now, cancelled."""


@dataclass(frozen=True, slots=True)
class _Stored:
    meeting: Meeting
    kind_corrected: bool


def apply(
    session: Session, calendar: Calendar, wanted: Sequence[Meeting], window: SyncWindow, now: datetime
) -> Applied:
    """The whole calendar at once: `lay_over` and `cancel_missing` in one transaction."""
    laid = lay_over(session, calendar, wanted, window, now)
    missing = cancel_missing(session, calendar, wanted, window, now)
    return replace(laid, cancelled=[*laid.cancelled, *missing])


def lay_over(
    session: Session, calendar: Calendar, wanted: Sequence[Meeting], window: SyncWindow, now: datetime
) -> Applied:
    """Some of a calendar's meetings, or all. Matches by (team, owner, uid, occurrence). A known meeting keeps its id,
    a corrected kind and the calendar it was first seen in, while it is not cancelled there; a new one has the kind that
    the owner named for its series. What is past stays as it was, unless it was moved ahead. Nothing happens where the
    calendar was disconnected while it was read.
    """
    if not _still_connected(session, calendar):
        return Applied(added=[], changed=[], cancelled=[])
    wanted = [_with_short_uid(meeting) for meeting in wanted]
    said = said_of_series(session, calendar, [meeting.uid for meeting in wanted])
    wanted = [replace(meeting, kind=said.get(meeting.uid, meeting.kind)) for meeting in wanted]
    stored = _stored(session, calendar, wanted, window)
    latest = {_entry(meeting): meeting for meeting in wanted}
    added: list[Meeting] = []
    changed: list[tuple[Meeting, Meeting]] = []
    cancelled: list[Meeting] = []
    for entry, meeting in latest.items():
        known = stored.get(entry)
        if known is None:
            if not meeting.cancelled:
                added.append(replace(meeting, team_id=calendar.team_id, owner_id=calendar.owner_id))
            continue
        before = known.meeting
        if before.starts_at <= now and meeting.starts_at <= now:
            continue
        after = _merged(known, meeting)
        if after.cancelled and not before.cancelled:
            cancelled.append(after)
        elif after != before:
            changed.append((before, after))
    _insert(session, added, corrected=said)
    _update(session, [*(after for _, after in changed), *cancelled])
    return Applied(added=added, changed=changed, cancelled=cancelled)


def cancel_missing(
    session: Session, calendar: Calendar, there: Iterable[Meeting], window: SyncWindow, now: datetime
) -> list[Meeting]:
    """Those of this calendar that lie ahead inside the window and are not among all that are `there` now."""
    if not _still_connected(session, calendar):
        return []
    kept = {_entry(_with_short_uid(meeting)) for meeting in there}
    # Names only: of a thousand meetings that are ahead hardly one is missing.
    ahead = session.execute(
        select(MEETINGS.c.id, MEETINGS.c.uid, MEETINGS.c.occurrence).where(
            MEETINGS.c.team_id == calendar.team_id,
            MEETINGS.c.owner_id == calendar.owner_id,
            HAS_ENTRY,
            MEETINGS.c.calendar_id == calendar.id,
            MEETINGS.c.cancelled.is_(False),
            MEETINGS.c.starts_at > now,
            MEETINGS.c.starts_at < window.ends_at,
        )
    ).all()
    missing = iter([meeting_id for meeting_id, *entry in ahead if tuple(entry) not in kept])
    cancelled: list[Meeting] = []
    while chunk := list(islice(missing, CHUNK)):
        rows = session.execute(
            select(*MEETING.columns).where(MEETINGS.c.id.in_(chunk)).order_by(MEETINGS.c.starts_at, MEETINGS.c.id)
        )
        cancelled.extend(replace(MEETING.read(row), cancelled=True) for row in rows)
    if cancelled:
        gone = update(MEETINGS).where(MEETINGS.c.id == bindparam("gone")).values(cancelled=True)
        session.connection().execute(gone, [{"gone": meeting.id} for meeting in cancelled])
    return cancelled


def _entry(meeting: Meeting) -> tuple[str, str]:
    return meeting.uid, meeting.occurrence


def _with_short_uid(meeting: Meeting) -> Meeting:
    """A name of any length fits into the index; two that are long and different stay different."""
    if len(meeting.uid) <= LONGEST_UID:
        return meeting
    return replace(meeting, uid=hashlib.sha256(meeting.uid.encode("utf-8", "surrogatepass")).hexdigest())


def _merged(known: _Stored, meeting: Meeting) -> Meeting:
    before = known.meeting
    return replace(
        meeting,
        id=before.id,
        team_id=before.team_id,
        owner_id=before.owner_id,
        kind=before.kind if known.kind_corrected else meeting.kind,
        calendar_id=meeting.calendar_id if before.cancelled or not before.calendar_id else before.calendar_id,
    )


def _still_connected(session: Session, calendar: Calendar) -> bool:
    """Holds the calendar until the end of the transaction: two syncs of it come one after the other."""
    mine = select(CALENDARS.c.id).where(CALENDARS.c.team_id == calendar.team_id, CALENDARS.c.id == calendar.id)
    return session.execute(mine.with_for_update()).first() is not None


def _stored(
    session: Session, calendar: Calendar, wanted: Sequence[Meeting], window: SyncWindow
) -> dict[tuple[str, str], _Stored]:
    """Whatever has a name that is wanted, in whichever calendar of the owner."""
    mine = select(*MEETING.columns, MEETINGS.c.kind_corrected).where(
        MEETINGS.c.team_id == calendar.team_id, MEETINGS.c.owner_id == calendar.owner_id, HAS_ENTRY
    )
    rows: list[Row[Any]] = []
    # A series may have years behind it: of those only what the calendar names again.
    old = {meeting.occurrence for meeting in wanted if meeting.occurrence < f"{window.starts_at:%Y%m%dT%H%M%SZ}"}
    named = or_(MEETINGS.c.starts_at >= window.starts_at, MEETINGS.c.occurrence.in_(sorted({"", *old})))
    uids = iter(sorted({meeting.uid for meeting in wanted}))
    while chunk := list(islice(uids, CHUNK)):
        rows.extend(session.execute(mine.where(MEETINGS.c.uid.in_(chunk), named)))
    found = [_Stored(MEETING.read(row), row.kind_corrected) for row in rows]
    return {_entry(known.meeting): known for known in found}


def _insert(session: Session, meetings: Sequence[Meeting], corrected: Collection[str]) -> None:
    """`corrected`: the UIDs of whose kind the owner said something."""
    nowhere = {"live_channel": "", "live_ts": ""}
    rows = [{**MEETING.values(meeting), **nowhere, "kind_corrected": meeting.uid in corrected} for meeting in meetings]
    if rows:
        session.execute(insert(MEETINGS), rows)


def _update(session: Session, meetings: Sequence[Meeting]) -> None:
    if not meetings:
        return
    names = [name for name in MEETING.names if name != "id"]
    statement = (
        update(MEETINGS)
        .where(MEETINGS.c.id == bindparam("stored_id"))
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    session.connection().execute(statement, [_parameters(meeting, names) for meeting in meetings])


def _parameters(meeting: Meeting, names: Sequence[str]) -> dict[str, Any]:
    return {"stored_id": meeting.id, **{f"new_{name}": getattr(meeting, name) for name in names}}
