"""The client book follows a customer system, in a real database."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from bot.crm.protocol import CrmProblem
from bot.services.crm_sync import follow_crm
from domain.crm import Account, Crm
from domain.errors import DomainError
from domain.member import Member, Workspace
from domain.words import Tier
from storage import calendars, clients, members, proposals, workspaces
from storage.database import Database
from tests.support.stored import ACME, CALENDAR, NOW, OWNER, TEAM, VAULT


class Listed:
    """A customer system as far as the use case sees it: some accounts, and perhaps a failure after them."""

    crm = Crm.SALESFORCE

    def __init__(self, accounts: Sequence[Account], problem: CrmProblem | None = None) -> None:
        self._accounts = accounts
        self._problem = problem

    async def accounts(self) -> AsyncIterator[Account]:
        for account in self._accounts:
            yield account
        if self._problem:
            raise self._problem


@pytest.fixture
async def stocked(database: Database) -> Database:
    await database.run(workspaces.save, Workspace(team_id=TEAM))
    await database.run(members.save, Member(team_id=TEAM, user_id=OWNER, email="anna@agency.example"))
    await database.run(clients.add, ACME)
    await database.run(calendars.add, VAULT, replace(CALENDAR, etag="1"))
    await database.run(proposals.propose, TEAM, "globex.example", "", OWNER, NOW)
    return database


GLOBEX = Account(id="2", name="Globex", domains=("globex.example",), owner_email="anna@agency.example", revenue=10.0)


async def test_new_and_known_clients_are_written_and_their_proposals_answered(stocked: Database) -> None:
    found = await follow_crm(
        stocked, Listed([Account(id="1", name="Acme BV", domains=("acme.example",)), GLOBEX]), TEAM
    )

    acme, globex = await stocked.read(clients.all_of, TEAM)
    assert (len(found.added), len(found.changed), found.left) == (1, 1, ())
    assert acme == replace(ACME, name="Acme BV", crm="salesforce", crm_id="1")
    assert (globex.name, globex.tier, globex.lead_id, globex.revenue) == ("Globex", Tier.C, OWNER, 10.0)
    assert await stocked.read(proposals.open_for, TEAM, OWNER) == []
    (calendar,) = await stocked.read(calendars.of_member, VAULT, TEAM, OWNER)
    assert calendar.etag == ""


async def test_a_second_time_changes_nothing(stocked: Database) -> None:
    await follow_crm(stocked, Listed([GLOBEX]), TEAM)
    before = await stocked.read(clients.all_of, TEAM)

    again = await follow_crm(stocked, Listed([GLOBEX]), TEAM)

    assert (again.added, again.changed, again.unchanged) == ((), (), 1)
    assert await stocked.read(clients.all_of, TEAM) == before


async def test_two_clients_may_swap_names(stocked: Database) -> None:
    await follow_crm(stocked, Listed([Account(id="1", name="Acme"), GLOBEX]), TEAM)

    found = await follow_crm(
        stocked,
        Listed([replace(GLOBEX, name="Globex Group"), Account(id="1", name="Globex")]),
        TEAM,
    )

    names = [client.name for client in await stocked.read(clients.all_of, TEAM)]
    assert (names, found.left) == (["Globex", "Globex Group"], ())


async def test_a_system_that_fails_half_way_changes_nothing(stocked: Database) -> None:
    with pytest.raises(CrmProblem):
        await follow_crm(stocked, Listed([GLOBEX], CrmProblem("gone")), TEAM)

    assert await stocked.read(clients.all_of, TEAM) == [ACME]


async def test_a_dry_run_tells_and_writes_nothing(stocked: Database) -> None:
    found = await follow_crm(stocked, Listed([GLOBEX]), TEAM, dry_run=True)

    assert [client.name for client in found.added] == ["Globex"]
    assert await stocked.read(clients.all_of, TEAM) == [ACME]


async def test_a_workspace_that_is_not_known_is_refused(database: Database) -> None:
    with pytest.raises(DomainError):
        await follow_crm(database, Listed([GLOBEX]), "T404")
