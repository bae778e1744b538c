"""What went before with a client, counted for the judgement in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from domain.client import Client
from domain.decision import DecisionState
from domain.history import History
from domain.meeting import Meeting
from domain.policy import Policy
from domain.words import STEP_DOWNS, Reason
from storage.models import HAS_ENTRY, DebriefRow, DecisionRow, MeetingNoteRow, MeetingRow, table_of
from storage.types import UtcDateTime

MEETINGS = table_of(MeetingRow)
DECISIONS = table_of(DecisionRow)
DEBRIEFS = table_of(DebriefRow)
NOTES = table_of(MeetingNoteRow)

LONGEST_IDLE = 10
"""Occurrences of a series that are looked at, where the policy does not ask for more."""
COPIES = 4
"""The same meeting may be in the calendars of several members: so many more rows are read than meetings wanted."""
MOST_COUNTED = 1000
"""Meetings with one client are counted up to here, where the policy does not ask for more: no rule tells a thousand
from more, and counting on would take the longer the longer a client stays.
"""
EXCUSED = (Reason.ILLNESS, Reason.EMERGENCY)
"""Counted in the history, not held against the owner."""

_COUNTS, _LAST, _IDLE = 0, 1, 2
"""What a row of the statement tells of."""
_Told = tuple[Any, ...]
"""A moment and three numbers."""


@dataclass(frozen=True, slots=True)
class _Last:
    stepped_down: bool
    held_against: bool


def gather(session: Session, meeting: Meeting, client: Client | None, policy: Policy, now: datetime) -> History:
    """Windows are those of the policy. The meeting itself and decisions about it are not counted."""
    given: dict[str, Any] = {
        "team": meeting.team_id,
        "client": client.id if client else "",
        "owner": meeting.owner_id,
        "uid": meeting.uid if meeting.in_series else "",
        "meeting": meeting.id,
        "starts_at": meeting.starts_at,
        "now": now,
        "lately": now - timedelta(days=policy.frequent_window_days),
        "budget_since": now - _budget_window(policy),
        "before": min(now, meeting.starts_at),
        "most_counted": max(MOST_COUNTED, policy.pattern_meetings, policy.frequent_meetings),
        "most_last": policy.pattern_meetings * COPIES,
        "most_idle": max(LONGEST_IDLE, policy.idle_occurrences),
    }
    found: tuple[list[_Told], list[_Told], list[_Told]] = ([], [], [])
    for about, *told in session.connection().execute(_HISTORY, given):
        found[about].append(tuple(told))
    ((_, total, recent, step_downs),) = found[_COUNTS]
    last = _last_meetings(found[_LAST], policy)
    return History(
        meetings_total=total,
        meetings_30d=recent,
        step_downs_90d=step_downs,
        last_stepped_down=bool(last) and last[0].held_against,
        series_idle=_idle(found[_IDLE]),
        last_five_stepped_down=sum(one.stepped_down for one in last),
    )


def budget_eases_in(
    session: Session, meeting: Meeting, client: Client | None, policy: Policy, now: datetime
) -> tuple[timedelta, ...]:
    """How long until each step-down that `gather` counts against the budget leaves its window; soonest first."""
    if client is None:
        return ()
    given = {
        "team": meeting.team_id,
        "client": client.id,
        "meeting": meeting.id,
        "budget_since": now - _budget_window(policy),
    }
    made = session.connection().execute(_MADE_AT, given).scalars()
    # The window includes its first moment, so only just after it a step-down counts no more.
    return tuple(made_at + _budget_window(policy) - now + timedelta(microseconds=1) for made_at in made)


def _budget_window(policy: Policy) -> timedelta:
    return timedelta(days=policy.budget_window_days)


def _last_meetings(rows: Iterable[_Told], policy: Policy) -> list[_Last]:
    """The last ones (five by default) before this one, latest first; copies of one meeting are one."""
    last: dict[datetime, _Last] = {}
    for starts_at, stepped_down, held_against, _ in sorted(rows, reverse=True):
        before = last.get(starts_at, _Last(False, False))
        last[starts_at] = _Last(before.stepped_down or bool(stepped_down), before.held_against or bool(held_against))
    return list(last.values())[: policy.pattern_meetings]


def _idle(rows: Iterable[_Told]) -> int:
    """How many of the last occurrences in a row passed without a trace."""
    touched = [bool(row[1]) for row in sorted(rows, reverse=True)]
    return touched.index(True) if True in touched else len(touched)


# Built once: to put a statement together costs more than SQLite needs to answer it.


def _moment(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=UtcDateTime())


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


_ZERO: ColumnElement[int] = literal_column("0")
_STANDS = and_(DECISIONS.c.state == DecisionState.STANDING, DECISIONS.c.option.in_(STEP_DOWNS))
_NOT_EXCUSED = or_(DECISIONS.c.reason.is_(None), DECISIONS.c.reason.not_in(EXCUSED))
_OF_CLIENT = (MEETINGS.c.team_id == bindparam("team"), MEETINGS.c.client_id == bindparam("client"))
_HELD = (
    *_OF_CLIENT,
    MEETINGS.c.cancelled.is_(False),
    MEETINGS.c.starts_at < _moment("now"),
    MEETINGS.c.starts_at != _moment("starts_at"),
)
_AGAINST_BUDGET = (
    DECISIONS.c.team_id == bindparam("team"),
    DECISIONS.c.client_id == bindparam("client"),
    DECISIONS.c.made_at >= _moment("budget_since"),
    DECISIONS.c.meeting_id != bindparam("meeting"),
    _STANDS,
    _NOT_EXCUSED,
)
_MADE_AT = select(DECISIONS.c.made_at).where(*_AGAINST_BUDGET).order_by(DECISIONS.c.made_at)


def _counts() -> Select[Any]:
    """Meetings so far, the frequent ones among them (30 days by default), step-downs of the budget's window (90 days).
    Copies of one meeting in several calendars start at the same moment and count once.
    """
    lately = MEETINGS.c.starts_at >= _moment("lately")
    return select(
        literal_column(str(_COUNTS)).label("about"),
        _moment("now").label("at"),
        _moments(*_HELD).label("first"),
        _moments(*_HELD, lately).label("second"),
        select(func.count(DECISIONS.c.id)).where(*_AGAINST_BUDGET).scalar_subquery().label("third"),
    )


def _moments(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Distinct ones in a subquery, latest first: both engines take them from the index as they lie there, where a count
    of distinct values sorts them first.
    """
    latest = (
        select(MEETINGS.c.starts_at)
        .where(*conditions)
        .distinct()
        .order_by(MEETINGS.c.starts_at.desc())
        .limit(bindparam("most_counted"))
        .subquery()
    )
    return select(func.count()).select_from(latest).scalar_subquery()


