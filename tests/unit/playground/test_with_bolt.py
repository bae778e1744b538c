"""A whole conversation with a bot written with Bolt, over both ways of delivery."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import OWNER, bot_environment
from tests.unit.playground.shapes import actions, button, modal, question


def hello_bot(slack: SlackStandIn) -> AsyncApp:
    """Command → button → form → DM that changes when its own button is pressed."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(
        client=client, token=slack.bot_token, signing_secret=slack.app.signing_secret, process_before_response=True
    )

    async def on_command(ack: AsyncAck) -> None:
        await ack(text="Choose", blocks=[actions(button("Shorter", action_id="open"))])

    async def on_open(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(question(block_id="length")))

    async def on_form(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient) -> None:
        (entered,) = view["state"]["values"]["length"].values()
        if entered["value"] == "90":
            await ack(response_action="errors", errors={"length": "Not shorter"})
            return
        await ack()
        blocks = [actions(button("Undo", action_id="undo"))]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"{entered['value']} minutes", blocks=blocks)

    async def on_undo(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Undone")

    async def on_message(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], text=f"You said {event['text']}")

    app.command("/meetdown")(on_command)
    app.action("open")(on_open)
    app.view("form")(on_form)
    app.action("undo")(on_undo)
    app.event("message")(on_message)
    return app


@asynccontextmanager
async def served(slack: SlackStandIn, way: str) -> AsyncIterator[None]:
    app = hello_bot(slack)
    if way == "http":
        runner = web.AppRunner(app.web_app("/slack/events"), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield
        await runner.cleanup()
    else:
        handler = AsyncSocketModeHandler(app, slack.app.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.wait_for(lambda: slack.sockets.connections)
        yield
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_a_bolt_bot_talks_with_a_person(slack: SlackStandIn, way: str) -> None:
    anna = slack.as_user(OWNER)
    slack.app.hears_own_messages = True

    async with served(slack, way):
        reply = await anna.command("/meetdown")
        assert reply.shown is not None
        await anna.click(reply.shown, label="Shorter")
        form = await anna.wait_for_modal()
        refused = await anna.submit(form, {"length": "90"})
        accepted = await anna.submit(form, {"length": "30"})
        message = await anna.wait_for_message("30 minutes")
        await anna.click(message, label="Undo")
        await anna.wait_for_message("Undone")
        await anna.send_dm("thanks")
        await anna.wait_for_message("You said thanks")

    assert (refused.errors, accepted.ok, anna.modal) == ({"length": "Not shorter"}, True, None)
    assert [one.text for one in anna.messages] == ["Undone", "You said thanks"]


async def test_the_settings_of_a_bot_name_the_stand_in(slack: SlackStandIn) -> None:
    http = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": f"{slack.base_url}/api/",
    }

    assert bot_environment(slack) == http
    assert bot_environment(slack, socket_mode=True) == {**http, "SLACK_APP_TOKEN": slack.app.app_token}
