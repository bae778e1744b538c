"""Values as customer systems write them, read into the domain's."""

import math
from datetime import UTC, date, datetime
from typing import Any

from domain.matching import clean_domain, is_public_domain

LONGEST_NAME = 150
"""Characters, as in the client book."""


def name_of(value: Any) -> str:
    """One line, cut to what the client book takes."""
    return " ".join(value.split())[:LONGEST_NAME].rstrip() if isinstance(value, str) else ""


def text_of(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def amount_of(value: Any) -> float | None:
    """A number or its text, to the cent; None where it is missing, negative or none."""
    try:
        amount = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return round(amount, 2) if math.isfinite(amount) and amount >= 0 else None


def date_of(value: Any) -> date | None:
    """`2027-03-31`, with or without a time; also milliseconds since 1970, as older properties have them."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        if text.isascii() and text.isdigit():
            return datetime.fromtimestamp(int(text) / 1000, UTC).date()
        return date.fromisoformat(text[:10])
    except (ValueError, OverflowError, OSError):
        return None


def domains_of(*values: Any) -> tuple[str, ...]:
    """From domains, web addresses and lists of them with `;` or `,` between; what is none is left out."""
    found: dict[str, None] = {}
    for value in values:
        for piece in text_of(value).replace(",", ";").split(";"):
            domain = _domain(piece.strip())
            if domain and not is_public_domain(domain):
                found[domain] = None
    return tuple(found)


def _domain(text: str) -> str:
    host = text.partition("://")[2] or text
    host = host.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2].partition(":")[0]
    try:
        return clean_domain(host.lower().removeprefix("www.")) if host else ""
    except ValueError:
        return ""
