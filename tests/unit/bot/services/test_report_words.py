"""What stands behind `/meetdown report`."""

import pytest

from bot.services.report_words import Asked, read_report_words
from domain.roles import Circle

MINE, PEOPLE, WORKSPACE = Circle


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", Asked()),
        ("me", Asked()),
        ("3", Asked(months=3)),
        ("team", Asked(circle=PEOPLE)),
        ("my team, last 3 months", Asked(circle=PEOPLE, months=3)),
        ("Workspace 12", Asked(circle=WORKSPACE, months=12)),
        ("everyone over the last quarter", Asked(circle=WORKSPACE, months=3)),
        ("half a year", Asked(months=6)),
        ("half year", Asked(months=6)),
        ("year", Asked(months=12)),
        ("mijn team, laatste 3 maanden", Asked(circle=PEOPLE, months=3)),
        ("iedereen afgelopen jaar", Asked(circle=WORKSPACE, months=12)),
        ("mezelf, halfjaar", Asked(months=6)),
        ("0", None),
        ("13", None),
        ("3 6", None),
        ("acme", None),
        ("<!channel>", None),
    ],
)
def test_words_in_both_languages_say_whose_and_how_long(words: str, asked: Asked | None) -> None:
    assert read_report_words(words) == asked


def test_nothing_that_is_said_counts_longer_than_a_year() -> None:
    assert [read_report_words(str(number)) for number in range(13, 100)] == [None] * 87
