"""Bringing the client book in line with a customer system."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.crm.protocol import CrmProblem, ReadsAccounts
from domain.crm import Account, Alignment, Crm, align
from domain.errors import DomainError, Problem
from domain.ids import new_id
from storage import calendars, client_changes, clients, members, proposals, workspaces
from storage.database import Database

MOST_ACCOUNTS = 50_000
"""More customers than this are no client book: the filter is wrong, and nothing is written."""


async def follow_crm(database: Database, reader: ReadsAccounts, team_id: str, *, dry_run: bool = False) -> Alignment:
    """Reads all customers first, then writes in one transaction: a system that fails half-way changes nothing.

    Raises CrmProblem and DomainError(WORKSPACE_UNKNOWN).
    """
    if await database.read(workspaces.get, team_id) is None:
        raise DomainError(Problem.WORKSPACE_UNKNOWN)
    accounts: dict[str, Account] = {}
    async for account in reader.accounts():
        if account.id:
            accounts[account.id] = account
        if len(accounts) > MOST_ACCOUNTS:
            raise CrmProblem(f"There are more than {MOST_ACCOUNTS} customers: nothing was changed")
    wanted = list(accounts.values())
    if dry_run:
        return await database.read(_aligned, team_id, reader.crm, wanted)
    return await database.run(_follow, team_id, reader.crm, wanted)


def _aligned(session: Session, team_id: str, crm: Crm, accounts: Sequence[Account]) -> Alignment:
    emails = {account.owner_email for account in accounts if account.owner_email}
    found = {email: members.by_email(session, team_id, email) for email in emails}
    return align(
        accounts,
        clients.all_of(session, team_id),
        crm=crm,
        team_id=team_id,
        leads={email: member.user_id for email, member in found.items() if member is not None},
        new_ids={account.id: new_id() for account in accounts},
    )


def _follow(session: Session, team_id: str, crm: Crm, accounts: Sequence[Account]) -> Alignment:
    client_changes.hold(session, team_id)
    alignment = _aligned(session, team_id, crm, accounts)
    # A name may pass from one client to another: those that give one up come out of the way first.
    names = {client.id: client.name for client in clients.all_of(session, team_id)}
    renamed = [client for client in alignment.changed if names[client.id].casefold() != client.name.casefold()]
    for client in renamed:
        clients.update(session, replace(client, name=client.id))
    for client in alignment.changed:
        clients.update(session, client)
    for client in alignment.added:
        clients.add(session, client)
    for client in (*alignment.added, *alignment.changed):
        for domain in client.domains:
            proposals.settle(session, team_id, domain, True)
    if alignment.added or alignment.changed:
        calendars.forget_validators(session, team_id)
        clients.reckon_shares(session, team_id)
    return alignment
