"""Public holidays by country, as the predicate that `domain.working_days` asks for."""

from datetime import date
from functools import lru_cache

from domain.working_days import Holidays, no_holidays


@lru_cache(maxsize=256)
def holidays_of(country: str) -> Holidays:
    """The public holidays of a country (ISO 3166 code, any case); none where the country is empty or unknown.

    The package and the country's tables are loaded by the first call and the first date of a year, which takes up to
    0.4 s: let that happen off the event loop.
    """
    code = country.strip().upper()
    if not code:
        return no_holidays
    import holidays  # not at the top: the package's registry costs a start of the bot more than all of domain

    try:
        days = holidays.country_holidays(code)
    except NotImplementedError:
        return no_holidays

    @lru_cache(maxsize=4096)
    def is_holiday(day: date) -> bool:
        return day in days

    return is_holiday


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166 codes of the countries whose holidays are known. Takes 0.1 s the first time."""
    import holidays  # as in `holidays_of`

    return frozenset(holidays.list_supported_countries(include_aliases=False))
