"""The file of `import-clients`, read whole and checked to the last cell before anything is stored.

The columns come in any order; `name` and `tier` are required. Several rows of one name are several contacts of one
client: a cell left empty in one of them says nothing, and two that differ contradict each other.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.services.client_cells import Cells, RowProblem, read_cells, shown
from bot.services.contact_details import region_of
from domain.client_file import COLUMNS
from domain.errors import InvalidCode
from domain.spreadsheet import unguarded
from domain.words import Formality, Tier

REQUIRED_COLUMNS = ("name", "tier")
_DELIMITERS = ",;\t"
_Value = TypeVar("_Value")
_ONCE = (
    "tier",
    "revenue",
    "revenue_share",
    "language",
    "formality",
    "time_zone",
    "lead_email",
    "renewal_on",
    "open_complaint",
    "glad_to_write",
    "notes",
)
"""What is said of the client, not of the contact: the rows of one name must agree."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactRow:
    """A contact as one line has it. `email` is lower case, `phone` E.164; either may be empty."""

    line: int
    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientRow:
    """A client as all lines with its name have it; `line` is the first of them. `language` empty: not said."""

    line: int
    name: str
    tier: Tier
    revenue: float | None = None
    revenue_share: float | None = None
    domains: tuple[str, ...] = ()
    language: str = ""
    formality: Formality | None = None
    time_zone: str = ""
    lead_email: str = ""
    renewal_on: date | None = None
    open_complaint: bool | None = None
    """None: not said; so is `glad_to_write`."""
    glad_to_write: bool | None = None
    notes: str = ""
    contacts: tuple[ContactRow, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedClients:
    """The good clients, and everything that is wrong by line and column. Import only where `problems` is empty, or
    where the bad rows are to be skipped."""

    clients: tuple[ClientRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()


class _NotReadable(Exception):  # noqa: N818 - carries the one problem that ends the reading
    def __init__(self, line: int, code: InvalidCode, value: str = "", column: str = "") -> None:
        super().__init__(code.value)
        self.problem = RowProblem(line=line, column=column, code=code, value=shown(value))


def parse_clients(content: bytes | str, *, language: str = "en", country: str = "") -> ParsedClients:
    """Read the file; never raises. `language` and `country` are the workspace's: phone numbers without a country code
    are read as numbers of the country, else of the row's language, else of the workspace's."""
    try:
        header, rows = _table(content)
    except _NotReadable as error:
        return ParsedClients(problems=(error.problem,))
    problems = list(_header_problems(header))
    if not problems and not rows:
        problems = [RowProblem(line=1, column="", code=InvalidCode.EMPTY_FILE, value="")]
    if problems:
        return ParsedClients(problems=tuple(problems))
    good: list[Cells] = []
    for line, row in rows:
        cells, wrong = _row(line, header, row, language, country)
        problems += wrong
        if not wrong and cells is not None:
            good.append(cells)
    agreeing, wrong = _agreeing(good)
    clients, taken = _apart([_client(group) for group in agreeing])
    return ParsedClients(clients=clients, problems=tuple(sorted([*problems, *wrong, *taken], key=lambda p: p.line)))


def _table(content: bytes | str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the rows that are not blank, each with the number of its first line. Raises _NotReadable."""
    text = _text(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise _NotReadable(1, InvalidCode.EMPTY_FILE)
    delimiter = max(_DELIMITERS, key=first.count)
    rows = list(_numbered(text, delimiter))
    if not rows:
        raise _NotReadable(1, InvalidCode.EMPTY_FILE)
    return [cell.strip().lower() for cell in rows[0][1]], rows[1:]


def _text(content: bytes | str) -> str:
    if isinstance(content, bytes):
        try:
            return _text(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise _NotReadable(content.count(b"\n", 0, error.start) + 1, InvalidCode.NOT_UTF8) from error
    before, nul, _ = content.partition("\0")
    if nul:
        raise _NotReadable(before.count("\n") + 1, InvalidCode.NOT_A_CSV_FILE)
    return content.removeprefix("\ufeff")


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line they start in; a quoted cell may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _NotReadable(line, InvalidCode.NOT_A_CSV_FILE, str(error)) from error
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _header_problems(header: list[str]) -> Iterator[RowProblem]:
    for position, column in enumerate(header):
        if column and column not in COLUMNS:
            yield RowProblem(line=1, column=shown(column), code=InvalidCode.UNKNOWN_COLUMN, value=shown(column))
        elif column and column in header[:position]:
            yield RowProblem(line=1, column=column, code=InvalidCode.REPEATED_COLUMN, value=column)
    for column in REQUIRED_COLUMNS:
        if column not in header:
            yield RowProblem(line=1, column=column, code=InvalidCode.MISSING_COLUMN, value=column)


def _row(
    line: int, header: list[str], row: list[str], language: str, country: str
) -> tuple[Cells | None, list[RowProblem]]:
    spare = [cell for cell in row[len(header) :] if cell.strip()]
    unnamed = [cell for column, cell in zip(header, row, strict=False) if not column and cell.strip()]
    if spare or unnamed:
        value = shown((spare or unnamed)[0])
        return None, [RowProblem(line=line, column="", code=InvalidCode.TOO_MANY_CELLS, value=value)]
    texts = {column: unguarded(cell.strip()) for column, cell in zip(header, row, strict=False) if column}
    region = region_of(texts.get("language", "") or language, country)
    return read_cells(line, texts, region)


def _agreeing(rows: Iterable[Cells]) -> tuple[list[list[Cells]], list[RowProblem]]:
    """The rows by client, without those that contradict an earlier one or repeat it; a client needs a tier."""
    groups: dict[str, list[Cells]] = {}
    problems: list[RowProblem] = []
    for row in rows:
        group = groups.setdefault(row.name.casefold(), [])
        problem = _contradiction(row, group) or _repetition(row, group)
        if problem is None:
            group.append(row)
        else:
            problems.append(problem)
    for name, group in list(groups.items()):
        if all(row.tier is None for row in group):
            problems.append(RowProblem(line=group[0].line, column="tier", code=InvalidCode.REQUIRED, value=""))
            del groups[name]
    return list(groups.values()), problems


def _contradiction(row: Cells, group: list[Cells]) -> RowProblem | None:
    for column in _ONCE:
        said = getattr(row, column)
        if said not in (None, "") and any(getattr(other, column) not in (None, "", said) for other in group):
            return RowProblem(line=row.line, column=column, code=InvalidCode.CONTRADICTION, value=shown(str(said)))
    return None


def _repetition(row: Cells, group: list[Cells]) -> RowProblem | None:
    """A second row must bring another contact."""
    contacts = {(other.contact_name.casefold(), other.contact_email, other.contact_phone) for other in group}
    contact = (row.contact_name.casefold(), row.contact_email, row.contact_phone)
    if contact in contacts:
        return RowProblem(line=row.line, column="name", code=InvalidCode.REPEATED_ROW, value=shown(row.name))
    if row.contact_email and any(row.contact_email == other.contact_email for other in group):
        return RowProblem(
            line=row.line, column="contact_email", code=InvalidCode.REPEATED_ROW, value=shown(row.contact_email)
        )
    return None


def _client(rows: list[Cells]) -> ClientRow:
    contacts = (
        ContactRow(
            line=row.line,
            name=row.contact_name,
            email=row.contact_email,
            phone=row.contact_phone,
            language=row.contact_language,
            time_zone=row.contact_time_zone,
        )
        for row in rows
        if row.has_contact
    )
    return ClientRow(
        line=rows[0].line,
        name=rows[0].name,
        tier=next(row.tier for row in rows if row.tier is not None),
        revenue=_said(row.revenue for row in rows),
        revenue_share=_said(row.revenue_share for row in rows),
        domains=tuple(dict.fromkeys(domain for row in rows for domain in row.domains)),
        language=_said(row.language or None for row in rows) or "",
        formality=_said(row.formality for row in rows),
        time_zone=_said(row.time_zone or None for row in rows) or "",
        lead_email=_said(row.lead_email or None for row in rows) or "",
        renewal_on=_said(row.renewal_on for row in rows),
        open_complaint=_said(row.open_complaint for row in rows),
        glad_to_write=_said(row.glad_to_write for row in rows),
        notes=_said(row.notes or None for row in rows) or "",
        contacts=tuple(contacts),
    )


def _said(values: Iterable[_Value | None]) -> _Value | None:
    """The first that is said at all."""
    return next((value for value in values if value is not None), None)


def _apart(clients: Iterable[ClientRow]) -> tuple[tuple[ClientRow, ...], list[RowProblem]]:
    """The clients without those that claim a domain of an earlier one."""
    owners: set[str] = set()
    kept: list[ClientRow] = []
    problems: list[RowProblem] = []
    for client in clients:
        taken = [domain for domain in client.domains if domain in owners]
        problems += [
            RowProblem(line=client.line, column="domains", code=InvalidCode.DOMAIN_TAKEN, value=shown(domain))
            for domain in taken
        ]
        if not taken:
            owners.update(client.domains)
            kept.append(client)
    return tuple(kept), problems
