"""The first look at a feed: cut into events without understanding them, so that one broken event costs only itself.

A library that reads the whole text at once gives up at the first END that fits no BEGIN, and spends its time on years
of past events that nobody asked for. So the text is cut here, and only the events that can touch the window are
handed on.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.calendars.protocol import FeedProblem
from domain.errors import InvalidCode
from domain.meeting import SyncWindow

MAX_EVENTS = 20_000
"""Events of one feed that touch the window; a person does not have more."""
MAX_ZONES = 300
MAX_LINES = 1_000
"""Of one event; those after it (the thousandth attendee) are left out."""
MAX_LINE = 100_000
"""Characters of one unfolded line; longer ones are left out (pictures inside descriptions)."""

_WANTED = frozenset(
    {
        *("UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"),
        *("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "CLASS", "ORGANIZER", "ATTENDEE", "CONFERENCE"),
        *("X-MICROSOFT-CDO-BUSYSTATUS", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    }
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DAY = re.compile(r"[:,](\d{8})")
_UNTIL = re.compile(r"UNTIL=(\d{8})", re.IGNORECASE)
_SHORT = re.compile(r":PT(?:(?:1?\d|2[0-4])H)?(?:\d{1,3}M)?(?:\d{1,3}S)?$")
_SLACK = timedelta(days=2)
"""Days are compared before zones are known; no two zones are further apart."""
_NEAR = tuple(timedelta(days=number) for number in range(-2, 3))


@dataclass(slots=True, eq=False)
class Block:
    """The lines of one VEVENT (without its alarms) or VTIMEZONE (with everything). Equal only to itself."""

    lines: list[str] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    """The first line of each name, for a look without parsing."""

    @property
    def uid(self) -> str:
        """The UID; one that is missing is made from what the event says, so that it stays the same."""
        uid = self.first.get("UID", "").partition(":")[2].strip()
        if uid:
            return uid
        said = "\n".join(self.first.get(name, "") for name in ("DTSTART", "DTEND", "RRULE", "SUMMARY"))
        return "unnamed-" + hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def written(self) -> str:
        """When this version was written, as text that sorts; empty where it does not say."""
        return (self.first.get("LAST-MODIFIED") or self.first.get("DTSTAMP", "")).rpartition(":")[2]

    @property
    def is_override(self) -> bool:
        return "RECURRENCE-ID" in self.first

    def as_ical(self, name: str) -> bytes:
        return "\r\n".join([f"BEGIN:{name}", *self.lines, f"END:{name}", ""]).encode()

    def may_touch(self, first: date, last: date) -> bool:
        """Whether any date of it can lie between two days; True where that takes more than a look."""
        if self.is_override:
            if "RANGE" in self.first["RECURRENCE-ID"].upper():
                return True
            days = self.days("DTSTART") + self.days("DTEND") + self.days("RECURRENCE-ID")
            return not days or (min(days) <= last and (max(days) >= first or self._has_long_duration))
        starts, ends = self.days("DTSTART"), self.days("DTEND")
        if not starts:
            return True
        if "RDATE" in self.first:
            return True
        if "RRULE" in self.first:
            return starts[0] <= last and not self._is_over(first, starts, ends)
        return starts[0] <= last and (max(starts + ends) >= first or self._has_long_duration)

    def days(self, name: str) -> list[date]:
        """The day that the property names first, as a list of one; empty where it is missing or unreadable."""
        found = _DAY.search(self.first.get(name, ""))
        day = _as_day(found.group(1)) if found else None
        return [day] if day else []

    def _is_over(self, first: date, starts: list[date], ends: list[date]) -> bool:
        """Whether a series with one rule, of short dates, ended before a day."""
        rules = [line for line in self.lines if line[:5].upper() == "RRULE"]
        until = _UNTIL.search(rules[0])
        end = _as_day(until.group(1)) if until else None
        long = self._has_long_duration or (bool(ends) and ends[0] - starts[0] > _SLACK)
        return len(rules) == 1 and end is not None and end < first and not long

    @property
    def _has_long_duration(self) -> bool:
        """Whether it has a DURATION that is not plainly one of less than two days."""
        return "DURATION" in self.first and not _SHORT.search(self.first["DURATION"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed in pieces: zones of its own, and the events that can touch the window, grouped by UID."""

    zones: list[Block]
    series: dict[str, list[Block]]


