"""Messages that must be posted once: a row is there before Slack is asked, and knows afterwards what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.models import PostRow, table_of
from storage.rows import affected, insert_new

POSTS = table_of(PostRow)


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    state: Literal["new", "started", "posted"]
    """`new`: begun by this call. `started`: begun before; whether Slack saw it is not known. `posted`: done."""
    channel: str = ""
    ts: str = ""
    """Where a file is what is posted: its id, from the moment that Slack has it."""


def begin(session: Session, team_id: str, key: str, now: datetime) -> Post:
    row = {"team_id": team_id, "key": key, "channel": "", "ts": "", "started_at": now}
    if insert_new(session, POSTS, row):
        return Post(state="new")
    return find(session, team_id, key) or Post(state="started")


def uploaded(session: Session, team_id: str, key: str, file_id: str) -> None:
    """Slack has the file and is about to be asked to show it."""
    session.execute(update(POSTS).where(POSTS.c.team_id == team_id, POSTS.c.key == key).values(ts=file_id))


def posted(session: Session, team_id: str, key: str, channel: str, ts: str, now: datetime) -> None:
    session.execute(
        update(POSTS)
        .where(POSTS.c.team_id == team_id, POSTS.c.key == key)
        .values(channel=channel, ts=ts, posted_at=now)
    )


def find(session: Session, team_id: str, key: str) -> Post | None:
    """Never `new`."""
    row = session.execute(
        select(POSTS.c.channel, POSTS.c.ts, POSTS.c.posted_at).where(POSTS.c.team_id == team_id, POSTS.c.key == key)
    ).first()
    if row is None:
        return None
    if row.posted_at is None:
        return Post(state="started", ts=row.ts)
    return Post(state="posted", channel=row.channel, ts=row.ts)


def prune(session: Session, before: datetime) -> int:
    """Forgets those begun earlier: nothing that is still to be done looks for them; how many they were."""
    return affected(session, delete(POSTS).where(POSTS.c.started_at < before))
