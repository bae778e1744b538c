import pytest

from bot.services.zones import find_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Amsterdam", "Europe/Amsterdam"),
        (" new  york ", "America/New_York"),
        ("europe/london", "Europe/London"),
        ("Parijs", "Europe/Paris"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Nederland", "Europe/Amsterdam"),
        ("Belgium", "Europe/Brussels"),
        ("US/Eastern", "US/Eastern"),
        ("UTC", "UTC"),
    ],
)
def test_a_place_is_found_as_people_name_it(text: str, zone: str) -> None:
    assert find_zone(text) == zone


@pytest.mark.parametrize("text", ["", "Atlantis", "Mars/Olympus", "United States", "x" * 300, "../etc/passwd"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a city"):
        find_zone(text)
