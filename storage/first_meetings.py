"""Which meeting is the first one with its client: seen from the history each time it is asked, never stored.

So it cannot stick: the next date of the series has an earlier one before it, and is an ordinary meeting.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, or_

from domain.kinds import HISTORY_KNOWN_AFTER
from domain.words import MeetingKind
from storage.models import CalendarRow, MeetingRow, table_of
from storage.types import UtcDateTime

MEETINGS = table_of(MeetingRow)
CALENDARS = table_of(CalendarRow)
BEFORE = MEETINGS.alias("before")

_MET_BEFORE = exists().where(
    BEFORE.c.team_id == MEETINGS.c.team_id,
    BEFORE.c.client_id == MEETINGS.c.client_id,
    BEFORE.c.starts_at < MEETINGS.c.starts_at,
    BEFORE.c.cancelled.is_(False),
)
_HISTORY_KNOWN = exists().where(
    CALENDARS.c.team_id == MEETINGS.c.team_id,
    CALENDARS.c.owner_id == MEETINGS.c.owner_id,
    CALENDARS.c.synced_at.is_not(None),
    # Where it was not noted, it was before there was such a column.
    or_(
        CALENDARS.c.connected_at.is_(None),
        CALENDARS.c.connected_at <= bindparam("history_known", type_=UtcDateTime()),
    ),
)

KIND_NOW = case(
    (
        and_(
            MEETINGS.c.kind == MeetingKind.ORDINARY,
            MEETINGS.c.kind_corrected.is_(False),
            MEETINGS.c.client_id.is_not(None),
            _HISTORY_KNOWN,
            ~_MET_BEFORE,
        ),
        MeetingKind.FIRST_MEETING,
    ),
    else_=MEETINGS.c.kind,
).label("kind_now")
"""A meeting's kind as it is today, for any statement over `meetings`: give it the parameters of `known_by`. What the
title or the owner says counts for more than the history.
"""


def known_by(now: datetime) -> dict[str, Any]:
    return {"history_known": now - HISTORY_KNOWN_AFTER}
