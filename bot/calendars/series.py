"""The dates of a series inside a window: rules, extra dates, exceptions, moved and cancelled dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.prop import vDDDLists, vDDDTypes, vInt, vRecur, vText

from bot.calendars.versions import BrokenError, Moment, Version, apart
from domain.meeting import SyncWindow

MAX_DATES = 500
"""Of one series inside the window: more than three a day, every day, is no series of meetings."""
MAX_RULES = 10
MAX_RULE = 1_000
"""Characters of one rule."""
_TOO_FINE = frozenset({"SECONDLY", "MINUTELY"})
_MARGIN = timedelta(days=2)
"""The library compares days and times of different zones by their figures; the caller cuts to the window."""
_INDEX = "X-MEETDOWN-INDEX"


class TooManyDatesError(ValueError):
    """A series that has more than MAX_DATES dates in the window."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One date of a series: by which version it is described, and the name of the date it stands for."""

    version: Version
    name: str
    start: Moment
    end: Moment


def occurrences(versions: Sequence[Version], window: SyncWindow) -> Iterator[Occurrence]:
    """The dates of all versions of one UID; some may lie up to two days outside the window.

    Raises TooManyDatesError, BrokenError, or whatever the library raises on input that it does not expect.
    """
    newest_first = sorted(versions, key=lambda version: (version.details.sequence, version.written), reverse=True)
    master = next((version for version in newest_first if version.original is None), None)
    if master is not None and not master.is_series and len(newest_first) == 1:
        yield Occurrence(version=master, name="", start=master.start, end=master.end)
        return
    used = [master] if master else []
    used += [version for version in newest_first if version.original is not None]
    calendar = Calendar()
    for index, version in enumerate(used):
        calendar.add_component(_skeleton(version, master or version, index))
    found = recurring_ical_events.of(calendar).between(window.starts_at - _MARGIN, window.ends_at + _MARGIN)
    if len(found) > MAX_DATES:
        raise TooManyDatesError
    for component in found:
        yield _occurrence(component, used[int(component[_INDEX])], master)


def _occurrence(component: Any, version: Version, master: Version | None) -> Occurrence:
    start, end = component["DTSTART"].dt, component["DTEND"].dt
    if isinstance(start, datetime) and end - start == apart(version.start, version.end):
        # By exact time: a date in the hour that summer time skips keeps its length.
        end = start.astimezone(UTC) + version.length
    if version.original is None:
        name = name_of(start) if version.is_series else ""
    else:
        original = _like((master or version).start, version.original)
        name = name_of(start - apart(original, version.start) if version.and_future else original)
    return Occurrence(version=version, name=name, start=start, end=end)


def name_of(moment: Moment) -> str:
    """How a date of a series is called: its original start."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return moment.strftime("%Y%m%d")


def _skeleton(version: Version, master: Version, index: int) -> Event:
    """Only what decides on dates, with every time in the zone of the series, so that exceptions meet their dates."""
    event = Event()
    event["UID"] = vText("series")
    event["SEQUENCE"] = vInt(version.details.sequence)
    event["DTSTART"] = vDDDTypes(version.start)
    event["DTEND"] = vDDDTypes(version.end)
    event[_INDEX] = vInt(index)
    if version.original is not None:
        params = {"RANGE": "THISANDFUTURE"} if version.and_future else {}
        event["RECURRENCE-ID"] = vDDDTypes(_like(master.start, version.original), params=params)
        return event
    if version.rules:
        event["RRULE"] = [_rule(rule, version.start) for rule in version.rules]
    exceptions = [_exception(version.start, moment) for moment in version.moments("EXDATE")]
    extra = [_extra(version.start, moment) for moment in version.moments("RDATE")]
    if exceptions:
        event["EXDATE"] = [vDDDLists([moment]) for moment in exceptions]
    if extra:
        event["RDATE"] = [vDDDLists([moment]) for moment in extra]
    return event


def _rule(rule: vRecur, start: Moment) -> vRecur:
    """The rule with an UNTIL of the kind that its start asks for; refuses what can only be a trap."""
    if len(str(rule)) > MAX_RULE:
        raise BrokenError("rule too long")
    frequency = str(_one(rule, "FREQ")).upper()
    count, interval, until = _one(rule, "COUNT"), _one(rule, "INTERVAL"), _one(rule, "UNTIL")
    if interval is not None and not (isinstance(interval, int) and interval >= 1):
        raise BrokenError("no interval")
    if frequency in _TOO_FINE and not (isinstance(count, int) and 0 < count <= MAX_DATES):
        raise TooManyDatesError
    if until is None:
        return rule
    copy = vRecur(rule)
    copy["UNTIL"] = [_until(until, start)]
    return copy


def _until(until: object, start: Moment) -> Moment:
    """UNTIL as a day for days, and in UTC for times; a day given for times means until its end."""
    if not isinstance(until, date):
        raise BrokenError("no UNTIL")
    if not isinstance(start, datetime):
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59))
    if until.tzinfo is None:
        until = until.replace(tzinfo=start.tzinfo)
    return until.astimezone(UTC)


def _like(start: Moment, moment: Moment) -> Moment:
    """`moment` as the kind that `start` is, in its zone."""
    if not isinstance(start, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.timetz())
    return moment.astimezone(start.tzinfo) if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)


def _exception(start: Moment, moment: Any) -> Moment:
    """An EXDATE; a day among times stays a day: it takes out whatever falls on it."""
    if not isinstance(moment, date):
        raise BrokenError("no EXDATE")
    return moment if not isinstance(moment, datetime) else _like(start, moment)


def _extra(start: Moment, moment: Any) -> Any:
    if isinstance(moment, tuple) and isinstance(start, datetime):
        begin, end = moment
        return (_like(start, begin), end if isinstance(end, timedelta) else _like(start, end))
    if isinstance(moment, tuple):
        moment = moment[0]
    if not isinstance(moment, date):
        raise BrokenError("no RDATE")
    return _like(start, moment)


def _one(rule: vRecur, name: str) -> Any:
    value = rule.get(name)
    return value[0] if isinstance(value, list) and value else value
