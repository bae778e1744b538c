"""One VEVENT of a feed, understood: its times made aware, its details made safe."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event
from icalendar.prop import vBroken, vDDDLists, vDDDTypes, vDuration, vRecur

from bot.calendars.blocks import Block
from bot.calendars.people import people, person
from bot.calendars.text import (
    MAX_LOCATION,
    MAX_TITLE,
    https_link,
    many_lines,
    meeting_link,
    one_line,
)
from bot.calendars.zones import Zones
from domain.meeting import Attendee

MAX_UID = 255
_MAX_SEQUENCE = 2**31 - 1
_ZONE_PARAMETER = re.compile(r";TZID=(?:\"[^\"]*\"|[^;:]*)", re.IGNORECASE)

Moment = date | datetime
"""A day of an all-day entry, or an aware time."""


class BrokenError(ValueError):
    """An event that cannot be read; the others can."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What is the same for every date of an event."""

    uid: str
    sequence: int
    title: str
    description: str
    location: str
    online_url: str
    time_zone: str
    cancelled: bool
    free: bool
    private: bool
    organiser: Attendee | None
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One VEVENT. `start` and `end` are both days or both aware times, and never in the wrong order."""

    event: Event
    details: Details
    start: Moment
    end: Moment
    original: Moment | None
    """RECURRENCE-ID: the date of the series that this one stands for."""
    and_future: bool
    """Whether it stands for all later dates as well."""
    rules: tuple[vRecur, ...]
    written: str

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    @property
    def is_series(self) -> bool:
        return bool(self.rules) or "RDATE" in self.event

    @property
    def length(self) -> timedelta:
        """As a clock without summer time shows it; the same for every date of a series (RFC 5545, 3.8.5.3)."""
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return self.end.astimezone(UTC) - self.start.astimezone(UTC)
        return apart(self.start, self.end)

    def moments(self, name: str) -> list[Any]:
        """The values of EXDATE or RDATE: days, times or, as pairs, periods."""
        return [each.dt for values in _all(self.event, name) if isinstance(values, vDDDLists) for each in values.dts]


def apart(start: Moment, end: Moment) -> timedelta:
    """What the figures of two moments differ by; only their days where one of them is a day."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return date(end.year, end.month, end.day) - date(start.year, start.month, start.day)


def understand(block: Block, zones: Zones) -> Version:
    """Raises BrokenError, or whatever the library raises on input that it does not expect."""
    event = _parsed(block)
    start = _moment(event, "DTSTART", zones)
    if start is None:
        raise BrokenError("no start")
    written_start = _first(event, "DTSTART").dt
    end = _end(event, start, zones)
    original = _moment(event, "RECURRENCE-ID", zones)
    if original is None and "RECURRENCE-ID" in event:
        raise BrokenError("no readable RECURRENCE-ID")
    if isinstance(start, datetime) and isinstance(end, datetime):
        end = max(start, end, key=lambda moment: moment.astimezone(UTC))
    else:
        end = max(start, end)
    rules = _all(event, "RRULE")
    if any(not isinstance(rule, vRecur) for rule in rules):
        raise BrokenError("no readable rule")
    return Version(
        event=event,
        details=_details(event, block.uid, zones.name_of(written_start)),
        start=start,
        end=end,
        original=original,
        and_future=original is not None
        and str(_first(event, "RECURRENCE-ID").params.get("RANGE", "")).upper() == "THISANDFUTURE",
        rules=tuple(rules),
        written=block.written,
    )


def _parsed(block: Block) -> Event:
    try:
        event = Event.from_ical(block.as_ical("VEVENT"))
    except OSError:
        # A zone's name that is no file name (too long, a directory): read its times as floating ones.
        block.lines = [_ZONE_PARAMETER.sub("", line) for line in block.lines]
        event = Event.from_ical(block.as_ical("VEVENT"))
    if not isinstance(event, Event):
        raise BrokenError("no event")
    return event


def _moment(event: Event, name: str, zones: Zones) -> Moment | None:
    value = _first(event, name)
    if not isinstance(value, vDDDTypes):
        return None
    moment = value.dt
    if isinstance(moment, datetime):
        if str(value.params.get("VALUE", "")).upper() == "DATE":
            return moment.date()
        return zones.aware(moment)
    return moment if isinstance(moment, date) else None


def _end(event: Event, start: Moment, zones: Zones) -> Moment:
    end = _moment(event, "DTEND", zones)
    if end is None:
        return _end_by_duration(event, start)
    if isinstance(start, datetime):
        return end if isinstance(end, datetime) else zones.midnight(end)
    return max(end.date() if isinstance(end, datetime) else end, start + timedelta(days=1))


def _end_by_duration(event: Event, start: Moment) -> Moment:
    value = _first(event, "DURATION")
    length = value.td if isinstance(value, vDuration | vDDDTypes) else timedelta(0)
    if not isinstance(length, timedelta) or length < timedelta(0):
        length = timedelta(0)
    if not isinstance(start, datetime):
        return start + max(timedelta(days=-(-length // timedelta(days=1))), timedelta(days=1))
    days = timedelta(days=length.days)
    return ((start + days).astimezone(UTC) + (length - days)).astimezone(start.tzinfo)


def _details(event: Event, uid: str, zone: str) -> Details:
    location = one_line(_text(event, "LOCATION"), MAX_LOCATION)
    return Details(
        uid=_safe_uid(_text(event, "UID") or uid),
        sequence=_sequence(event),
        title=one_line(_text(event, "SUMMARY"), MAX_TITLE),
        description=many_lines(_text(event, "DESCRIPTION")),
        location=location,
        online_url=_online_url(event, location),
        time_zone=zone,
        cancelled=_text(event, "STATUS").upper() == "CANCELLED",
        free=_text(event, "TRANSP").upper() == "TRANSPARENT"
        or _text(event, "X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE",
        private=_text(event, "CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"},
        organiser=person(_first(event, "ORGANIZER")),
        attendees=people(_all(event, "ATTENDEE")),
    )


def _online_url(event: Event, location: str) -> str:
    named = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
    links = [https_link(_text(event, name)) for name in named]
    links += [https_link(str(value)) for value in _all(event, "CONFERENCE")]
    return next((link for link in links if link), "") or meeting_link((location, _text(event, "DESCRIPTION")))


def _safe_uid(uid: str) -> str:
    """The UID as it is, unless it is too long or unprintable: then a name made from it."""
    if len(uid) <= MAX_UID and uid.isprintable():
        return uid
    return "hashed-" + hashlib.sha256(uid.encode()).hexdigest()


def _sequence(event: Event) -> int:
    value = _first(event, "SEQUENCE")
    return min(max(value, 0), _MAX_SEQUENCE) if isinstance(value, int) else 0


def _text(event: Event, name: str) -> str:
    value = _first(event, name)
    return str(value).strip() if isinstance(value, str) and not isinstance(value, vBroken) else ""


def _first(event: Event, name: str) -> Any:
    values = _all(event, name)
    return values[0] if values else None


def _all(event: Event, name: str) -> list[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