def cut(body: bytes, window: SyncWindow) -> Feed:
    """Cut a feed into pieces; raises FeedProblem where it is no calendar, is cut off or has too many events."""
    lines = _unfolded(body)
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise FeedProblem(InvalidCode.FEED_NOT_A_CALENDAR)
    if lines[-1].strip().upper() != "END:VCALENDAR":
        # Cut off on the way: what is missing must not look like meetings that were taken out.
        raise FeedProblem(InvalidCode.FEED_NOT_A_CALENDAR)
    zones: list[Block] = []
    series: dict[str, list[Block]] = defaultdict(list)
    for name, block in _blocks(lines):
        if name == "VEVENT":
            series[block.uid].append(block)
        elif len(zones) < MAX_ZONES:
            zones.append(block)
    return Feed(zones=zones, series=_touching(series, window))


def _touching(series: dict[str, list[Block]], window: SyncWindow) -> dict[str, list[Block]]:
    first, last = (window.starts_at - _SLACK).date(), (window.ends_at + _SLACK).date()
    kept: dict[str, list[Block]] = {}
    count = 0
    for uid, blocks in series.items():
        touching = {block for block in blocks if block.may_touch(first, last)}
        if not touching:
            continue
        kept[uid] = _with_rivals(touching, blocks)
        count += len(kept[uid])
        if count > MAX_EVENTS:
            raise FeedProblem(InvalidCode.FEED_TOO_LARGE)
    return kept


def _with_rivals(touching: set[Block], blocks: list[Block]) -> list[Block]:
    """Also the blocks that could overrule one that touches the window, wherever they lie themselves.

    Of several versions of a series, and of several changes of one date, the newest counts.
    """
    near = {day + apart for block in touching for day in block.days("RECURRENCE-ID") for apart in _NEAR}
    return [
        block
        for block in blocks
        if not block.is_override or block in touching or not near.isdisjoint(block.days("RECURRENCE-ID"))
    ]


def _unfolded(body: bytes) -> list[str]:
    plain = body.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in plain:
        plain = plain.replace(b"\r", b"\n")
    # Unfolded before decoding: a line may be folded inside a character.
    joined = re.sub(rb"\r*\n[ \t]", b"", plain)
    text = joined.decode("utf-8", errors="replace").replace("\x00", "")
    return [line for line in (each.strip("\r") for each in text.split("\n")) if line.strip()]


def _blocks(lines: list[str]) -> Iterator[tuple[str, Block]]:
    """Each whole VEVENT and VTIMEZONE. A BEGIN of either before the END of the last one means that its END is lost."""
    name, inner, block = "", "", Block()
    for line in lines:
        marker = line[:32].strip().upper()
        if marker in {"BEGIN:VEVENT", "BEGIN:VTIMEZONE"}:
            name, inner, block = marker.removeprefix("BEGIN:"), "", Block()
        elif not name:
            continue
        elif marker == f"END:{name}":
            yield name, block
            name = ""
        elif name == "VTIMEZONE":
            _keep(block, line)
        elif inner:
            inner = "" if marker == f"END:{inner}" else inner
        elif marker.startswith("BEGIN:"):
            inner = marker.removeprefix("BEGIN:")
        else:
            _keep_wanted(block, line)


def _keep(block: Block, line: str) -> None:
    if len(block.lines) < MAX_LINES and len(line) <= MAX_LINE:
        block.lines.append(line)


def _keep_wanted(block: Block, line: str) -> None:
    found = _NAME.match(line)
    if not found:
        return
    name = found.group().upper()
    if name in _WANTED:
        _keep(block, line)
        block.first.setdefault(name, line)
    elif name in {"LAST-MODIFIED", "DTSTAMP"}:
        block.first.setdefault(name, line)


def _as_day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
