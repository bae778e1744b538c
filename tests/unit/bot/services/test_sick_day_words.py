"""Who says that they cannot work, and until when; everything else stays a search."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.services.sick_day_words import Absence, read_absence
from domain.words import Reason

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
"""A Tuesday."""
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def read(text: str, locale: str = "en-US") -> Absence | None:
    return read_absence(text, now=NOW, zone=AMSTERDAM, locale=locale)


@pytest.mark.parametrize(
    "text",
    [
        *("today sick", "sick", "Sick today!", "I am sick today", "I'm ill", "I’ve got the flu", "vandaag ziek"),
        *("ziek", "Ik ben ziek vandaag.", "helaas heb ik griep", "sick until tuesday", "ziek 1 dag"),
    ],
)
def test_illness_today_is_understood(text: str) -> None:
    assert read(text) == Absence(reason=Reason.ILLNESS)


@pytest.mark.parametrize("text", ["emergency", "today emergency", "I have a family emergency", "noodgeval"])
def test_an_emergency_is_another_reason(text: str) -> None:
    assert read(text) == Absence(reason=Reason.EMERGENCY)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("today sick until thursday", date(2026, 3, 12)),
        ("sick today and tomorrow", date(2026, 3, 11)),
        ("sick 3 days", date(2026, 3, 12)),
        ("sick for the next two days", date(2026, 3, 11)),
        ("sick this week", date(2026, 3, 15)),
        ("sick until 14 march", date(2026, 3, 14)),
        ("sick until 2026-03-13", date(2026, 3, 13)),
        ("ziek t/m donderdag", date(2026, 3, 12)),
        ("ik ben ziek tot en met vrijdag", date(2026, 3, 13)),
        ("de hele week ziek", date(2026, 3, 15)),
        ("ziek, 2 weken", date(2026, 3, 23)),
        ("sick until 1 july", date(2026, 4, 7)),
    ],
)
def test_the_last_day_counts_in_and_is_four_weeks_ahead_at_most(text: str, last_day: date) -> None:
    assert read(text, "nl-NL") == Absence(reason=Reason.ILLNESS, last_day=last_day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "today", "today acme", "acme sick leave", "Sick AG", '"sick"', "I'll be late", "i am not sick"),
        *("<@U0BEN> is sick", "ziekenhuis", "sick " * 60),
    ],
)
def test_other_words_are_left_to_the_search(text: str) -> None:
    assert read(text) is None
