"""The transport's ports on our own storage: installations and the states of installations under way."""

import secrets
from datetime import timedelta

from bot.slack.installations import BotInstallation
from domain.clock import Clock
from domain.member import Installation
from storage import workspaces
from storage.database import Database
from storage.vault import Vault

STATE_LIFETIME = timedelta(minutes=10)


class StoredInstallations:
    """`Installations` and `InstallationStore`; to be put behind `CachedInstallations`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        found = await self._database.read(workspaces.find_installation, self._vault, team_id, enterprise_id)
        return None if found is None else bot_of(found)

    async def save(self, installation: Installation) -> None:
        await self._database.run(workspaces.save_installation, self._vault, installation)


class StoredStates:
    """`OAuthStates`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def issue(self) -> str:
        state = secrets.token_urlsafe(32)
        await self._database.run(workspaces.save_oauth_state, state, self._clock.now() + STATE_LIFETIME)
        return state

    async def consume(self, state: str) -> bool:
        return await self._database.run(workspaces.consume_oauth_state, state, self._clock.now())


def bot_of(installation: Installation) -> BotInstallation:
    """An organisation-wide installation belongs to no team, whatever team id it was saved with."""
    return BotInstallation(
        team_id=None if installation.is_enterprise else installation.team_id,
        enterprise_id=installation.enterprise_id or None,
        bot_token=installation.bot_token,
        bot_user_id=installation.bot_user_id,
        bot_id=installation.bot_id,
        scopes=installation.scopes,
    )
