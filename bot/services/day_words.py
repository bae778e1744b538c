"""Days in what people type, in English and Dutch.

Fixed forms are found by pattern, in microseconds, so that a command can afford it; dates with the name of a month are
given to dateparser, which takes some 0.2 s to load (`preload`) and half a millisecond after that.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
MOST_YEARS = 10
"""Nobody means a meeting further away than this; and the last day of the calendar has no time in every zone."""
_LANGUAGES = ("en", "nl")


def word_pattern(text: str) -> re.Pattern[str]:
    """The expression as words of its own: not inside another word, a number, a date or an address."""
    return re.compile(rf"(?<![\w.,:/-])(?:{text})(?![\w/]|[.,:-]\d)", re.IGNORECASE)


def cut(text: str, match: re.Match[str]) -> str:
    """The text without the words that the match covers."""
    return f"{text[: match.start()]} {text[match.end() :]}"


def preload() -> None:
    """Load dateparser and its two languages now, off the event loop, instead of at the first command that needs it."""
    for language in _LANGUAGES:
        _named_date("1 jan 2030", date(2030, 1, 1), language)


def take_day(text: str, today: date, locale: str) -> tuple[tuple[date, ...], str, str]:
    """The days that may be meant, the likeliest first, and the text before and after them.

    A weekday beside a date, as in "Tuesday 24 November", says nothing more and goes with it. `locale` (`en-US`, `nl`)
    decides on 3/4 and on words that mean something else in the other language.
    """
    for days, match in _days(text, today, locale):
        if days and all(abs(day.year - today.year) <= MOST_YEARS for day in days):
            before, after = text[: match.start()], text[match.end() :]
            if match.re in (_ISO, _NUMERIC, _NAMED):
                before, after = _WEEKDAY.sub(" ", before), _WEEKDAY.sub(" ", after)
            return days, before, after
    return (), text, ""


_WEEKDAYS = {
    word: weekday
    for weekday, words in enumerate(
        (
            ("monday", "mon", "maandag"),
            ("tuesday", "tues", "tue", "dinsdag"),
            ("wednesday", "wed", "woensdag"),
            ("thursday", "thurs", "thur", "thu", "donderdag"),
            ("friday", "fri", "vrijdag"),
            ("saturday", "sat", "zaterdag"),
            ("sunday", "sun", "zondag"),
        )
    )
    for word in words
}
_SHORT_DUTCH = {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5}
"""Without "zo": it means "so" more often than Sunday."""
_ON = r"(?:on\s+|op\s+|this\s+|deze\s+|coming\s+|komende\s+|aanstaande\s+)?"
_NEXT_WEEK = r"next\s+week|volgende\s+week"
_SOON = word_pattern(
    rf"{_ON}(?:(?P<two>the\s+day\s+after\s+tomorrow|day\s+after\s+tomorrow|overmorgen)"
    r"|(?P<one>tomorrow(?:\s+(?:morning|afternoon|evening))?|tmrw|morgen(?:ochtend|middag|avond)?)"
    r"|(?P<none>today|tonight|this\s+(?:morning|afternoon|evening)|vandaag|vanochtend|vanmorgen|vanmiddag|vanavond))"
)
_WEEKDAY = word_pattern(
    rf"(?:(?P<before>{_NEXT_WEEK})\s+)?(?:(?:next|volgende)\s+)?{_ON}(?P<day>{'|'.join(_WEEKDAYS)})"
    rf"(?:\s+(?P<after>{_NEXT_WEEK}))?"
)
_SHORT_WEEKDAY = word_pattern(rf"{_ON}(?P<day>{'|'.join(_SHORT_DUTCH)})")
_ISO = word_pattern(r"(?:on\s+|op\s+)?(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_NUMERIC = word_pattern(r"(?:on\s+|op\s+)?(?P<a>\d{1,2})(?P<mark>[-/])(?P<b>\d{1,2})(?:(?P=mark)(?P<y>\d{4}|\d{2}))?")
_MONTH = (
    r"(?:jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch)?|mrt|maart|apr(?:il)?|may|mei|june?|juni|july?|juli"
    r"|aug(?:ust|ustus)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAMED = word_pattern(
    rf"(?:on\s+|op\s+)?(?:the\s+)?(?P<text>\d{{1,2}}(?:st|nd|rd|th|e)?\s+(?:of\s+)?{_MONTH}\.?(?:\s+\d{{4}})?"
    rf"|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)


def _days(text: str, today: date, locale: str) -> Iterator[tuple[tuple[date, ...], re.Match[str]]]:
    """Readings of the text in the order in which they are trusted."""
    if match := _ISO.search(text):
        yield _date_of(match["y"], match["m"], match["d"], today), match
    if match := _NUMERIC.search(text):
        yield _numeric_date(match, today, locale), match
    if match := _NAMED.search(text):
        named = _named_date(match["text"], today, locale.replace("_", "-").partition("-")[0].lower())
        yield (() if named is None else (named,)), match
    if match := _SOON.search(text):
        yield (today + (2 * DAY if match["two"] else DAY if match["one"] else 0 * DAY),), match
    if match := _WEEKDAY.search(text):
        yield _weekdays(_WEEKDAYS[match["day"].lower()], today, bool(match["before"] or match["after"])), match
    if locale.lower().startswith("nl") and (match := _SHORT_WEEKDAY.search(text)):
        yield _weekdays(_SHORT_DUTCH[match["day"].lower()], today, False), match


def _weekdays(weekday: int, today: date, next_week: bool) -> tuple[date, ...]:
    if next_week:
        return (today + (7 - today.weekday() + weekday) * DAY,)
    ahead = (weekday - today.weekday()) % 7
    return (today, today + WEEK) if ahead == 0 else (today + ahead * DAY,)


def _numeric_date(match: re.Match[str], today: date, locale: str) -> tuple[date, ...]:
    day, month = match["a"], match["b"]
    american = locale.replace("_", "-").lower() == "en-us" and match["mark"] == "/"
    if (american and int(day) <= 12) or int(month) > 12:
        day, month = month, day
    return _date_of(match["y"], month, day, today)


def _date_of(year: str | None, month: str, day: str, today: date) -> tuple[date, ...]:
    """Without a year: this year, or the next where the day has gone by."""
    years = (today.year, today.year + 1) if year is None else (int(year) + (2000 if len(year) == 2 else 0),)
    for candidate in years:
        try:
            read = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if year is not None or read >= today:
            return (read,)
    return ()


def _named_date(text: str, today: date, language: str) -> date | None:
    import dateparser  # not at the top: see above

    first = language if language in _LANGUAGES else "en"
    found: datetime | None = dateparser.parse(
        text,
        languages=sorted(_LANGUAGES, key=lambda name: name != first),
        settings={
            "RELATIVE_BASE": datetime.combine(today, time()),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return None if found is None else found.date()
