from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import lenient_slack, slack
from tests.unit.playground.scripted_bot import ScriptedBot

__all__ = ["bot", "client", "lenient_client", "lenient_slack", "slack"]


@pytest_asyncio.fixture
async def client(slack: SlackStandIn) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest_asyncio.fixture
async def lenient_client(lenient_slack: SlackStandIn) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        token, url = lenient_slack.bot_token, lenient_slack.api_url
        yield AsyncWebClient(token=token, base_url=url, session=session, retry_handlers=[])


@pytest_asyncio.fixture
async def bot(slack: SlackStandIn) -> AsyncIterator[ScriptedBot]:
    """A bot that answers what the test tells it to, listening where Slack sends."""
    async with ScriptedBot() as scripted:
        slack.request_url = scripted.url
        yield scripted
