"""When something is meant to be: clock times, lengths and days in what people type, in English and Dutch."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.day_words import DAY, WEEK, cut, take_day, word_pattern
from domain import reading
from domain.clock import require_aware


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """What was found. `days` are the days that may be meant, the likeliest first; `rest` is the text without them."""

    rest: str
    days: tuple[date, ...] = ()
    at: time | None = None
    either_half: bool = False
    """The clock time may be of the morning or of the afternoon: "at 3"."""
    minutes: int | None = None

    @property
    def likely_at(self) -> time | None:
        """ "At 3" is 15:00, "at 9" is 09:00: business is done between 7 and 19."""
        if self.at is not None and self.either_half and self.at.hour < 7:
            return self.at.replace(hour=self.at.hour + 12)
        return self.at

    def fits(self, local: datetime) -> bool:
        """Whether a local moment is one of those meant, to a quarter of an hour."""
        if self.days and local.date() not in self.days:
            return False
        if self.at is None:
            return True
        apart = abs((local.hour - self.at.hour) * 60 + local.minute - self.at.minute)
        return apart <= 15 or (self.either_half and abs(apart - 12 * 60) <= 15)


def read_when(text: str, *, now: datetime, zone: ZoneInfo, locale: str) -> When:
    """Take days, a clock time and a length out of the text. `locale` (`en-US`, `nl`) decides on 3/4 and on words that
    mean something else in the other language."""
    local = require_aware(now, "now").astimezone(zone)
    found = _relative(When(rest=_ISO_MOMENT.sub(r"\1 \2", text)), local)
    for step in (_span, _clock, _length, _bare_hour):
        found = step(found)
    days, before, after = take_day(found.rest, local.date(), locale)
    hour = _HOUR_AFTER_DAY.match(after) if days and found.at is None else None
    if hour is not None:
        found = replace(found, at=time(int(hour["h"])), either_half=_may_be_either(hour["h"]))
        after = after[hour.end() :]
    return replace(found, rest=f"{before} {after}", days=found.days or days)


_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            ("one", "een", "één"),
            ("two", "twee"),
            ("three", "drie"),
            ("four", "vier"),
            ("five", "vijf"),
            ("six", "zes"),
            ("seven", "zeven"),
            ("eight", "acht"),
            ("nine", "negen"),
            ("ten", "tien"),
            ("eleven", "elf"),
            ("twelve", "twaalf"),
        ),
        start=1,
    )
    for word in words
}
_WORD_HOUR = "|".join(_NUMBERS)


_RELATIVE = word_pattern(
    rf"(?:in|over)\s+(?P<n>\d{{1,3}}|an?|{_WORD_HOUR})\s+"
    r"(?:(?P<minute>minutes?|min|minuten|minuut)|(?P<hour>hours?|uur|uren)|(?P<day>days?|dagen|dag)"
    r"|(?P<week>weeks?|weken))"
)
_SPAN = word_pattern(
    r"(?:from|van|at|om)?\s*(?P<h1>\d{1,2})[:.h](?P<m1>\d{2})\s*(?:-|–|to|till|until|tot)\s*"
    r"(?P<h2>\d{1,2})[:.h](?P<m2>\d{2})(?:\s*(?:u|uur))?"
)
_CLOCKS = (
    word_pattern(r"(?:at|om|@)?\s*(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?P<half>[ap]\.?m\.?)"),
    word_pattern(r"(?:at|om|@)?\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:\s*(?:u|uur|h))?"),
    word_pattern(r"(?:at|om|@)?\s*(?P<h>[01]?\d|2[0-3])u(?P<m>\d{2})"),
    word_pattern(r"(?:at|om|@)?\s*(?P<h>1\d|2[0-3]|0?[7-9])h(?P<m>\d{2})"),
    word_pattern(r"(?:at|om|@)\s*(?P<h>\d{1,2})(?:\s*(?:u|uur|h|o'?clock))?"),
    word_pattern(rf"(?:at|om)\s+(?P<w>{_WORD_HOUR})(?:\s+(?:uur|o'?clock))?"),
    word_pattern(rf"(?:om\s+)?half\s+(?P<before>{_WORD_HOUR}|[1-9]|1[0-2])"),
    word_pattern(rf"(?:at\s+)?half\s+past\s+(?P<past>{_WORD_HOUR}|[1-9]|1[0-2])"),
    word_pattern(r"(?:at\s+)?(?P<noon>noon|midday)"),
)
_BARE_HOUR = word_pattern(r"(?P<h>[4-9]|1\d|2[0-3])\s*(?:u|uur)")
_HOUR_AFTER_DAY = word_pattern(r"\s*(?P<h>\d|1\d|2[0-3])")
"""Only there: the number in "phase 2" is none."""
_ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?", re.IGNORECASE)
_LENGTH = word_pattern(
    r"(?:for\s+|gedurende\s+)?(?P<text>\d{1,3}\s*(?:m|min|mins|minutes?|minuten|minuut|')"
    r"|\d{1,2}\s*(?:h|hr|hrs|hours?)\s*(?:\d{2}\s*(?:m|min)?)?|[1-3]\s*(?:u|uur)|\d[.,]\d{1,2}\s*(?:h|u|uur|hours?)"
    r"|half an hour|half hour|(?:een )?half uur|halfuur|an hour|one hour|een uur|anderhalf uur|(?:een )?kwartier)"
)


def _relative(found: When, local: datetime) -> When:
    match = _RELATIVE.search(found.rest)
    if match is None:
        return found
    word = match["n"].lower()
    number = int(word) if word.isdecimal() else _NUMBERS.get(word, 1)
    rest = cut(found.rest, match)
    if match["day"] or match["week"]:
        return replace(found, rest=rest, days=(local.date() + number * (DAY if match["day"] else WEEK),))
    later = local + timedelta(minutes=number * (60 if match["hour"] else 1))
    return replace(found, rest=rest, days=(later.date(),), at=later.time().replace(second=0, microsecond=0))


def _span(found: When) -> When:
    """From a time to a time: a clock time and a length."""
    match = _SPAN.search(found.rest) if found.at is None else None
    if match is None:
        return found
    start, end = (_time_of(match[f"h{i}"], match[f"m{i}"]) for i in (1, 2))
    if start is None or end is None or end <= start:
        return found
    length = (end.hour - start.hour) * 60 + end.minute - start.minute
    return replace(
        found, rest=cut(found.rest, match), at=start, either_half=_may_be_either(match["h1"]), minutes=length
    )


def _clock(found: When) -> When:
    if found.at is not None:
        return found
    for pattern in _CLOCKS:
        for match in pattern.finditer(found.rest):
            read = _clock_of(match.groupdict())
            if read is not None:
                at, either_half = read
                return replace(found, rest=cut(found.rest, match), at=at, either_half=either_half)
    return found


def _clock_of(groups: dict[str, str | None]) -> tuple[time, bool] | None:
    if groups.get("noon"):
        return time(12), False
    word = groups.get("w") or groups.get("past") or groups.get("before")
    if word is not None:
        hour = int(word) if word.isdecimal() else _NUMBERS[word.lower()]
        if groups.get("before"):
            return time((hour - 1) or 12, 30), True
        return time(hour, 30 if groups.get("past") else 0), True
    digits, half = groups["h"] or "", groups.get("half")
    at = _time_of(digits, groups.get("m") or "0")
    if at is None or half is None:
        return None if at is None else (at, _may_be_either(digits))
    if not 1 <= at.hour <= 12:
        return None
    return at.replace(hour=at.hour % 12 + (12 if half.lower().startswith("p") else 0)), False


def _bare_hour(found: When) -> When:
    """ "10 uur" is a time of day, "2 uur" a length."""
    match = _BARE_HOUR.search(found.rest) if found.at is None else None
    if match is None:
        return found
    return replace(found, rest=cut(found.rest, match), at=time(int(match["h"])), either_half=_may_be_either(match["h"]))


def _length(found: When) -> When:
    if found.minutes is not None:
        return found
    for match in _LENGTH.finditer(found.rest):
        try:
            length = reading.minutes(match["text"])
        except ValueError:
            continue
        return replace(found, rest=cut(found.rest, match), minutes=length)
    return found


def _time_of(hour: str, minute: str) -> time | None:
    h, m = int(hour), int(minute)
    return time(h, m) if h < 24 and m < 60 else None


def _may_be_either(hour: str) -> bool:
    """Nobody writes 03 and means the afternoon."""
    return not hour.startswith("0") and 1 <= int(hour) <= 12
