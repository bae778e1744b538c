"""Asking Slack about our own tokens, for `app.py doctor`: one call each, no retries, nothing changed."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.problems import SlackCode, SlackProblem, code_of

SECONDS = 10.0
"""How long to wait for an answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenFacts:
    """What `auth.test` tells of a bot token."""

    team_id: str
    team: str
    bot_user_id: str
    bot_id: str
    """Empty for a token of a person: then it is not a bot's."""
    scopes: frozenset[str]
    slack_time: datetime | None
    """Slack's clock, to the second; None where it does not tell."""


async def inspect_bot_token(client: AsyncWebClient, token: str) -> TokenFacts:
    """Raises SlackProblem."""
    answer = await _answer("auth.test", client.auth_test(token=token))
    data: dict[str, Any] = answer.data if isinstance(answer.data, dict) else {}
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    return TokenFacts(
        team_id=str(data.get("team_id") or ""),
        team=str(data.get("team") or ""),
        bot_user_id=str(data.get("user_id") or ""),
        bot_id=str(data.get("bot_id") or ""),
        scopes=frozenset(filter(None, (scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")))),
        slack_time=_moment(headers.get("date", "")),
    )


async def check_app_token(client: AsyncWebClient, app_token: str) -> None:
    """Asks for a websocket address and does not use it. Raises SlackProblem."""
    await _answer("apps.connections.open", client.apps_connections_open(app_token=app_token))


async def check_client(client: AsyncWebClient, client_id: str, client_secret: str) -> None:
    """Slack checks id and secret before the code, so that with a made-up code its answer tells whether they are good.
    Raises SlackProblem.
    """
    try:
        exchange = client.oauth_v2_access(client_id=client_id, client_secret=client_secret, code="doctor")
        await _answer("oauth.v2.access", exchange)
    except SlackProblem as problem:
        if problem.slack_error != "invalid_code":
            raise


async def _answer(method: str, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    try:
        async with asyncio.timeout(SECONDS):
            return await call
    except SlackApiError as error:
        word = str(error.response.get("error") or "") if isinstance(error.response.data, dict) else ""
        raise SlackProblem(code_of(word), method=method, slack_error=word or "no_answer") from error
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, AttributeError) as error:
        # The last two: slack_sdk cannot take an answer apart that is no JSON object.
        raise SlackProblem(SlackCode.UNREACHABLE, method=method, detail=type(error).__name__) from error


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
