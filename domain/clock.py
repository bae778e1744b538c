"""Where the time comes from: always passed in, so that tests and the playground can move it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def require_aware(moment: datetime, name: str) -> datetime:
    """Return `moment`, or raise ValueError where it has no zone: a naive time is a mistake waiting to happen."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{name} must be an aware datetime, not {moment!r}")
    return moment
