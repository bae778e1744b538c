"""`app.py sync-clients` as an operator calls it, against a customer system on a real server."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from app import app
from domain.member import Workspace
from storage import clients, migrate, workspaces
from storage.database import Database
from tests.support.crm import CrmServer, crm_server, recorded

TEAM = "T0ACME"


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MEETDOWN_DATA_DIR", str(tmp_path))
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
async def server() -> AsyncIterator[CrmServer]:
    async with crm_server() as running:
        running.on("/crm/v3/owners", recorded("hubspot_owners"), recorded("hubspot_owners_2"))
        running.on("/crm/v3/objects/companies/search", recorded("hubspot_companies"))
        yield running


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'meetdown.db'}"
    migrate.upgrade(url)
    opened = Database.open(url)
    await opened.run(workspaces.save, Workspace(team_id=TEAM))
    yield opened
    await opened.close()


async def call(*arguments: str, **environ: str) -> Result:
    return await asyncio.to_thread(
        lambda: CliRunner().invoke(app, ["sync-clients", *arguments], env=environ, catch_exceptions=False)
    )


async def test_customers_of_hubspot_become_clients(server: CrmServer, database: Database) -> None:
    environ = {"MEETDOWN_HUBSPOT_URL": server.base, "MEETDOWN_ALLOW_PRIVATE_URLS": "1"}

    done = await call("hubspot", "--team", TEAM, MEETDOWN_HUBSPOT_TOKEN="pat-1", **environ)

    assert (done.exit_code, done.stderr) == (0, "900102: The account has no name\n")
    assert done.stdout.splitlines()[0] == "Done: 2 new, 0 changed, 0 as they were."
    known = await database.read(clients.all_of, TEAM)
    assert [(client.name, client.lead_email, client.crm_id) for client in known] == [
        ("Acme Retail", "anna@agency.example", "900100"),
        ("Globex", "", "900101"),
    ]


async def test_a_missing_setting_is_one_line(database: Database) -> None:
    done = await call("salesforce", "--team", TEAM, MEETDOWN_SALESFORCE_URL="https://x.example")

    assert done.exit_code == 2
    assert done.stderr == (
        "Settings: MEETDOWN_SALESFORCE_CLIENT_ID and MEETDOWN_SALESFORCE_CLIENT_SECRET are missing: "
        "salesforce cannot be read without\n"
    )


async def test_plain_http_is_refused(server: CrmServer, database: Database) -> None:
    done = await call("hubspot", "--team", TEAM, MEETDOWN_HUBSPOT_TOKEN="pat-1", MEETDOWN_HUBSPOT_URL=server.base)

    assert done.exit_code == 2
    assert done.stderr == "Settings: MEETDOWN_HUBSPOT_URL must be an https URL without path, query or fragment\n"


async def test_a_refusal_is_one_line_and_changes_nothing(server: CrmServer, database: Database) -> None:
    server.on("/crm/v3/owners", 401)
    environ = {"MEETDOWN_HUBSPOT_URL": server.base, "MEETDOWN_ALLOW_PRIVATE_URLS": "1"}

    done = await call("hubspot", "--team", TEAM, MEETDOWN_HUBSPOT_TOKEN="pat-1", **environ)

    assert (done.exit_code, done.stderr) == (
        1,
        "HubSpot does not take the credentials (401). Nothing was changed.\n",
    )
    assert await database.read(clients.all_of, TEAM) == []
