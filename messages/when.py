"""Moments as people say them: in their own zone and language, with the year only where it is not this one."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names, get_timezone_location

from domain.clock import require_aware
from messages.i18n import Translator

_SUMMER_AND_WINTER = "{clock} ({zone})"


def zone_info(zone: str) -> ZoneInfo:
    """The zone of an IANA name; UTC where the name (it comes from outside) is empty or unknown."""
    return _known_zone(zone) or ZoneInfo("UTC")


def moment(t: Translator, at: datetime, zone: str, now: datetime) -> str:
    """`tomorrow, 10:00`, or `Tue 24 Nov, 10:00`."""
    local, today = _local(at, zone, now)
    return t.text("{day}, {clock}", day=day(t, local.date(), today), clock=_clock(local))


def span(
    t: Translator, starts_at: datetime, ends_at: datetime, zone: str, now: datetime, *, show_zone: bool = False
) -> str:
    """`tomorrow, 10:00 to 11:30 (90 min)`; the length is elapsed time, also across a clock change.

    A range is never written `10:00-11:30`: Slack reads `:00-11:` as the name of an emoji.
    """
    first, today = _local(starts_at, zone, now)
    last, _ = _local(ends_at, zone, now)
    minutes = round((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)) / timedelta(minutes=1))
    until = _clock(last) if first.date() == last.date() else moment(t, ends_at, zone, now)
    text = t.text(
        "{day}, {begin} to {end} ({length})",
        day=day(t, first.date(), today),
        begin=_clock(first),
        end=until,
        length=length(t, minutes),
    )
    return t.text("{time}, {zone}", time=text, zone=zone_label(t, zone, starts_at)) if show_zone else text


def length(t: Translator, minutes: int) -> str:
    """`90 min`, and whole hours from three hours up."""
    if minutes >= 180 and minutes % 60 == 0:
        return t.count("{n} hour", "{n} hours", minutes // 60)
    return t.text("{minutes} min", minutes=minutes)


def day(t: Translator, date_: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, else `Tue 24 Nov`, with the year where it is not this one."""
    ahead = (date_ - today).days
    if ahead == 0:
        return t.text("today")
    if ahead == 1:
        return t.text("tomorrow")
    if ahead == -1:
        return t.text("yesterday")
    weekdays, months = _names(t.language)
    weekday, month = weekdays[date_.weekday()], months[date_.month]
    if date_.year == today.year:
        return t.text("{weekday} {day} {month}", weekday=weekday, day=date_.day, month=month)
    return t.text("{weekday} {day} {month} {year}", weekday=weekday, day=date_.day, month=month, year=date_.year)


def month(t: Translator, first: date, today: date) -> str:
    """`Nov`, with the year where it is not this one."""
    name = _names(t.language)[1][first.month]
    return name if first.year == today.year else t.text("{month} {year}", month=name, year=first.year)


def clock(at: datetime, zone: str) -> str:
    """`10:00`; where the clock shows that time twice in the night, with the zone's short name."""
    return _clock(require_aware(at, "at").astimezone(zone_info(zone)))


def zone_label(t: Translator, zone: str, at: datetime) -> str:
    """`Amsterdam time (CET)`: the short name alone says little, the place alone not whether it is summer time."""
    known = zone_info(zone)
    short = require_aware(at, "at").astimezone(known).tzname() or "UTC"
    if known.key in {"UTC", "Etc/UTC", "GMT"}:
        return known.key.removeprefix("Etc/")
    name = f"UTC{short}" if short[:1] in "+-" else short
    return t.text("{city} time ({zone})", city=_city(known.key, t.language), zone=name)


def _local(at: datetime, zone: str, now: datetime) -> tuple[datetime, date]:
    """The moment in the zone, and the day that is today there."""
    known = zone_info(zone)
    return require_aware(at, "at").astimezone(known), require_aware(now, "now").astimezone(known).date()


def _clock(local: datetime) -> str:
    text = f"{local.hour:02d}:{local.minute:02d}"
    if local.fold or local.utcoffset() != local.replace(fold=1).utcoffset():
        return _SUMMER_AND_WINTER.format(clock=text, zone=local.tzname())
    return text


@lru_cache(maxsize=1024)
def _known_zone(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return None


@cache
def _names(language: str) -> tuple[dict[int, str], dict[int, str]]:
    """Short names of weekdays (0 is Monday) and months (1 is January), without the dot that some locales add."""
    weekdays = get_day_names("abbreviated", context="format", locale=language)
    months = get_month_names("abbreviated", context="format", locale=language)
    return (
        {number: str(weekdays[number]).rstrip(".") for number in range(7)},
        {number: str(months[number]).rstrip(".") for number in range(1, 13)},
    )


@lru_cache(maxsize=1024)
def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=language, return_city=True))
