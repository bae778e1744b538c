"""What an adapter for a calendar that can be read has to do, and the values and errors that it deals in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from domain.errors import Invalid, InvalidCode
from domain.meeting import CalendarEntry, SyncWindow


class FeedProblem(Exception):  # noqa: N818 - a state of the world that a member can act on, not a programming error
    """The calendar cannot be read. `code` is one of `InvalidCode.FEED_*`; `status` goes with FEED_STATUS only.

    Its text never holds the address: the address of a feed is a secret.
    """

    def __init__(self, code: InvalidCode, *, status: int | None = None) -> None:
        super().__init__(code.value if status is None else f"{code.value} {status}")
        self.code = code
        self.status = status

    @property
    def invalid(self) -> Invalid:
        """The same as an answer to a form's field; the sentence of FEED_STATUS takes `status`."""
        return Invalid(self.code) if self.status is None else Invalid(self.code, status=self.status)


class SkipReason(StrEnum):
    """Why an event of a feed was left out while the others were read."""

    BROKEN = "broken"
    """A start, rule or name that nobody can read."""
    TOO_MANY_DATES = "too_many_dates"
    """More dates inside the window than a series of meetings has."""
    TOO_COSTLY = "too_costly"
    """A rule that takes too long to work out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchResult:
    """What the server answered. `body` is None where it said that nothing changed (304)."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""
    """Both validators as the server sent them, to be sent back next time; empty where it sent none."""

    @property
    def not_modified(self) -> bool:
        return self.body is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """The entries of a calendar inside a window, sorted by start, and how many events were left out and why."""

    entries: tuple[CalendarEntry, ...]
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One reading of a calendar. `entries` is None where nothing changed since the validators were given out."""

    entries: tuple[CalendarEntry, ...] | None
    etag: str = ""
    last_modified: str = ""
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)

    @property
    def not_modified(self) -> bool:
        return self.entries is None


class ReadsCalendar(Protocol):
    """An adapter that reads a calendar by its address."""

    async def read(
        self, url: str, *, etag: str = "", last_modified: str = "", zone: str, window: SyncWindow
    ) -> Reading:
        """Read what is inside `window`, unless nothing changed since `etag` or `last_modified`.

        `zone` is the IANA name of the owner's zone: floating times and unknown zones are read in it. Raises
        FeedProblem and nothing else.
        """
        ...


class ParsesCalendar(Protocol):
    """Turns the bytes of a calendar into entries without holding up the event loop."""

    async def parse(self, body: bytes, *, zone: str, window: SyncWindow) -> Parsed:
        """Raises FeedProblem and nothing else."""
        ...
