"""Dates and times in a message to a client: written out, in the client's language and time zone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, get_timezone_gmt, get_timezone_location

from domain.clock import require_aware
from messages.when import zone_info

_LOCALES = {"en": "en_GB", "nl": "nl"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientMoment:
    """One moment as the client reads it, without the words around it.

    `city` names the zone where the owner's clock shows another time; `offset` does it for zones that are not a place.
    In the hour that comes twice when summer time ends, `time` itself says which of the two it is. `here` is what the
    owner's clock shows then, `here_day` the day there where it is another one, `here_city` the owner's place; all three
    are empty where both clocks show the same.
    """

    day: str
    time: str
    city: str = ""
    offset: str = ""
    here: str = ""
    here_day: str = ""
    here_city: str = ""


def client_moment(at: datetime, *, zone: str, owner_zone: str, language: str, now: datetime) -> ClientMoment:
    """`at` on the client's clock; the year is written where it is not the client's present one."""
    local = require_aware(at, "at").astimezone(zone_info(zone))
    today = require_aware(now, "now").astimezone(zone_info(zone)).date()
    here = at.astimezone(zone_info(owner_zone))
    elsewhere = local.utcoffset() != here.utcoffset()
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    city, offset = _city(zone_info(zone).key, language), str(get_timezone_gmt(local, locale=_locale(language)))
    clock, other_day = _clock(local), elsewhere and local.date() != here.date()
    return ClientMoment(
        day=client_day(local.date(), language=language, today=today),
        time=f"{clock} ({offset})" if twice else clock,
        city=city if elsewhere else "",
        offset=offset if elsewhere and not city and not twice else "",
        here=_clock(here) if elsewhere else "",
        here_day=client_day(here.date(), language=language, today=today) if other_day else "",
        here_city=_city(zone_info(owner_zone).key, language) if elsewhere else "",
    )


def _clock(local: datetime) -> str:
    return f"{local.hour:02d}:{local.minute:02d}"


def client_day(day: date, *, language: str, today: date) -> str:
    """`Tuesday 24 November`, `dinsdag 24 november`, with the year where it is not this one."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    return str(format_date(day, pattern, locale=_locale(language)))


def _locale(language: str) -> str:
    return _LOCALES.get(language, "en_GB")


@lru_cache(maxsize=1024)
def _city(zone: str, language: str) -> str:
    """The zone's place in the language, or empty where its name holds none (`UTC`, `Etc/GMT-1`)."""
    if "/" not in zone or zone.startswith("Etc/"):
        return ""
    return str(get_timezone_location(zone, locale=_locale(language), return_city=True)).rpartition("/")[2]
