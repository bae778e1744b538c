"""What went before with a client, counted for the judgement in three queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from domain.client import Client
from domain.decision import DecisionState
from domain.history import History
from domain.meeting import Meeting
from domain.policy import Policy
from domain.words import STEP_DOWNS, Reason
from storage.models import HAS_ENTRY, DecisionRow, MeetingRow, table_of

MEETINGS = table_of(MeetingRow)
DECISIONS = table_of(DecisionRow)

LONGEST_IDLE = 10
"""Occurrences of a series that are looked at, where the policy does not ask for more."""
COPIES = 4
"""The same meeting may be in the calendars of several members: so many more rows are read than meetings wanted."""
EXCUSED = (Reason.ILLNESS, Reason.EMERGENCY)
"""Counted in the history, not held against the owner."""


@dataclass(frozen=True, slots=True)
class _Last:
    stepped_down: bool
    held_against: bool


def gather(session: Session, meeting: Meeting, client: Client | None, policy: Policy, now: datetime) -> History:
    """Windows are those of the policy. The meeting itself and decisions about it are not counted."""
    idle = _series_idle(session, meeting, policy, now)
    if client is None:
        return History(series_idle=idle)
    total, recent, step_downs = _counts(session, meeting, client, policy, now)
    last = _last_meetings(session, meeting, client, policy)
    return History(
        meetings_total=total,
        meetings_30d=recent,
        step_downs_90d=step_downs,
        last_stepped_down=bool(last) and last[0].held_against,
        series_idle=idle,
        last_five_stepped_down=sum(one.stepped_down for one in last),
    )


def budget_eases_in(
    session: Session, meeting: Meeting, client: Client | None, policy: Policy, now: datetime
) -> tuple[timedelta, ...]:
    """How long until each step-down that `gather` counts against the budget leaves its window; soonest first."""
    if client is None:
        return ()
    made = session.scalars(
        select(DECISIONS.c.made_at).where(*_against_budget(meeting, client, policy, now)).order_by(DECISIONS.c.made_at)
    )
    # The window includes its first moment, so only just after it a step-down counts no more.
    return tuple(made_at + _budget_window(policy) - now + timedelta(microseconds=1) for made_at in made)


def _budget_window(policy: Policy) -> timedelta:
    return timedelta(days=policy.budget_window_days)


def _against_budget(meeting: Meeting, client: Client, policy: Policy, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DECISIONS.c.team_id == meeting.team_id,
        DECISIONS.c.client_id == client.id,
        DECISIONS.c.made_at >= now - _budget_window(policy),
        DECISIONS.c.meeting_id != meeting.id,
        _stands(),
        _not_excused(),
    )


def _stands() -> ColumnElement[bool]:
    return and_(DECISIONS.c.state == DecisionState.STANDING, DECISIONS.c.option.in_(STEP_DOWNS))


def _not_excused() -> ColumnElement[bool]:
    return or_(DECISIONS.c.reason.is_(None), DECISIONS.c.reason.not_in(EXCUSED))


def _counts(session: Session, meeting: Meeting, client: Client, policy: Policy, now: datetime) -> tuple[int, int, int]:
    """Meetings so far, the frequent ones among them (30 days by default), step-downs of the budget's window (90 days).
    Copies of one meeting in several calendars start at the same moment and count once.
    """
    held = (
        MEETINGS.c.team_id == meeting.team_id,
        MEETINGS.c.client_id == client.id,
        MEETINGS.c.cancelled.is_(False),
        MEETINGS.c.starts_at < now,
        MEETINGS.c.starts_at != meeting.starts_at,
    )
    all_held = select(MEETINGS.c.starts_at).where(*held).distinct().subquery()
    since = now - timedelta(days=policy.frequent_window_days)
    lately = select(MEETINGS.c.starts_at).where(*held, MEETINGS.c.starts_at >= since).distinct().subquery()
    step_downs = (
        select(func.count(DECISIONS.c.id)).where(*_against_budget(meeting, client, policy, now)).scalar_subquery()
    )
    total, recent, stepped_down = session.execute(
        select(
            select(func.count()).select_from(all_held).scalar_subquery(),
            select(func.count()).select_from(lately).scalar_subquery(),
            step_downs,
        )
    ).one()
    return total, recent, stepped_down


def _last_meetings(session: Session, meeting: Meeting, client: Client, policy: Policy) -> list[_Last]:
    """The last ones (five by default) before this one, latest first. One that was stepped down counts though its
    entry was cancelled.
    """
    rows = session.execute(
        select(MEETINGS.c.starts_at, DECISIONS.c.id, DECISIONS.c.reason)
        .select_from(MEETINGS.outerjoin(DECISIONS, and_(DECISIONS.c.meeting_id == MEETINGS.c.id, _stands())))
        .where(
            MEETINGS.c.team_id == meeting.team_id,
            MEETINGS.c.client_id == client.id,
            MEETINGS.c.starts_at < meeting.starts_at,
            or_(MEETINGS.c.cancelled.is_(False), DECISIONS.c.id.is_not(None)),
        )
        .order_by(MEETINGS.c.starts_at.desc())
        .limit(policy.pattern_meetings * COPIES)
    )
    last: dict[datetime, _Last] = {}
    for starts_at, decision_id, reason in rows:
        before = last.get(starts_at, _Last(False, False))
        stepped_down = decision_id is not None
        held_against = stepped_down and reason not in EXCUSED
        last[starts_at] = _Last(before.stepped_down or stepped_down, before.held_against or held_against)
    return list(last.values())[: policy.pattern_meetings]


def _series_idle(session: Session, meeting: Meeting, policy: Policy, now: datetime) -> int:
    """How many of the last occurrences in a row passed without a decision about them."""
    if not meeting.in_series:
        return 0
    decided = (
        select(DECISIONS.c.id)
        .where(DECISIONS.c.meeting_id == MEETINGS.c.id, DECISIONS.c.state == DecisionState.STANDING)
        .exists()
    )
    rows = session.scalars(
        select(decided)
        .where(
            MEETINGS.c.team_id == meeting.team_id,
            MEETINGS.c.owner_id == meeting.owner_id,
            MEETINGS.c.uid == meeting.uid,
            HAS_ENTRY,
            MEETINGS.c.occurrence != "",
            or_(MEETINGS.c.cancelled.is_(False), decided),
            MEETINGS.c.starts_at < min(now, meeting.starts_at),
        )
        .order_by(MEETINGS.c.starts_at.desc())
        .limit(max(LONGEST_IDLE, policy.idle_occurrences))
    ).all()
    return rows.index(True) if True in rows else len(rows)
