"""Workspaces and installations on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.member import Installation, Workspace
from storage import workspaces
from storage.database import Database
from storage.vault import Vault
from tests.support.stored import NOW, TEAM, VAULT

WORKSPACE = Workspace(
    team_id=TEAM,
    name="Agency",
    bot_user_id="UBOT",
    own_domains=("agency.example", "agency.test"),
    country="NL",
    guests_may_take_over=True,
)
INSTALLATION = Installation(
    team_id=TEAM,
    enterprise_id="E1",
    team_name="Agency",
    bot_token="xoxb-secret",
    bot_user_id="UBOT",
    bot_id="B1",
    app_id="A1",
    scopes=("chat:write", "commands"),
    refresh_token="xoxe-secret",
    expires_at=NOW + timedelta(hours=12),
    installed_at=NOW,
)
ORG_WIDE = replace(INSTALLATION, is_enterprise=True, bot_token="xoxb-org")


async def test_a_workspace_is_read_as_it_was_saved_last(database: Database) -> None:
    await database.run(workspaces.save, replace(WORKSPACE, name="Old", country=""))
    await database.run(workspaces.save, WORKSPACE)
    await database.run(workspaces.save, Workspace(team_id="T0"))

    assert await database.run(workspaces.get, TEAM) == WORKSPACE
    assert await database.run(workspaces.all_ids) == ["T0", TEAM]


async def test_an_installation_is_found_by_its_team(database: Database) -> None:
    await database.run(workspaces.save_installation, VAULT, INSTALLATION)

    assert await database.run(workspaces.find_installation, VAULT, TEAM, "E1") == INSTALLATION
    assert await database.run(workspaces.find_installation, VAULT, TEAM) == INSTALLATION
    assert await database.run(workspaces.find_installation, VAULT, "T2", "E1") is None
    assert await database.run(workspaces.find_installation, VAULT) is None


async def test_an_organisation_wide_installation_answers_for_every_team(database: Database) -> None:
    await database.run(workspaces.save_installation, VAULT, ORG_WIDE)

    for team in (TEAM, "T2", None):
        assert await database.run(workspaces.find_installation, VAULT, team, "E1") == ORG_WIDE
    assert await database.run(workspaces.find_installation, VAULT, TEAM) is None
    assert await database.run(workspaces.find_installation, VAULT, "T2", "E2") is None


async def test_a_teams_own_installation_comes_before_that_of_its_organisation(database: Database) -> None:
    await database.run(workspaces.save_installation, VAULT, ORG_WIDE)
    await database.run(workspaces.save_installation, VAULT, INSTALLATION)

    assert await database.run(workspaces.find_installation, VAULT, TEAM, "E1") == INSTALLATION
    assert await database.run(workspaces.find_installation, VAULT, "T2", "E1") == ORG_WIDE


async def test_a_reinstallation_leaves_no_old_token(database: Database) -> None:
    newer = replace(INSTALLATION, bot_token="xoxb-new", refresh_token="", expires_at=None)
    await database.run(workspaces.save_installation, VAULT, INSTALLATION)
    await database.run(workspaces.save_installation, VAULT, newer)

    def rows(session: Session) -> int:
        return len(session.execute(select(workspaces.INSTALLATIONS)).all())

    assert await database.run(rows) == 1
    assert await database.run(workspaces.find_installation, VAULT, TEAM) == newer


async def test_tokens_are_not_readable_in_the_table(database: Database) -> None:
    await database.run(workspaces.save_installation, VAULT, INSTALLATION)

    def stored(session: Session) -> str:
        return repr(session.execute(select(workspaces.INSTALLATIONS)).all())

    assert "secret" not in await database.run(stored)
    with pytest.raises(InvalidToken):
        await database.run(workspaces.find_installation, Vault([Fernet.generate_key().decode()]), TEAM)


async def test_an_installation_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="team id"):
        await database.run(workspaces.save_installation, VAULT, replace(INSTALLATION, team_id=""))


@pytest.mark.parametrize("installation", [INSTALLATION, ORG_WIDE])
async def test_revoked_tokens_are_forgotten(database: Database, installation: Installation) -> None:
    await database.run(workspaces.save_installation, VAULT, installation)

    assert not await database.run(workspaces.tokens_revoked, TEAM, "UOTHER", NOW)
    assert not await database.run(workspaces.tokens_revoked, "T2", "UBOT", NOW)
    assert await database.run(workspaces.tokens_revoked, TEAM, "UBOT", NOW)
    assert await database.run(workspaces.find_installation, VAULT, TEAM, "E1") is None


async def test_a_late_revocation_does_not_end_a_newer_installation(database: Database) -> None:
    newer = replace(INSTALLATION, installed_at=NOW + timedelta(seconds=1))
    await database.run(workspaces.save_installation, VAULT, newer)

    assert not await database.run(workspaces.tokens_revoked, TEAM, "UBOT", NOW)
    assert await database.run(workspaces.find_installation, VAULT, TEAM) == newer


async def test_an_oauth_state_is_good_once(database: Database) -> None:
    await database.run(workspaces.save_oauth_state, "state", NOW + timedelta(minutes=10))

    assert not await database.run(workspaces.consume_oauth_state, "other", NOW)
    assert await database.run(workspaces.consume_oauth_state, "state", NOW)
    assert not await database.run(workspaces.consume_oauth_state, "state", NOW)


async def test_an_expired_oauth_state_is_not_good(database: Database) -> None:
    await database.run(workspaces.save_oauth_state, "state", NOW)

    assert not await database.run(workspaces.consume_oauth_state, "state", NOW)
    assert not await database.run(workspaces.consume_oauth_state, "state", NOW - timedelta(minutes=1))
