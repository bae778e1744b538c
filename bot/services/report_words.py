"""What stands behind `/meetdown report`: whose, and how many months back; in English and Dutch."""

from dataclasses import dataclass

from bot.services.words import fold
from domain.report import DEFAULT_PERIOD, LONGEST_PERIOD
from domain.roles import Circle

_CIRCLES = {
    Circle.WORKSPACE: "workspace everyone everybody all agency company werkruimte iedereen alle bedrijf bureau",
    Circle.PEOPLE: "team people mensen teamleden collegas",
    Circle.MINE: "me my mine myself ik mij mijn mezelf",
}
"""The farthest that is named counts: "my team" means the team."""
_PERIODS = {"quarter": 3, "kwartaal": 3, "halfyear": 6, "halfjaar": 6, "year": 12, "jaar": 12}
_FILLERS = "a the of for over last past month months maand maanden de het een van voor laatste afgelopen half"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    circle: Circle = Circle.MINE
    months: int = DEFAULT_PERIOD


def read_report_words(words: str) -> Asked | None:
    """None where a word means nothing here, or a number is no period: a report of something else helps nobody."""
    said = fold(words).split()
    circles, periods = set[Circle](), []
    for word in said:
        circle = next((circle for circle, names in _CIRCLES.items() if word in names.split()), None)
        if circle is not None:
            circles.add(circle)
        elif word in _PERIODS:
            periods.append(_PERIODS[word] // (2 if "half" in said else 1))
        elif word.isascii() and word.isdigit() and len(word) <= 2 and 1 <= int(word) <= LONGEST_PERIOD:
            periods.append(int(word))
        elif word not in _FILLERS.split():
            return None
    if len(periods) > 1:
        return None
    chosen = next((circle for circle in _CIRCLES if circle in circles), Circle.MINE)
    return Asked(circle=chosen, months=periods[0] if periods else DEFAULT_PERIOD)
