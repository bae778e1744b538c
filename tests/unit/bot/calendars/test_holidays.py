from datetime import date

import pytest

from bot.calendars.holidays import countries, holidays_of
from messages.countries import country_name
from messages.i18n import LANGUAGES, translator


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("NL", date(2026, 4, 27), True),
        ("nl", date(2026, 12, 25), True),
        ("NL", date(2026, 12, 24), False),
        ("US", date(2026, 11, 26), True),
        ("NL", date(2026, 11, 26), False),
    ],
)
def test_a_country_has_its_own_holidays(country: str, day: date, expected: bool) -> None:
    assert holidays_of(country)(day) is expected


@pytest.mark.parametrize("country", ["", "  ", "XX", "Nowhere", "É", "../.."])
def test_an_unknown_country_has_none(country: str) -> None:
    assert holidays_of(country)(date(2026, 12, 25)) is False


def test_a_country_is_loaded_once() -> None:
    assert holidays_of("NL") is holidays_of("NL")


def test_every_country_that_can_be_chosen_has_its_holidays_and_a_name() -> None:
    assert {"NL", "BE", "GB", "US"} <= countries()
    assert all(country_name(translator(language), code) != code for code in countries() for language in LANGUAGES)
