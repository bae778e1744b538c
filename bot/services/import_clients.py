"""Taking the client book over from a file: all of its rows or none, unless bad ones may be skipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bot.services.client_cells import RowProblem, shown
from bot.services.client_csv import ClientRow, parse_clients
from domain.client import Client, Contact
from domain.errors import DomainError, InvalidCode, Problem
from domain.ids import new_id
from storage import calendars, client_changes, clients, members, proposals, workspaces
from storage.clients import ImportCounts
from storage.database import Database

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes; a client book is not larger, and it is read whole."""

SENTENCES: Mapping[InvalidCode, str] = {
    InvalidCode.REQUIRED: "is empty; it is needed",
    InvalidCode.TOO_LONG: "is too long",
    InvalidCode.NOT_A_PHONE_NUMBER: "is not a phone number; write it with the country code (+31 …), or use --country",
    InvalidCode.NOT_AN_EMAIL: "is not an e-mail address",
    InvalidCode.NOT_A_DOMAIN: "is not a domain such as acme.example",
    InvalidCode.PUBLIC_DOMAIN: "is a domain where everybody can have an address; it cannot stand for one client",
    InvalidCode.DOMAIN_TAKEN: "belongs to another client",
    InvalidCode.NOT_A_SHARE: "is not a share; write 12.5% or 0.125",
    InvalidCode.NOT_AN_AMOUNT: "is not an amount; write 250000 or 1.2m",
    InvalidCode.NOT_A_ZONE: "is not a time zone or a large city; write Europe/Amsterdam",
    InvalidCode.NOT_A_FLAG: "is neither yes nor no",
    InvalidCode.NOT_A_FORMALITY: "is not a form of address; use formal or informal",
    InvalidCode.NOT_A_DATE: "is not a date; write 2027-03-31",
    InvalidCode.NOT_A_LANGUAGE: "is not a language that is written here; use en or nl",
    InvalidCode.NOT_A_TIER: "is not a tier; use A, B or C",
    InvalidCode.UNKNOWN_COLUMN: "is not a column that is known",
    InvalidCode.MISSING_COLUMN: "is missing; this column is needed",
    InvalidCode.REPEATED_COLUMN: "is there twice",
    InvalidCode.TOO_MANY_CELLS: "stands outside the columns; is there a delimiter too many, or are quotes missing?",
    InvalidCode.CONTRADICTION: "contradicts an earlier row of the same client",
    InvalidCode.REPEATED_ROW: "is there already, in an earlier row of the same client",
    InvalidCode.EMPTY_FILE: "there are no clients in this file",
    InvalidCode.NOT_UTF8: "this is not UTF-8; save the file as “CSV UTF-8”",
    InvalidCode.NOT_A_CSV_FILE: "this is not a CSV file",
}
"""What the command line says, in English, after the value. Codes of `client_csv` only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What came of it. `problems` name the rows that were left out, or, with all counts 0, why nothing was done."""

    added: int = 0
    updated: int = 0
    contacts: int = 0
    unknown_leads: tuple[str, ...] = ()
    """Addresses of leads that no known member has; they are kept until one has."""
    problems: tuple[RowProblem, ...] = ()

    @property
    def nothing_done(self) -> bool:
        return not (self.added or self.updated)


async def import_clients(
    database: Database, *, team_id: str, content: bytes, country: str = "", skip_bad: bool = False
) -> Imported:
    """Adds new clients, changes those of the same name, adds or changes contacts by address; one transaction.

    A cell that is empty leaves what is known; a client that was archived is there again. `country` (ISO 3166) is whose
    phone numbers may be written without a country code; empty: the workspace's. Raises
    DomainError(WORKSPACE_UNKNOWN).
    """
    workspace = await database.read(workspaces.get, team_id)
    if workspace is None:
        raise DomainError(Problem.WORKSPACE_UNKNOWN)
    parsed = parse_clients(content, country=country or workspace.country)
    return await database.run(_store, team_id, parsed.clients, parsed.problems, skip_bad=skip_bad)


