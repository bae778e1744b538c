"""When an owner and a client could meet instead: from working hours, and from when the owner is busy."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import require_aware
from domain.meeting import SyncWindow
from domain.working_days import WorkWeek

OPENS, CLOSES = time(9, 0), time(17, 0)
"""Between these times of day people meet, on the clock of either."""
LUNCH_FROM, LUNCH_UNTIL = time(12, 30), time(13, 0)
AFTERNOON = time(13, 0)
STEP = timedelta(minutes=30)
"""Slots begin on the hour or the half hour."""
MOST_SLOTS = 3
SEARCHED_DAYS = 15
"""Working days that are looked through: an offer for next month is none."""

KEPT_AHEAD = timedelta(weeks=4)
"""So far ahead it is kept when a member is busy."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of time; its end is not in it."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.starts_at, "starts_at")
        require_aware(self.ends_at, "ends_at")

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class BusyTimes:
    """When a member is taken, up to `until`; what comes after is not known. Never what with."""

    until: datetime
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        require_aware(self.until, "until")


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that touch or overlap as one; empty ones are left out."""
    found: list[Span] = []
    for span in sorted((one for one in spans if one.starts_at < one.ends_at), key=lambda one: one.starts_at):
        if found and span.starts_at <= found[-1].ends_at:
            if span.ends_at > found[-1].ends_at:
                found[-1] = Span(starts_at=found[-1].starts_at, ends_at=span.ends_at)
        else:
            found.append(span)
    return tuple(found)


def free_slots(
    *,
    owner: WorkWeek,
    client: WorkWeek,
    busy: BusyTimes,
    length: timedelta,
    first_day: date,
    now: datetime,
    most: int = MOST_SLOTS,
    opens: time = OPENS,
    closes: time = CLOSES,
) -> tuple[datetime, ...]:
    """Starts of slots of that length, in UTC, one a day from `first_day` (the owner's) on; mornings and afternoons by
    turns, so that there is something to choose.

    Each lies in the working hours of both, not at lunch, not in what is busy, in the future, and where all is known.
    """
    taken = merged(busy.spans)
    slots: list[datetime] = []
    day = first_day
    for _ in range(SEARCHED_DAYS):
        if owner.is_working_day(day):
            of_day = Span(starts_at=owner.at(day, time.min), ends_at=owner.at(day + _DAY, time.min) + length)
            near = [span for span in taken if span.overlaps(of_day)]
            free = [
                span.starts_at
                for span in _spans_of(day, owner, length)
                if span.starts_at > now
                and span.ends_at <= busy.until
                and _fits(span, owner, opens, closes)
                and _fits(span, client, opens, closes)
                and not any(span.overlaps(other) for other in near)
            ]
            slots += _one_of(free, owner, afternoon=len(slots) % 2 == 1)
        if len(slots) >= most:
            break
        day = owner.working_day(day, 1)
    return tuple(slots[:most])


def _spans_of(day: date, owner: WorkWeek, length: timedelta) -> Iterator[Span]:
    """Every half hour of the owner's day, in order. In steps of real time, as a clock change skips or repeats some."""
    here, end = owner.at(day, time.min), owner.at(day + _DAY, time.min)
    while here < end:
        yield Span(starts_at=here, ends_at=here + length)
        here += STEP


def _fits(span: Span, week: WorkWeek, opens: time, closes: time) -> bool:
    """Whether it lies in one working day of theirs, awake, not at lunch, and at times that come once that day."""
    begin, end = week.local(span.starts_at), week.local(span.ends_at)
    if begin.date() != end.date() or not week.is_working_day(begin.date()):
        return False
    if not (opens <= begin.time() and end.time() <= closes) or _comes_twice(begin):
        return False
    if week.is_quiet(begin.time()) or week.is_quiet((end - timedelta(minutes=1)).time()):
        return False
    return not (begin.time() < LUNCH_UNTIL and end.time() > LUNCH_FROM)


def _comes_twice(local: datetime) -> bool:
    """In the hour that the end of summer time repeats, nobody knows which of the two is meant."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _one_of(free: Sequence[datetime], owner: WorkWeek, *, afternoon: bool) -> list[datetime]:
    wanted = [slot for slot in free if (owner.local(slot).time() >= AFTERNOON) is afternoon]
    return (wanted or list(free))[:1]


def busy_window(now: datetime) -> SyncWindow:
    """The stretch that busy times are kept of: whole days (UTC), so that they change once a day by themselves."""
    today = datetime.combine(require_aware(now, "now").astimezone(UTC).date(), time.min, UTC)
    return SyncWindow(starts_at=today, ends_at=today + KEPT_AHEAD)
