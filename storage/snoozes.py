"""Alerts that a member does not want to see for a while."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.relationship import AlertKind
from storage.models import SnoozeRow, table_of
from storage.rows import put

SNOOZES = table_of(SnoozeRow)


def snooze(session: Session, team_id: str, member_id: str, client_id: str, kind: AlertKind, until: datetime) -> None:
    """Again moves the end. Raises IntegrityError where there is no such client."""
    keys = {"team_id": team_id, "member_id": member_id, "client_id": client_id, "kind": kind}
    put(session, SNOOZES, {**keys, "until": until})


def of_member(session: Session, team_id: str, member_id: str, now: datetime) -> frozenset[tuple[str, AlertKind]]:
    """Client and kind of each that is still asleep."""
    rows = session.execute(
        select(SNOOZES.c.client_id, SNOOZES.c.kind).where(
            SNOOZES.c.team_id == team_id, SNOOZES.c.member_id == member_id, SNOOZES.c.until > now
        )
    )
    return frozenset((row.client_id, row.kind) for row in rows)
