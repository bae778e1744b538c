"""The playground's time: the machine's, moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain.clock import require_aware

FURTHEST = timedelta(days=3650)
"""How far it can be moved: a date beyond the calendars' is of no use and breaks arithmetic."""


class PlaygroundClock:
    """Implements `domain.clock.Clock`. It goes on from wherever it was moved to."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset
        self.listeners: set[Callable[[], None]] = set()
        """Called after each move."""

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the machine's clock."""
        return self._offset

    def move(self, by: timedelta) -> None:
        """Raises ValueError where that is further than FURTHEST from now."""
        self._set(self._offset + by)

    def to(self, moment: datetime) -> None:
        """Raises ValueError as `move` does, and for a naive moment."""
        self._set(require_aware(moment, "moment") - datetime.now(UTC))

    def back_to_now(self) -> None:
        self._set(timedelta())

    def _set(self, offset: timedelta) -> None:
        if abs(offset) > FURTHEST:
            raise ValueError(f"the clock goes at most {FURTHEST.days} days away from now")
        self._offset = offset
        for listener in list(self.listeners):
            listener()
