"""Which zone a time of a feed is in: IANA names, Windows names, zones that the feed defines, and the owner's."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from bot.calendars.blocks import Block
from bot.calendars.limits import OutOfTime, cpu_limit

_RULE = re.compile(r"^RRULE[^:]*:(.*)$", re.IGNORECASE)
_TZID = re.compile(r"^TZID[^:]*:(.*)$", re.IGNORECASE)
_YEAR_ONE = re.compile(r"^(DTSTART[^:]*:)1601(?=\d{4})", re.IGNORECASE)
_NO_RULE_BEFORE = "1970"
"""Outlook anchors its rules in 1601; nothing before this year is asked for, and walking there costs time."""
_ZONE_SECONDS = 0.5
"""Of processor time, to understand one zone."""
_PROBE = datetime(2026, 7, 1)  # noqa: DTZ001 - a zone is asked about its own local time


class Zones:
    """The zones of one feed.

    icalendar looks zones up in one table of its own for the whole process: `Zones` empties it first, so that no feed
    sees a zone which another one defined.
    """

    def __init__(self, blocks: Iterable[Block], *, owner: str) -> None:
        self.owner = owners_zone(owner)
        self._learned: list[Timezone] = []
        tzp.use_zoneinfo()
        for block in blocks:
            self._learn(block)

    def _learn(self, block: Block) -> None:
        """Take over a zone that the feed defines, unless its name says which zone it is; a broken one is left out."""
        names = [found.group(1).strip() for line in block.lines if (found := _TZID.match(line))]
        if not names or iana_name(names[0]):
            return
        rules = [found.group(1).upper() for line in block.lines if (found := _RULE.match(line))]
        if any("FREQ=YEARLY" not in rule or "INTERVAL=0" in rule or len(rule) > 200 for rule in rules):
            return
        block.lines = [_YEAR_ONE.sub(rf"\g<1>{_NO_RULE_BEFORE}", line) for line in block.lines]
        try:
            with cpu_limit(_ZONE_SECONDS):
                component = Timezone.from_ical(block.as_ical("VTIMEZONE"))
                if not isinstance(component, Timezone):
                    return
                component.to_tz(lookup_tzid=False).utcoffset(_PROBE)
        except (Exception, OutOfTime):
            # Hostile input meets two libraries: whatever comes, times in this zone are read in the owner's.
            self._forget_broken()
        else:
            self._learned.append(component)

    def _forget_broken(self) -> None:
        """icalendar's table has no way to take one zone out: empty it and put the good ones back."""
        tzp.use_zoneinfo()
        for component in self._learned:
            tzp.cache_timezone_component(component)

    def aware(self, moment: datetime) -> datetime:
        """`moment`, read in the owner's zone where it names none."""
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self.owner)

    def midnight(self, day: date) -> datetime:
        """The start of a day as the owner sees it."""
        return datetime.combine(day, time(), tzinfo=self.owner)

    def name_of(self, moment: datetime | date) -> str:
        """IANA name of the zone a time was written in; the owner's where it floats, empty for UTC and unknown."""
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return self.owner.key
        return name_of_zone(moment.tzinfo)


def name_of_zone(zone: tzinfo) -> str:
    key = zone.key if isinstance(zone, ZoneInfo) else ""
    return "" if key in {"UTC", "Etc/UTC", "Z"} or zone is UTC else key


def owners_zone(name: str) -> ZoneInfo:
    """The zone of a member; UTC where Slack names one that is not known here."""
    return _zone(name) or ZoneInfo("UTC")


def iana_name(tzid: str) -> str:
    """The IANA name that a TZID stands for (also a Windows name), or empty."""
    cleaned = tzid.strip("/")
    name = WINDOWS_TO_OLSON.get(cleaned, cleaned)
    return name if _zone(name) else ""


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
