"""What was changed in a workspace's settings, newest first."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from domain.setting_change import SettingChange
from storage.models import SettingChangeRow, table_of
from storage.rows import Shape

CHANGES = table_of(SettingChangeRow)
CHANGE = Shape(SettingChange, CHANGES)


def note(session: Session, changes: Iterable[SettingChange]) -> None:
    rows = [CHANGE.values(change) for change in changes]
    if rows:
        session.execute(insert(CHANGES), rows)


def latest(session: Session, team_id: str, limit: int) -> list[SettingChange]:
    rows = session.execute(
        select(*CHANGE.columns)
        .where(CHANGES.c.team_id == team_id)
        .order_by(CHANGES.c.changed_at.desc(), CHANGES.c.id)
        .limit(limit)
    )
    return [CHANGE.read(row) for row in rows]