def sentence(problem: RowProblem) -> str:
    """`line 3, column tier: “X” is not a tier; use A, B or C`."""
    where = f"line {problem.line}" + (f", column {problem.column}" if problem.column else "")
    said = SENTENCES.get(problem.code, problem.code.value.replace("_", " "))
    whole_file = problem.code in (InvalidCode.EMPTY_FILE, InvalidCode.NOT_UTF8, InvalidCode.NOT_A_CSV_FILE)
    if whole_file:
        return f"{where}: {said}" + (f" ({problem.value})" if problem.value else "")
    return f"{where}: “{problem.value}” {said}" if problem.value else f"{where}: {said}"


def _store(
    session: Session, team_id: str, rows: Sequence[ClientRow], problems: Sequence[RowProblem], *, skip_bad: bool
) -> Imported:
    client_changes.hold(session, team_id)
    taken = _taken_domains(session, team_id, rows)
    found = tuple(sorted([*problems, *taken.values()], key=lambda problem: problem.line))
    good = [row for row in rows if row.line not in taken]
    if not good or (found and not skip_bad):
        return Imported(problems=found)
    known = {client.name.casefold(): client for client in clients.all_of(session, team_id)}
    wanted = [_client(session, team_id, row, known.get(row.name.casefold())) for row in good]
    counts = clients.import_all(session, team_id, wanted)
    for client in wanted:
        for domain in client.domains:
            proposals.settle(session, team_id, domain, True)
    calendars.forget_validators(session, team_id)
    return _imported(counts, wanted, found)


def _imported(counts: ImportCounts, wanted: Sequence[Client], problems: tuple[RowProblem, ...]) -> Imported:
    return Imported(
        added=counts.added,
        updated=counts.updated,
        contacts=sum(len(client.contacts) for client in wanted),
        unknown_leads=tuple(dict.fromkeys(one.lead_email for one in wanted if one.lead_email and not one.lead_id)),
        problems=problems,
    )


def _taken_domains(session: Session, team_id: str, rows: Sequence[ClientRow]) -> dict[int, RowProblem]:
    """By line, the first domain of a row that belongs to a stored client of another name."""
    owners = clients.domains(session, team_id)
    names = {client.id: client.name.casefold() for client in clients.all_of(session, team_id)}
    taken: dict[int, RowProblem] = {}
    for row in rows:
        for domain in row.domains:
            if domain in owners and names[owners[domain]] != row.name.casefold():
                problem = RowProblem(
                    line=row.line, column="domains", code=InvalidCode.DOMAIN_TAKEN, value=shown(domain)
                )
                taken.setdefault(row.line, problem)
    return taken


def _client(session: Session, team_id: str, row: ClientRow, known: Client | None) -> Client:
    """The client as it shall be; its contacts are those of the file, as the stored ones stay anyway."""
    base = known or Client(id=new_id(), team_id=team_id, name=row.name, tier=row.tier)
    client = replace(
        base,
        name=row.name,
        tier=row.tier,
        revenue=base.revenue if row.revenue is None else row.revenue,
        revenue_share=base.revenue_share if row.revenue_share is None else row.revenue_share,
        formality=row.formality or base.formality,
        time_zone=row.time_zone or base.time_zone,
        open_complaint=base.open_complaint if row.open_complaint is None else row.open_complaint,
        glad_to_write=base.glad_to_write if row.glad_to_write is None else row.glad_to_write,
        archived_at=None,
        domains=tuple(dict.fromkeys([*base.domains, *row.domains])),
        language=row.language or base.language,
        renewal_on=row.renewal_on or base.renewal_on,
        notes=row.notes or base.notes,
        contacts=tuple(
            Contact(
                id=new_id(),
                client_id=base.id,
                name=contact.name,
                email=contact.email,
                phone=contact.phone,
                language=contact.language,
                time_zone=contact.time_zone,
            )
            for contact in row.contacts
        ),
    )
    if not row.lead_email:
        return client
    lead = members.by_email(session, team_id, row.lead_email)
    return replace(client, lead_id=lead.user_id if lead else None, lead_email=row.lead_email)
