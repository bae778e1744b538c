"""Opening modals, for tests of what happens to them."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn, View
from tests.support.slack import OWNER
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import modal, question

FORM = modal(question(block_id="length"), private_metadata="m1")


async def trigger_of_a_command(slack: SlackStandIn, bot: ScriptedBot, user: str = OWNER) -> str:
    await slack.as_user(user).command("/meetdown")
    return bot.received[-1].form["trigger_id"]


async def trigger_of_a_click(slack: SlackStandIn, bot: ScriptedBot, view: View) -> str:
    await slack.as_user(view.user).click(view, action_id="go")
    return str(bot.received[-1].payload["trigger_id"])


async def opened(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient, view: dict[str, Any]) -> View:
    await client.views_open(trigger_id=await trigger_of_a_command(slack, bot), view=view)
    found = slack.as_user(OWNER).modal
    assert found is not None
    return found


async def refusal(client: AsyncWebClient, method: str, **args: Any) -> object:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=args)
    return refused.value.response["error"]
