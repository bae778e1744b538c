"""The length that *Make it shorter* proposes first."""

import pytest

from bot.services.option_pages import default_length
from domain.words import Tier

TWO = ("Launch date", "Budget")


@pytest.mark.parametrize(
    ("minutes", "stays", "tier", "length"),
    [
        (90, (), Tier.A, 45),
        (90, (), Tier.C, 45),
        (90, TWO, Tier.A, 45),
        (90, TWO, Tier.B, 20),
        (90, ("Launch date (10 min)", "Budget: 5 minutes"), Tier.A, 15),
        (90, ("Datum (10 minuten)", "Budget 10'"), Tier.A, 20),
        (90, ("Launch date (10 min)", "Budget"), Tier.A, 45),
        (90, ("Launch date (40 min)", "Budget (15 min)"), Tier.A, 60),
        (90, ("One", "Two", "Three", "Four", "Five", "Six", "Seven"), Tier.A, 60),
        (45, TWO, Tier.A, 30),
        (30, TWO, Tier.A, 20),
        (20, (), Tier.A, 15),
        (15, TWO, Tier.A, None),
    ],
)
def test_an_a_keeps_half_of_its_time_unless_the_agenda_itself_asks_for_less(
    minutes: int, stays: tuple[str, ...], tier: Tier, length: int | None
) -> None:
    assert default_length(minutes, stays, tier) == length
