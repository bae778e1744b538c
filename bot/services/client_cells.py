"""The cells of one row of the client file: each read, each wrong one named by line and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from bot.services.contact_details import clean_email, clean_phone
from bot.services.zones import find_zone
from domain import reading
from domain.errors import InvalidCode
from domain.matching import clean_domain, is_public_domain
from domain.words import Formality, Tier

LONGEST_NAME = 150
"""As in the windows of clients and contacts."""
LONGEST_NOTES = 3000
"""What an input of a modal can show again (3,000 characters)."""
LONGEST_SHOWN = 60
LANGUAGES = ("en", "nl")
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "waar"})
_NO = frozenset({"no", "n", "false", "0", "-", "nee", "onwaar"})

_Value = TypeVar("_Value")
_BETWEEN_DOMAINS = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem:
    """What is wrong where. `column` is empty where the whole line is meant; `value` is cut to be shown."""

    line: int
    column: str
    code: InvalidCode
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """One good row; what is not said is empty or None."""

    line: int
    name: str
    tier: Tier | None
    revenue: float | None
    revenue_share: float | None
    domains: tuple[str, ...]
    language: str
    formality: Formality | None
    time_zone: str
    lead_email: str
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_language: str
    contact_time_zone: str
    renewal_on: date | None
    open_complaint: bool | None
    glad_to_write: bool | None
    notes: str

    @property
    def has_contact(self) -> bool:
        return bool(self.contact_name or self.contact_email or self.contact_phone)


def shown(value: str) -> str:
    """A value fit for one line of a report: short, and without what would steer a terminal."""
    plain = "".join(char if char.isprintable() else " " for char in value[: LONGEST_SHOWN + 1])
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"


class _Reader:
    """Reads cells and keeps what was wrong with them."""

    def __init__(self, line: int, texts: Mapping[str, str]) -> None:
        self.line = line
        self.texts = texts
        self.problems: list[RowProblem] = []

    def wrong(self, column: str, code: InvalidCode, value: str) -> None:
        self.problems.append(RowProblem(line=self.line, column=column, code=code, value=shown(value)))

    def value(self, column: str, read: Callable[[str], _Value], code: InvalidCode, missing: _Value) -> _Value:
        """What `read` makes of the cell; `missing` where it is empty, or where `read` raises ValueError."""
        text = self.texts.get(column, "")
        if not text:
            return missing
        try:
            return read(text)
        except ValueError:
            self.wrong(column, code, text)
            return missing

    def text(self, column: str, longest: int) -> str:
        """The cell as it stands: also one that a spreadsheet would take for a formula, without its guard."""
        text = self.texts.get(column, "")
        if len(text) > longest:
            self.wrong(column, InvalidCode.TOO_LONG, text)
            return ""
        return text

    def domains(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for text in filter(None, _BETWEEN_DOMAINS.split(self.texts.get("domains", ""))):
            try:
                domain = clean_domain(text)
            except ValueError:
                self.wrong("domains", InvalidCode.NOT_A_DOMAIN, text)
                continue
            if is_public_domain(domain):
                self.wrong("domains", InvalidCode.PUBLIC_DOMAIN, text)
            found[domain] = None
        return tuple(found)


def read_cells(line: int, texts: Mapping[str, str], region: str) -> tuple[Cells, list[RowProblem]]:
    """The row, and what is wrong with it: to be used only where nothing is."""
    reader = _Reader(line, texts)
    name = " ".join(reader.text("name", LONGEST_NAME).split())
    if not name and not reader.problems:
        reader.wrong("name", InvalidCode.REQUIRED, "")
    cells = Cells(
        line=line,
        name=name,
        tier=reader.value("tier", _tier, InvalidCode.NOT_A_TIER, None),
        revenue=reader.value("revenue", reading.amount, InvalidCode.NOT_AN_AMOUNT, None),
        revenue_share=reader.value("revenue_share", reading.share, InvalidCode.NOT_A_SHARE, None),
        domains=reader.domains(),
        language=reader.value("language", _language, InvalidCode.NOT_A_LANGUAGE, ""),
        formality=reader.value("formality", _formality, InvalidCode.NOT_A_FORMALITY, None),
        time_zone=reader.value("time_zone", find_zone, InvalidCode.NOT_A_ZONE, ""),
        lead_email=reader.value("lead_email", clean_email, InvalidCode.NOT_AN_EMAIL, ""),
        contact_name=" ".join(reader.text("contact_name", LONGEST_NAME).split()),
        contact_email=reader.value("contact_email", clean_email, InvalidCode.NOT_AN_EMAIL, ""),
        contact_phone=reader.value(
            "contact_phone", partial(clean_phone, region=region), InvalidCode.NOT_A_PHONE_NUMBER, ""
        ),
        contact_language=reader.value("contact_language", _language, InvalidCode.NOT_A_LANGUAGE, ""),
        contact_time_zone=reader.value("contact_time_zone", find_zone, InvalidCode.NOT_A_ZONE, ""),
        open_complaint=reader.value("open_complaint", _flag, InvalidCode.NOT_A_FLAG, None),
        glad_to_write=reader.value("glad_to_write", _flag, InvalidCode.NOT_A_FLAG, None),
        renewal_on=reader.value("renewal_on", reading.iso_date, InvalidCode.NOT_A_DATE, None),
        notes=reader.text("notes", LONGEST_NOTES),
    )
    if (cells.contact_email or cells.contact_phone) and not cells.contact_name and not reader.problems:
        reader.wrong("contact_name", InvalidCode.REQUIRED, "")
    return cells, reader.problems


def _tier(text: str) -> Tier:
    return Tier(text.upper())


def _formality(text: str) -> Formality:
    return Formality(text.lower())


def _flag(text: str) -> bool:
    word = text.casefold()
    if word not in _YES and word not in _NO:
        raise ValueError(text)
    return word in _YES


def _language(text: str) -> str:
    """`nl`, also from `nl-NL`."""
    language = text.replace("_", "-").partition("-")[0].lower()
    if language not in LANGUAGES:
        raise ValueError(text)
    return language
