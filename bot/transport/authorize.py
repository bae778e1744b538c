"""Bolt's question "whose bot answers this?": answered from memory, never with a call to Slack per request."""

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.installations import Installations
from bot.slack.problems import TOKEN_PROBLEMS, SlackProblem


class Authorize(AsyncAuthorize):
    """`authorize` for AsyncApp over (cached) installations.

    None, which Bolt answers with the sentence "not installed", is only returned where that is true. Where it cannot be
    known now (a 429, no connection, the database away) the problem is raised: the request fails and may come again.
    """

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - the signature is Bolt's
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        try:
            found = await self._installations.find(team_id, enterprise_id)
        except SlackProblem as problem:
            if problem.code in TOKEN_PROBLEMS:
                return None
            raise
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise_id,
            team_id=team_id or found.team_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=found.bot_token,
            bot_scopes=list(found.scopes),
        )
