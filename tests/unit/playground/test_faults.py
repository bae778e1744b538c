import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.scripted_bot import ScriptedBot


async def test_a_method_fails_as_often_as_told(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.fail("chat.postMessage", "fatal_error", times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await client.chat_postMessage(channel=OWNER, text="x")
    await client.chat_postMessage(channel=OWNER, text="x")

    assert [call.fault for call in slack.calls] == ["fatal_error", "fatal_error", ""]
    assert len(slack.messages) == 1


async def test_other_methods_and_other_arguments_are_spared(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.fail("chat.postMessage", where=lambda call: call.args["channel"] == COLLEAGUE)

    await client.auth_test()
    await client.chat_postMessage(channel=OWNER, text="x")

    with pytest.raises(SlackApiError, match="internal_error"):
        await client.chat_postMessage(channel=COLLEAGUE, text="x")


async def test_a_rate_limit_says_how_long_to_wait(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=OWNER, text="x")

    response = refused.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert slack.messages == []


async def test_a_fault_may_strike_one_workspace_only(slack: SlackStandIn, client: AsyncWebClient) -> None:
    other = slack.add_workspace("T0OTHER", name="Other", domain="other")
    slack.faults.rate_limit("*", where=lambda call: call.team_id == "T0OTHER")

    assert (await client.auth_test())["ok"] is True
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.auth_test(token=other.bot_token)


async def test_a_status_comes_without_json(slack: SlackStandIn) -> None:
    slack.faults.status("auth.test", 503)

    async with aiohttp.ClientSession() as session, session.post(f"{slack.api_url}auth.test") as response:
        assert (response.status, response.content_type) == (503, "text/plain")


async def test_a_call_that_hangs_goes_on_later(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.hang("chat.postMessage", 0.1)

    call = asyncio.create_task(client.chat_postMessage(channel=OWNER, text="x"))
    done, _ = await asyncio.wait({call}, timeout=0.03)
    await call

    assert done == set()
    assert len(slack.messages) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "*"])
async def test_a_connection_lost_before_leaves_nothing(
    slack: SlackStandIn, client: AsyncWebClient, method: str
) -> None:
    slack.faults.drop(method, "before")

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=OWNER, text="x")

    assert slack.messages == []


async def test_a_connection_lost_after_leaves_the_message_there(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.drop("chat.postMessage", "after")

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=OWNER, text="x")

    assert [message.text for message in slack.messages] == ["x"]
    assert [(call.ok, call.fault) for call in slack.calls] == [(True, "drop after")]


async def test_response_urls_fail_too(slack: SlackStandIn, bot: ScriptedBot) -> None:
    await slack.as_user(OWNER).command("/meetdown")
    url = bot.received[0].form["response_url"]
    slack.faults.rate_limit("response_url")
    slack.faults.drop("response_url", "after")

    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"text": "x"}) as response:
            status = response.status
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, json={"text": "y"})

    assert status == 429
    assert [one.text for one in slack.as_user(OWNER).ephemerals] == ["y"]


async def test_a_fault_of_one_method_strikes_although_every_method_is_slow(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    slack.faults.hang("*", 0.01, times=100)
    slack.faults.fail("auth.test", "fatal_error")

    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()

    assert refused.value.response["error"] == "fatal_error"
    assert (await client.auth_test())["ok"] is True


async def test_faults_can_be_forgotten(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.fail("*", times=100)
    slack.faults.clear()

    assert (await client.auth_test())["ok"] is True


async def test_posts_can_be_paced_per_channel(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.pace_posts = True

    await client.chat_postMessage(channel=OWNER, text="x")
    await client.chat_postMessage(channel=COLLEAGUE, text="x")

    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=OWNER, text="y")
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "1")
