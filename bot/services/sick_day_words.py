""" "I am sick until Thursday": whether somebody says that they cannot work, and until when; in English and Dutch."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.day_words import DAY, cut, take_day, word_pattern
from bot.services.words import fold
from domain.clock import require_aware
from domain.sick_day import MOST_DAYS
from domain.words import Reason

LONGEST = 120
"""Characters; who writes more says more than that."""

_ILL = ("sick", "ill", "unwell", "illness", "sickness", "fever", "flu")
_ZIEK = ("ziek", "ziekte", "griep", "koorts", "ziekjes", "grieperig")
_REASONS = {
    Reason.ILLNESS: frozenset((*_ILL, *_ZIEK)),
    Reason.EMERGENCY: frozenset(("emergency", "noodgeval", "noodsituatie", "spoedgeval", "calamiteit")),
}
_AROUND = frozenset(
    [
        "i",
        "am",
        "im",
        "is",
        "feel",
        "feeling",
        "have",
        "ive",
        "got",
        "a",
        "an",
        "the",
        "my",
        "with",
        "and",
        "in",
        "from",
        "at",
        "home",
        "bed",
        "calling",
        "call",
        "family",
        "personal",
        "sorry",
        "hi",
        "hello",
        "hey",
        "unfortunately",
        "today",
        "day",
        "off",
        "leave",
        "whole",
        "all",
        "so",
        "very",
        "really",
        "be",
        "being",
        "will",
        "ill",
        "be",
        "now",
        "right",
        "both",
        "ik",
        "ben",
        "voel",
        "me",
        "mij",
        "heb",
        "een",
        "het",
        "de",
        "met",
        "en",
        "in",
        "thuis",
        "bed",
        "meld",
        "melden",
        "mezelf",
        "helaas",
        "hoi",
        "hallo",
        "sorry",
        "vandaag",
        "dag",
        "hele",
        "nu",
        "heel",
        "erg",
        "zo",
        "privé",
        "prive",
        "familie",
        "dagen",
        "days",
        "thru",
        "this",
        "morning",
        "vanochtend",
        "vanmorgen",
        "vanmiddag",
        "nog",
    ]
)
"""Words that say nothing more beside a reason. A name among the words makes them a search for a meeting instead."""
_UNTIL = word_pattern(r"up to and including|until|untill|till|til|through|thru|to|t/m|t\.e\.m\.|tot en met|tot aan|tot")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "een": 1, "één": 1, "twee": 2, "drie": 3} | {
    "vier": 4,
    "vijf": 5,
}
_LENGTH = word_pattern(
    rf"(?:for\s+)?(?:the\s+)?(?:next\s+|komende\s+|coming\s+)?(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+"
    r"(?P<unit>days?|dagen|dag|weeks?|weken)"
)
_WEEK = word_pattern(
    r"(?:for\s+)?(?:the\s+)?(?:rest of the|rest of this|rest van de|rest van deze|all|whole|hele|this|deze)\s+week"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """`last_day` counts in: None is today only."""

    reason: Reason
    last_day: date | None = None


def read_absence(text: str, *, now: datetime, zone: ZoneInfo, locale: str) -> Absence | None:
    """None where the words say something else, or more: then they may name a meeting or a client."""
    said = text.strip()
    if not said or len(said) > LONGEST or said[0] in "\"'“‘«„":
        return None
    today = require_aware(now, "now").astimezone(zone).date()
    reason, rest = _reason(said)
    if reason is None:
        return None
    last_day, rest = _last_day(rest, today, locale)
    if any(word not in _AROUND for word in fold(rest).split()):
        return None
    if last_day is None or last_day <= today:
        return Absence(reason=reason)
    return Absence(reason=reason, last_day=min(last_day, today + timedelta(days=MOST_DAYS)))


def _reason(text: str) -> tuple[Reason | None, str]:
    """The reason and the text without the words that name it."""
    found: Reason | None = None
    kept = []
    for word in text.split():
        plain = fold(word)
        named = next((reason for reason, words in _REASONS.items() if plain in words), None)
        # "I'll" folds to "ill": an apostrophe says that it is none.
        if named is None or re.search(r"['’]", word):
            kept.append(word)
        else:
            found = found or named
    return found, " ".join(kept)


def _last_day(text: str, today: date, locale: str) -> tuple[date | None, str]:
    if match := _LENGTH.search(text):
        word = match["n"].lower()
        number = int(word) if word.isdecimal() else _NUMBERS[word]
        days = number * (7 if match["unit"].lower().startswith("we") else 1)
        return today + max(0, days - 1) * DAY, cut(text, match)
    if match := _WEEK.search(text):
        return today + (6 - today.weekday()) * DAY, cut(text, match)
    last_day: date | None = None
    rest = _UNTIL.sub(" ", text)
    # "Today and tomorrow" names two days: the last of all counts.
    for _ in range(3):
        named, before, after = take_day(rest, today, locale)
        if not named:
            break
        last_day = max(last_day or today, named[0])
        rest = f"{before} {after}"
    return last_day, rest
