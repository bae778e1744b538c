"""What Slack tells: a message to the bot, a profile that changed, an uninstallation."""

from datetime import UTC, datetime
from typing import Any

import structlog

from bot.listeners.caller import Callers
from bot.listeners.commands import Commands
from bot.services.members import Members
from bot.services.workspaces import Workspaces
from bot.slack.posting import Posting
from bot.slack.problems import SlackProblem

log = structlog.get_logger()


class Events:
    def __init__(
        self, *, callers: Callers, commands: Commands, posting: Posting, members: Members, workspaces: Workspaces
    ) -> None:
        self._callers = callers
        self._commands = commands
        self._posting = posting
        self._members = members
        self._workspaces = workspaces

    async def message(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Words in the DM mean what they mean after `/meetdown`; edits, joins and our own messages mean nothing.

        The answer is posted under the event's id, so that a retried event is answered once.
        """
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
            return
        caller = await self._callers.by_id(await self._callers.home(body), str(event["user"]))
        message = await self._commands.in_conversation(caller, str(event.get("text", "")))
        key = f"dm-{body.get('event_id', '')}"[:255]
        await self._posting.to_member(caller.team_id, caller.user_id, key, message)

    async def profile_changed(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        user = event.get("user") or {}
        try:
            await self._members.changed(await self._callers.home(body), str(user.get("id", "")))
        except SlackProblem as problem:
            log.info("profile_not_read", problem=str(problem))

    async def uninstalled(self, body: dict[str, Any]) -> None:
        """Everything of the workspace is erased. `event_time` tells a late event from a new installation."""
        at = datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)
        team, organisation = str(body.get("team_id") or ""), str(body.get("enterprise_id") or "")
        # One workspace of an organisation takes nothing from the others.
        if organisation and (not team or _was_organisation_wide(body)):
            await self._workspaces.uninstalled(organisation, at)
        elif team:
            await self._workspaces.uninstalled(team, at)

    async def tokens_revoked(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        at = datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)
        for bot_user_id in (event.get("tokens") or {}).get("bot") or []:
            await self._workspaces.tokens_revoked(
                str(body.get("team_id") or ""), str(body.get("enterprise_id") or ""), str(bot_user_id), at
            )


def _was_organisation_wide(body: dict[str, Any]) -> bool:
    """Of the installation that the event was sent for."""
    return any(one.get("is_enterprise_install") is True for one in body.get("authorizations") or [])
