"""What people type for a length, a share or a date, read without guessing."""

import re
from datetime import date

LONGEST_MINUTES = 24 * 60

_HOURS_AND_MINUTES = re.compile(
    r"(\d{1,2})\s*(?:h|hr|hrs|u|:|hour|hours|uur)\s*(\d{1,2})\s*(?:m|min|mins|minutes|minuten)?"
)
_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|hr|hrs|hour|hours|u|uur|uren)")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|min|mins|minute|minutes|minuut|minuten|')?")
_HALVES = {
    "half an hour": 30,
    "half hour": 30,
    "een half uur": 30,
    "half uur": 30,
    "halfuur": 30,
    "an hour": 60,
    "one hour": 60,
    "een uur": 60,
    "kwartier": 15,
    "een kwartier": 15,
    "anderhalf uur": 90,
    "an hour and a half": 90,
}
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)")
_AMOUNT = re.compile(r"(?:[€$£]|[a-z]{3})? ?(\d[\d.,' ]{0,24}) ?(k|m|mio|mln|m€|million|miljoen)?")
_DECIMALS = re.compile(r"[.,](\d{1,2})$")
_GROUPS = re.compile(r"\d+|\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*")
_TIMES = {"": 1, "k": 1_000} | dict.fromkeys(("m", "mio", "mln", "m€", "million", "miljoen"), 1_000_000)
LARGEST_AMOUNT = 1e13
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def minutes(text: str) -> int:
    """A length in minutes: `90`, `90m`, `45 min`, `1h30`, `1:30`, `1.5 h`, `1,5 uur`, `half uur`.

    Raises ValueError for anything else, for nothing at all and for more than a day.
    """
    words = " ".join(text.lower().split())
    found = _HALVES.get(words)
    if found is None and (match := _MINUTES.fullmatch(words)):
        found = int(match[1])
    elif found is None and (match := _HOURS.fullmatch(words)):
        found = round(float(match[1].replace(",", ".")) * 60)
    elif found is None and (match := _HOURS_AND_MINUTES.fullmatch(words)) and int(match[2]) < 60:
        found = int(match[1]) * 60 + int(match[2])
    if found is None or not 0 < found <= LONGEST_MINUTES:
        raise ValueError(f"not a length: {text[:80]!r}")
    return found


def share(text: str) -> float:
    """A share between 0 and 1: `12%` and `12 %` are 0.12, as are `0.12` and `0,12`.

    A number above 1 without a percent sign is refused, not guessed at. Raises ValueError.
    """
    match = _SHARE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a share: {text[:80]!r}")
    number = float(match[1].replace(",", "."))
    value = round(number / 100, 8) if match[2] else number
    if value > 1:
        raise ValueError(f"not a share: {text[:80]!r}")
    return value


def amount(text: str) -> float:
    """Money in whatever currency: `1250000`, `1,250,000`, `1.250.000,50`, `1 250 000`, `€ 12.5k`, `1,2 mln`.

    A mark before three last digits parts thousands; before one or two it is the decimal one. With a word for thousands
    or millions behind it (`1.250m`) it could be either, and is refused. Raises ValueError.
    """
    match = _AMOUNT.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise ValueError(f"not an amount: {text[:80]!r}")
    digits, times = match[1].replace(" ", "").replace("'", ""), _TIMES[match[2] or ""]
    decimal = _DECIMALS.search(digits)
    whole = digits[: decimal.start()] if decimal else digits
    if not _GROUPS.fullmatch(whole) or (times > 1 and decimal is None and not digits.isdecimal()):
        raise ValueError(f"not an amount: {text[:80]!r}")
    number = float(re.sub(r"[.,]", "", whole) + (f".{decimal[1]}" if decimal else ""))
    if number * times > LARGEST_AMOUNT:
        raise ValueError(f"not an amount: {text[:80]!r}")
    return round(number * times, 2)


def iso_date(text: str) -> date:
    """`2026-12-31`. Raises ValueError for any other form: 03-04-2026 is one day here and another there."""
    if not _DATE.fullmatch(text.strip()):
        raise ValueError(f"not a date: {text[:80]!r}")
    return date.fromisoformat(text.strip())
