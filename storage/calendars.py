"""Connected calendars and when each is read next."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from domain.planned import Calendar, ReminderState
from storage.models import CalendarRow, MeetingRow, ReminderRow, table_of
from storage.rows import Shape, affected, insert_new
from storage.vault import Vault

CALENDARS = table_of(CalendarRow)
MEETINGS = table_of(MeetingRow)
REMINDERS = table_of(ReminderRow)
CALENDAR = Shape(Calendar, CALENDARS)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""As `next_sync_at`: due, whatever the time is."""


def add(session: Session, vault: Vault, calendar: Calendar) -> Calendar | None:
    """The calendar, also where this one was added before; None where its owner has connected the address already."""
    if insert_new(session, CALENDARS, _sealed(vault, calendar)):
        return calendar
    return get(session, vault, calendar.team_id, calendar.id)


def url_known(session: Session, team_id: str, owner_id: str, url: str) -> bool:
    fingerprint = _fingerprint(team_id, owner_id, url)
    return session.scalar(select(CALENDARS.c.id).where(CALENDARS.c.url_hash == fingerprint)) is not None


def get(session: Session, vault: Vault, team_id: str, calendar_id: str) -> Calendar | None:
    row = session.execute(
        select(*CALENDAR.columns).where(CALENDARS.c.team_id == team_id, CALENDARS.c.id == calendar_id)
    ).first()
    return None if row is None else _opened(vault, row)


def of_member(session: Session, vault: Vault, team_id: str, owner_id: str) -> list[Calendar]:
    rows = session.execute(
        select(*CALENDAR.columns)
        .where(CALENDARS.c.team_id == team_id, CALENDARS.c.owner_id == owner_id)
        .order_by(CALENDARS.c.id)
    )
    return [_opened(vault, row) for row in rows]


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Team and calendar ids of those to be read now, of all teams, longest waiting first."""
    rows = session.execute(
        select(CALENDARS.c.team_id, CALENDARS.c.id)
        .where(CALENDARS.c.next_sync_at <= now)
        .order_by(CALENDARS.c.next_sync_at)
        .limit(limit)
    )
    return [(team_id, calendar_id) for team_id, calendar_id in rows]


def claim_due(session: Session, now: datetime, limit: int, lease_until: datetime) -> list[tuple[str, str]]:
    """As `due`, and each is this caller's until `lease_until`: another planner does not see it meanwhile, and after a
    crash it comes round again.
    """
    claimed = []
    for team_id, calendar_id in due(session, now, limit):
        mine = (CALENDARS.c.team_id == team_id, CALENDARS.c.id == calendar_id, CALENDARS.c.next_sync_at <= now)
        if affected(session, update(CALENDARS).where(*mine).values(next_sync_at=lease_until)):
            claimed.append((team_id, calendar_id))
    return claimed


def synced(
    session: Session,
    team_id: str,
    calendar_id: str,
    *,
    etag: str,
    last_modified: str,
    now: datetime,
    next_sync_at: datetime,
    client_meetings: int,
) -> None:
    """Where everything is to be read again by now (`forget_validators`), that is not put off by a reading that began
    before.
    """
    mine = (CALENDARS.c.team_id == team_id, CALENDARS.c.id == calendar_id)
    session.execute(
        update(CALENDARS)
        .where(*mine)
        .values(synced_at=now, client_meetings=client_meetings, failures=0, problem="", failed_at=None)
    )
    session.execute(
        update(CALENDARS)
        .where(*mine, CALENDARS.c.next_sync_at != LONG_AGO)
        .values(etag=etag, last_modified=last_modified, next_sync_at=next_sync_at)
    )


def failed(
    session: Session, team_id: str, calendar_id: str, problem: str, now: datetime, next_sync_at: datetime
) -> int:
    """How often in a row it failed, this time included; 0 where the calendar was removed meanwhile."""
    failures = session.scalar(
        update(CALENDARS)
        .where(CALENDARS.c.team_id == team_id, CALENDARS.c.id == calendar_id)
        .values(failures=CALENDARS.c.failures + 1, problem=problem, failed_at=now, next_sync_at=next_sync_at)
        .returning(CALENDARS.c.failures)
    )
    return failures or 0


def forget_validators(session: Session, team_id: str) -> None:
    """The next sync of the team's calendars, due at once and before all others, reads everything again: a client was
    added, so entries that were none of ours may be meetings now.
    """
    session.execute(
        update(CALENDARS).where(CALENDARS.c.team_id == team_id).values(etag="", last_modified="", next_sync_at=LONG_AGO)
    )


def remove(session: Session, team_id: str, owner_id: str, calendar_id: str, now: datetime) -> bool:
    """Disconnects it and cancels its coming meetings with their reminders; False where the owner has no such one."""
    mine = (CALENDARS.c.team_id == team_id, CALENDARS.c.owner_id == owner_id, CALENDARS.c.id == calendar_id)
    if session.scalar(delete(CALENDARS).where(*mine).returning(CALENDARS.c.id)) is None:
        return False
    coming = (MEETINGS.c.team_id == team_id, MEETINGS.c.calendar_id == calendar_id, MEETINGS.c.starts_at > now)
    session.execute(
        update(REMINDERS)
        .where(
            REMINDERS.c.meeting_id.in_(select(MEETINGS.c.id).where(*coming)),
            REMINDERS.c.state == ReminderState.PLANNED,
        )
        .values(state=ReminderState.WITHDRAWN, finished_at=now)
    )
    session.execute(update(MEETINGS).where(*coming).values(cancelled=True))
    return True


def _sealed(vault: Vault, calendar: Calendar) -> dict[str, Any]:
    url_hash = _fingerprint(calendar.team_id, calendar.owner_id, calendar.url)
    return {**CALENDAR.values(calendar), "url": vault.encrypt(calendar.url), "url_hash": url_hash}


def _opened(vault: Vault, row: Row[Any]) -> Calendar:
    sealed = CALENDAR.read(row)
    return replace(sealed, url=vault.decrypt(sealed.url))


def _fingerprint(team_id: str, owner_id: str, url: str) -> str:
    """Finds the same address again without keeping it: a hash under a key of its owner's own, so that equal
    addresses of two people do not show. What protects it is that a private calendar's address cannot be guessed.
    """
    key = hashlib.sha256(f"{team_id}/{owner_id}".encode()).digest()
    return hashlib.blake2b(url.strip().encode(), key=key, digest_size=32).hexdigest()
