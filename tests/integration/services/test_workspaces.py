"""The end of the bot in one workspace, or in a whole organisation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.listeners.events import Events
from bot.services.workspaces import Workspaces
from domain.member import Installation
from storage import workspaces
from storage.database import Database
from tests.support.stored import NOW, TEAM, VAULT

OF_ONE_TEAM = Installation(team_id=TEAM, enterprise_id="E1", bot_token="xoxb-1", bot_user_id="UBOT", installed_at=NOW)
OF_ALL = replace(OF_ONE_TEAM, team_id="T2", is_enterprise=True)


class Listening(Events):
    """Only what an uninstallation needs."""

    def __init__(self, database: Database) -> None:
        self._workspaces = Workspaces(database=database, cache=None)


def event(*, wide: bool) -> dict[str, Any]:
    later = NOW + timedelta(hours=1)
    authorizations = [{"enterprise_id": "E1", "team_id": None if wide else TEAM, "is_enterprise_install": wide}]
    return {
        "team_id": TEAM,
        "enterprise_id": "E1",
        "event_time": int(later.timestamp()),
        "authorizations": authorizations,
    }


@pytest.mark.parametrize(("wide", "left"), [(False, ["E1"]), (True, [TEAM])])
async def test_an_uninstallation_erases_its_own_workspace_only(database: Database, wide: bool, left: list[str]) -> None:
    await database.run(workspaces.save_installation, VAULT, OF_ONE_TEAM)
    await database.run(workspaces.save_installation, VAULT, OF_ALL)

    await Listening(database).uninstalled(event(wide=wide))

    assert await database.read(workspaces.all_ids) == left
