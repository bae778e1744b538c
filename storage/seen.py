"""Deliveries that were seen: Slack sends some of them several times."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.models import SeenRow, table_of
from storage.rows import affected, insert_new

SEEN = table_of(SeenRow)


def first_time(session: Session, key: str, now: datetime) -> bool:
    """True for exactly one of all calls with this key, also of those at the same time."""
    return insert_new(session, SEEN, {"key": key, "seen_at": now})


def forget(session: Session, key: str) -> None:
    """The delivery failed halfway: the next one is the first again."""
    session.execute(delete(SEEN).where(SEEN.c.key == key))


def prune(session: Session, before: datetime) -> int:
    """Forgets those seen earlier; how many they were."""
    return affected(session, delete(SEEN).where(SEEN.c.seen_at < before))
