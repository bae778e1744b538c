"""When reminders and follow-ups are due: pure arithmetic over a member's days and hours.

Moments go in aware, in any zone, and come out in UTC. They are taken to UTC first: within one zone Python counts what
the clock on the wall shows, not the time that goes by.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.clock import require_aware
from domain.words import Lead
from domain.working_days import WorkWeek

APART = timedelta(hours=1)
"""Two reminders about one meeting are at least this far apart; closer than that, the first is left out."""

AS_GOOD_AS_MISSED = timedelta(minutes=30)
"""A reminder that leaves less time than this before the start is as good as none, so a free day or a night is
disturbed before it comes to that."""

ON_TIME = timedelta(minutes=15)
"""A reminder that is late by no more than this is still sent into the evening that has just begun: one due at 17:59
must not wait for the morning because the planner looked at 18:00."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leads:
    """How long before a meeting its owner is reminded.

    `decide_working_days` counts working days, at the meeting's own local time of day; at least 1. `last_call` is
    elapsed time before the start.
    """

    decide_working_days: int
    last_call: timedelta

    def __post_init__(self) -> None:
        if self.decide_working_days < 1:
            raise ValueError(f"decide_working_days must be at least 1, not {self.decide_working_days}")
        if self.last_call <= timedelta(0):
            raise ValueError(f"last_call must be positive, not {self.last_call}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One reminder to come."""

    lead: Lead
    due_at: datetime


def plan(starts_at: datetime, *, leads: Leads, week: WorkWeek, now: datetime) -> tuple[Due, ...]:
    """The reminders of a meeting that are still to come, earliest first; none once it has started.

    A lead time that has passed already (a meeting entered late, or moved nearer) is due as soon as may be. Which of
    them has been sent is the caller's to know: planning again later gives a sent one a new time.
    """
    starts_at, now = _utc(starts_at), _utc(now)
    if now >= starts_at:
        return ()
    last_call_at = _last_call_at(starts_at, leads, week)
    if last_call_at < now:
        return (Due(lead=Lead.LAST_CALL, due_at=_soonest(now, starts_at, week)),)
    last_call = Due(lead=Lead.LAST_CALL, due_at=last_call_at)
    decide_at = week.latest_working(week.same_time(starts_at, -leads.decide_working_days))
    if decide_at < now:
        decide_at = week.next_working(now)
    if decide_at > last_call_at - APART:
        return (last_call,)
    return (Due(lead=Lead.DECIDE, due_at=decide_at), last_call)


def still_useful(lead: Lead, *, starts_at: datetime, leads: Leads, week: WorkWeek, now: datetime) -> bool:
    """Whether a reminder that is late by now, after downtime, is worth sending.

    The first one is until the last call comes near, the others until the meeting starts.
    """
    starts_at, now = _utc(starts_at), _utc(now)
    if lead is Lead.DECIDE:
        return now <= _last_call_at(starts_at, leads, week) - APART
    return now < starts_at


def postponed(due_at: datetime, *, starts_at: datetime, week: WorkWeek, now: datetime) -> datetime:
    """When to send a reminder that is late by now: at once, or when the night or the free day is over.

    `due_at` itself where it is not late, or hardly.
    """
    due_at, now = _utc(due_at), _utc(now)
    return due_at if due_at >= now - ON_TIME else _soonest(now, _utc(starts_at), week)


def remind_later_at(
    starts_at: datetime, *, wait: timedelta, leave: timedelta, week: WorkWeek, now: datetime
) -> datetime | None:
    """When *Remind me later* comes back: after `wait` of working hours.

    Where that leaves less than `leave` before the start, it is the last working moment that leaves as much; None
    where even that is less than half of `wait` away.
    """
    now = _utc(now)
    latest = week.latest_working(_utc(starts_at) - leave)
    later = week.after_working_hours(now, wait)
    if later <= latest:
        return later
    return latest if latest >= now + wait / 2 else None


def confirm_due(decided_at: datetime, *, starts_at: datetime, working_days: int, week: WorkWeek) -> datetime | None:
    """When to ask whether the client has confirmed: `working_days` later; None where the meeting comes first."""
    due_at = week.next_working(week.same_time(decided_at, working_days))
    return due_at if due_at < _utc(starts_at) else None


def call_due(decided_at: datetime, *, working_days: int, week: WorkWeek) -> datetime:
    """When to ask whether the mail settled it or a call is needed; the number of days depends on the tier."""
    return week.next_working(week.same_time(decided_at, working_days))


def debrief_due(ends_at: datetime, *, delay: timedelta, week: WorkWeek) -> datetime:
    """When to ask the delegate how it went: `delay` after the end, or when the night or the free days are over."""
    return week.next_working(_utc(ends_at) + delay)


def answer_due(
    asked_at: datetime, *, starts_at: datetime, wait: timedelta, leave: timedelta, week: WorkWeek
) -> datetime:
    """Until when a delegate may answer: `wait` of working hours, at the latest `leave` before the start.

    Where that leaves less than a quarter of `wait`, they get half of the time that is left, at most `wait` and not
    ending in the night: to be called silent in the minute of the asking is unfair, and too early to act upon.
    """
    asked_at, starts_at = _utc(asked_at), _utc(starts_at)
    due_at = week.after_working_hours(asked_at, wait)
    if starts_at - leave >= asked_at + wait / 4:
        return min(due_at, starts_at - leave)
    late = asked_at + max(timedelta(0), min(wait, (starts_at - asked_at) / 2))
    awake = week.next_waking(late)
    return min(due_at, awake) if awake < starts_at else late


def _utc(moment: datetime) -> datetime:
    return require_aware(moment, "moment").astimezone(UTC)


def _last_call_at(starts_at: datetime, leads: Leads, week: WorkWeek) -> datetime:
    return week.latest_working(starts_at - leads.last_call)


def _soonest(now: datetime, starts_at: datetime, week: WorkWeek) -> datetime:
    """The next working moment; where the meeting would be missed by then the next waking one; else now."""
    latest = starts_at - AS_GOOD_AS_MISSED
    for moment in (week.next_working(now), week.next_waking(now)):
        if moment <= latest:
            return moment
    return now
