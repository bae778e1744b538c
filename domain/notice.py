"""How much notice a client gets: the time that really passes until a meeting starts."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.clock import require_aware
from domain.policy import Policy


class Notice(StrEnum):
    """Bands of notice, from least to most; the limits are the policy's, each band includes its lower limit."""

    STARTED = "started"
    LAST_MINUTE = "last_minute"
    """Less than 2 hours."""
    SHORT = "short"
    """Less than 24 hours: ring first."""
    TIGHT = "tight"
    """Less than 48 hours: ring as well."""
    ENOUGH = "enough"
    AMPLE = "ample"
    """7 days or more: praised."""

    @property
    def ring_first(self) -> bool:
        return self in {Notice.LAST_MINUTE, Notice.SHORT}


def time_until(starts_at: datetime, now: datetime) -> timedelta:
    """Elapsed time from `now` to the start, negative after it.

    Goes through UTC because Python subtracts two datetimes of one zone by their wall clocks, which is an hour off
    across a DST change. Raises ValueError for naive datetimes.
    """
    require_aware(now, "now")
    require_aware(starts_at, "starts_at")
    return starts_at.astimezone(UTC) - now.astimezone(UTC)


def notice_band(until: timedelta, policy: Policy) -> Notice:
    if until <= timedelta(0):
        return Notice.STARTED
    if until < timedelta(hours=policy.too_late_hours):
        return Notice.LAST_MINUTE
    if until < timedelta(hours=policy.ring_first_hours):
        return Notice.SHORT
    if until < timedelta(hours=policy.ring_too_hours):
        return Notice.TIGHT
    if until < timedelta(days=policy.praised_days):
        return Notice.ENOUGH
    return Notice.AMPLE
