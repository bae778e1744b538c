"""When a member works: working days, waking hours and the way from one to the next, across clock changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.clock import require_aware

Holidays = Callable[[date], bool]
"""Whether a day is a holiday where the member lives."""

SATURDAY_AND_SUNDAY: frozenset[int] = frozenset({5, 6})
"""As `date.weekday()` counts."""

LONGEST_BREAK_DAYS = 60
"""How far a working day is looked for before every day counts as one: a calendar that is nothing but
holidays must not end in an endless search."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LAST_MINUTE = time(23, 59)


def no_holidays(day: date) -> bool:
    """For members whose country is unknown."""
    del day
    return False


_OFFICE_HOURS = range(9, 17)


def is_quiet_all_day(quiet_from: time, quiet_until: time) -> bool:
    """Whether no office hour is left to be reminded in. Nobody means that: the two were mixed up."""
    return all(_lies_within(time(hour), quiet_from, quiet_until) for hour in _OFFICE_HOURS)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWeek:
    """A member's days and hours.

    Quiet hours run from `quiet_from` up to, but not including, `quiet_until` of the next day (or of the same day,
    where it is the later of the two); equal times mean that there are none. Moments go in aware and come out in
    UTC. A local time that a clock change skips is read with the offset before the change (so 02:30 becomes
    03:30); one that comes twice is the first of the two.
    """

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    is_holiday: Holidays = no_holidays

    def local(self, moment: datetime) -> datetime:
        return require_aware(moment, "moment").astimezone(self.zone)

    def at(self, day: date, at: time) -> datetime:
        """That time of day in the member's zone, in UTC."""
        return datetime.combine(day, at.replace(tzinfo=None, fold=0), self.zone).astimezone(UTC)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def is_quiet(self, at: time) -> bool:
        return _lies_within(at, self.quiet_from, self.quiet_until)

    def is_waking(self, moment: datetime) -> bool:
        """Whether a message at this moment disturbs nobody's night; the day may be a free one."""
        return not self.is_quiet(self.local(moment).time())

    def is_working(self, moment: datetime) -> bool:
        """Whether the moment lies in the waking hours of a working day."""
        return self.is_working_day(self.local(moment).date()) and self.is_waking(moment)

    def working_day(self, day: date, count: int) -> date:
        """The working day that lies `count` working days after `day` (before it, where negative).

        `day` itself is not counted, whether it is a working day or not; a count of 0 gives it back.
        """
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._nearest_working_day(day + step * _DAY, step)
        return day

    def same_time(self, moment: datetime, count: int) -> datetime:
        """The same local time of day, `count` working days after the moment (before it, where negative)."""
        local = self.local(moment)
        return self.at(self.working_day(local.date(), count), local.time())

    def latest_working(self, moment: datetime) -> datetime:
        """The moment itself in working hours, else the last minute of them before it: 17:59 the evening before."""
        local = self.local(moment)
        target = datetime.combine(local.date(), local.time())
        if self.is_quiet(target.time()):
            fell_quiet_on = target.date() if target.time() >= self.quiet_from else target.date() - _DAY
            target = datetime.combine(fell_quiet_on, self.quiet_from) - _MINUTE
        elif self.is_working_day(target.date()):
            return moment.astimezone(UTC)
        if self.is_working_day(target.date()):
            return self.at(target.date(), target.time())
        return self.at(self._nearest_working_day(target.date() - _DAY, -1), self._last_waking_minute())

    def next_waking(self, moment: datetime) -> datetime:
        """The moment itself where it is waking, else the end of the quiet hours; the day may be a free one."""
        local = self.local(moment)
        if not self.is_quiet(local.time()):
            return moment.astimezone(UTC)
        day = local.date() + _DAY if local.time() >= self.quiet_until else local.date()
        end = self.at(day, self.quiet_until)
        if end > moment:
            return end
        return datetime.combine(day, self.quiet_until.replace(fold=1), self.zone).astimezone(UTC)

    def next_working(self, moment: datetime) -> datetime:
        """The moment itself in working hours, else the first moment of them after it."""
        waking = self.next_waking(moment)
        day = self.local(waking).date()
        if self.is_working_day(day):
            return waking
        first = self.quiet_until if self.is_quiet(time.min) else time.min
        return self.at(self._nearest_working_day(day + _DAY, 1), first)

    def after_working_hours(self, moment: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of working hours has gone by, at most `LONGEST_BREAK_DAYS` stretches on."""
        here = self.next_working(moment)
        for _ in range(LONGEST_BREAK_DAYS):
            end = self._end_of_stretch(here)
            if here + amount <= end:
                break
            amount -= end - here
            here = self.next_working(end)
        return here + amount

    def _end_of_stretch(self, here: datetime) -> datetime:
        """When the working stretch that holds `here` ends: at the quiet hours, or at midnight where they come later."""
        day = self.local(here).date()
        closing = self.at(day, self.quiet_from)
        if self.quiet_from == self.quiet_until or closing <= here:
            return self.at(day + _DAY, time.min)
        return closing

    def _last_waking_minute(self) -> time:
        if not self.is_quiet(_LAST_MINUTE):
            return _LAST_MINUTE
        return (datetime.combine(date.min + _DAY, self.quiet_from) - _MINUTE).time()

    def _nearest_working_day(self, day: date, step: int) -> date:
        for offset in range(LONGEST_BREAK_DAYS):
            candidate = day + step * offset * _DAY
            if self.is_working_day(candidate):
                return candidate
        return day


def _lies_within(at: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until