def _last() -> Select[Any]:
    """The last meetings with the client before this one, copies and all. One that was stepped down counts though its
    entry was cancelled.
    """
    decided = MEETINGS.outerjoin(DECISIONS, and_(DECISIONS.c.meeting_id == MEETINGS.c.id, _STANDS))
    latest = (
        select(
            MEETINGS.c.starts_at.label("at"),
            _flag(DECISIONS.c.id.is_not(None)).label("stepped_down"),
            _flag(and_(DECISIONS.c.id.is_not(None), _NOT_EXCUSED)).label("held_against"),
        )
        .select_from(decided)
        .where(
            *_OF_CLIENT,
            MEETINGS.c.starts_at < _moment("starts_at"),
            or_(MEETINGS.c.cancelled.is_(False), DECISIONS.c.id.is_not(None)),
        )
        .order_by(MEETINGS.c.starts_at.desc())
        .limit(bindparam("most_last"))
        .subquery("latest")
    )
    return select(literal_column(str(_LAST)), latest.c.at, latest.c.stepped_down, latest.c.held_against, _ZERO)


def _occurrences() -> Select[Any]:
    """The last occurrences of the series, each with whether there is a trace of it: a decision, a note, a debrief."""
    latest = (
        select(MEETINGS.c.id, MEETINGS.c.starts_at.label("at"))
        .where(
            MEETINGS.c.team_id == bindparam("team"),
            MEETINGS.c.owner_id == bindparam("owner"),
            MEETINGS.c.uid == bindparam("uid"),
            HAS_ENTRY,
            MEETINGS.c.occurrence != "",
            or_(MEETINGS.c.cancelled.is_(False), _decided(MEETINGS.c.id)),
            MEETINGS.c.starts_at < _moment("before"),
        )
        .order_by(MEETINGS.c.starts_at.desc())
        .limit(bindparam("most_idle"))
        .subquery("occurrences")
    )
    touched = or_(_decided(latest.c.id), _noted(latest.c.id), _reported(latest.c.id))
    return select(literal_column(str(_IDLE)), latest.c.at, _flag(touched), _ZERO, _ZERO)


# One value each instead of `exists`: PostgreSQL would answer that by reading all decisions of everybody once.


def _decided(meeting_id: ColumnElement[str]) -> ColumnElement[bool]:
    standing = DECISIONS.c.state == DecisionState.STANDING
    return select(DECISIONS.c.id).where(DECISIONS.c.meeting_id == meeting_id, standing).scalar_subquery().is_not(None)


def _noted(meeting_id: ColumnElement[str]) -> ColumnElement[bool]:
    return select(NOTES.c.id).where(NOTES.c.meeting_id == meeting_id).limit(1).scalar_subquery().is_not(None)


def _reported(meeting_id: ColumnElement[str]) -> ColumnElement[bool]:
    of_decision = DEBRIEFS.join(DECISIONS, DECISIONS.c.id == DEBRIEFS.c.decision_id)
    return (
        select(DEBRIEFS.c.decision_id)
        .select_from(of_decision)
        .where(DECISIONS.c.meeting_id == meeting_id)
        .limit(1)
        .scalar_subquery()
        .is_not(None)
    )


_HISTORY = union_all(_counts(), _last(), _occurrences())
