"""A workspace comes and goes: noted when the bot starts there, erased when it is uninstalled."""

from datetime import datetime

import structlog

from bot.slack.installations import BotInstallation, CachedInstallations
from domain.member import Workspace
from storage import workspaces
from storage.database import Database

log = structlog.get_logger()


class Workspaces:
    def __init__(self, *, database: Database, cache: CachedInstallations | None) -> None:
        """`cache` is None where one token is configured: then there is nothing to forget."""
        self._database = database
        self._cache = cache

    async def started(self, installation: BotInstallation) -> None:
        """The bot runs in the workspace of a configured token."""
        workspace = Workspace(team_id=installation.home, bot_user_id=installation.bot_user_id)
        await self._database.run(workspaces.note, workspace)

    async def uninstalled(self, home: str, at: datetime) -> None:
        """`home` is the workspace, or the organisation where the bot was in all of it."""
        if await self._database.run(workspaces.purge, home, at):
            log.info("workspace_erased", team=home)
        self._forget(home, home)

    async def tokens_revoked(self, team_id: str, enterprise_id: str, bot_user_id: str, at: datetime) -> None:
        """Only the installation goes: the data stays until the app is uninstalled. A late event harms no new one."""
        for scope in filter(None, (team_id, enterprise_id)):
            await self._database.run(workspaces.tokens_revoked, scope, bot_user_id, at)
        self._forget(team_id, enterprise_id)

    def _forget(self, team_id: str, enterprise_id: str) -> None:
        if self._cache is not None:
            self._cache.invalidate(team_id or None, enterprise_id or None)
