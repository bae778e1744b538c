"""From a city that somebody types to the time zone it lies in."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from messages.i18n import LANGUAGES

LONGEST = 60
_CONTINENTS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


def find_zone(text: str) -> str:
    """The IANA name for a city (in any of our languages), for a country with one zone only, or for the name itself.

    Raises ValueError where there is none.
    """
    wanted = _key(text[: LONGEST + 1])
    found = _known().get(wanted, "") if wanted and len(text) <= LONGEST else ""
    if not found:
        raise ValueError(f"not a city or a time zone: {text[:80]!r}")
    return found


@cache
def _known() -> dict[str, str]:
    """Later ones do not take the place of earlier ones: names of zones, then cities, then countries."""
    zones = sorted(name for name in available_timezones() if name == "UTC" or name.partition("/")[0] in _CONTINENTS)
    known = {_key(name): name for name in zones} | {_key(name): name for name in available_timezones() - {*zones}}
    for name in zones:
        known.setdefault(_key(name.rpartition("/")[2]), name)
    territory_zones = get_global("territory_zones")
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for name, forms in locale.time_zones.items():
            if "city" in forms and name in zones:
                known.setdefault(_key(forms["city"]), name)
        for territory, names in territory_zones.items():
            if len(names) == 1 and names[0] in zones:
                known.setdefault(_key(locale.territories.get(territory, "")), names[0])
    return known


def _key(text: str) -> str:
    """Without case, accents and the marks between words."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    letters = (" " if char in "_-. " else char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())
