"""A short memory for what is read far more often than written."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from storage.database import Database

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SECONDS = 1.0
"""How long something is remembered at most: another process may have changed it meanwhile."""
KEPT = 5_000


class Memory(Generic[K, V]):
    """Values that were read from the database; every transaction of this process that may have written empties it."""

    def __init__(
        self, database: Database, *, seconds: float = SECONDS, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._monotonic = monotonic
        self._kept: dict[K, tuple[float, V]] = {}
        self._writes = database.writes

    @property
    def mark(self) -> int:
        """To be taken before reading what is to be remembered."""
        return self._database.writes

    def recall(self, key: K) -> V | None:
        self._forget_stale()
        found = self._kept.get(key)
        return found[1] if found is not None and found[0] > self._monotonic() else None

    def remember(self, key: K, value: V, mark: int) -> None:
        """Only where nothing was written since `mark`."""
        self._forget_stale()
        if mark == self._database.writes:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = (self._monotonic() + self._seconds, value)

    def _forget_stale(self) -> None:
        if self._writes != self._database.writes:
            self._kept.clear()
            self._writes = self._database.writes
