"""Socket Mode, spoken with slack_sdk's own client."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import OWNER, with_people

Listener = Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]


@asynccontextmanager
async def connected(slack: SlackStandIn, listener: Listener) -> AsyncIterator[SocketModeClient]:
    web = AsyncWebClient(base_url=slack.api_url)
    client = SocketModeClient(app_token=slack.app.app_token, web_client=web, ping_interval=0.5)
    client.socket_mode_request_listeners.append(listener)
    await client.connect()  # type: ignore[no-untyped-call]
    await slack.wait_for(lambda: slack.sockets.connections)
    try:
        yield client
    finally:
        await client.close()  # type: ignore[no-untyped-call]


def answering(payload: dict[str, Any] | None, kept: list[SocketModeRequest]) -> Listener:
    async def listen(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        kept.append(request)
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))

    return listen


async def test_a_command_travels_as_an_envelope_and_its_ack_is_the_answer(slack: SlackStandIn) -> None:
    kept: list[SocketModeRequest] = []

    async with connected(slack, answering({"text": "Two meetings"}, kept)):
        reply = await slack.as_user(OWNER).command("/meetdown", "acme")

    assert reply.shown is not None
    assert reply.shown.text == "Two meetings"
    assert (kept[0].type, kept[0].payload["text"], kept[0].accepts_response_payload) == ("slash_commands", "acme", True)


async def test_an_event_needs_no_payload_in_its_ack(slack: SlackStandIn) -> None:
    kept: list[SocketModeRequest] = []

    async with connected(slack, answering(None, kept)):
        reply = await slack.as_user(OWNER).send_dm("Hello")

    assert reply.ok
    assert (kept[0].type, kept[0].retry_attempt, kept[0].payload["event"]["text"]) == ("events_api", 0, "Hello")


async def test_an_event_without_an_ack_comes_again() -> None:
    kept: list[SocketModeRequest] = []
    acknowledge = answering(None, [])

    async def second_time(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        kept.append(request)
        if request.retry_attempt:
            await acknowledge(client, request)

    async with SlackStandIn(ack_seconds=0.05, time_scale=0.0001) as slack:
        with_people(slack)
        async with connected(slack, second_time):
            await slack.as_user(OWNER).send_dm("Hello")
            await slack.wait_for(lambda: len(slack.courier.delivered) == 2)

    assert [(one.retry_attempt, one.retry_reason) for one in kept] == [(0, ""), (1, "http_timeout")]
    assert len({one.payload["event_id"] for one in kept}) == 1


async def test_a_command_without_an_ack_times_out() -> None:
    async def silent(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        return None

    async with SlackStandIn(ack_seconds=0.05) as slack:
        with_people(slack)
        async with connected(slack, silent):
            assert (await slack.as_user(OWNER).command("/meetdown")).error == "operation_timeout"


async def test_a_refresh_brings_the_client_back_on_a_new_connection(slack: SlackStandIn) -> None:
    kept: list[SocketModeRequest] = []

    async with connected(slack, answering(None, kept)):
        (first,) = slack.sockets.connections
        await slack.sockets.disconnect("refresh_requested")
        await slack.wait_for(lambda: slack.sockets.connections)
        reply = await slack.as_user(OWNER).send_dm("Still there?")

        assert slack.sockets.connections[0] is not first
    assert reply.ok
    assert len(kept) == 1


async def test_without_a_connection_nobody_can_be_asked(slack: SlackStandIn) -> None:
    assert (await slack.as_user(OWNER).command("/meetdown")).error == "dispatch_failed"


async def test_payloads_take_turns_over_the_connections(slack: SlackStandIn) -> None:
    first: list[SocketModeRequest] = []
    second: list[SocketModeRequest] = []

    async with connected(slack, answering(None, first)), connected(slack, answering(None, second)):
        await slack.wait_for(lambda: len(slack.sockets.connections) == 2)
        for _ in range(4):
            await slack.as_user(OWNER).send_dm("Hello")

    assert (len(first), len(second)) == (2, 2)


async def open_socket(slack: SlackStandIn, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    answer = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app.app_token)
    return await session.ws_connect(str(answer["url"]))


async def test_ten_connections_are_the_most(slack: SlackStandIn) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(slack, session) for _ in range(11)]
        greetings = await asyncio.gather(*(socket.receive_json() for socket in sockets))
        for socket in sockets:
            await socket.close()

    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[9]["num_connections"] == 10
    assert greetings[10]["reason"] == "too_many_websockets"


async def test_an_address_works_once(slack: SlackStandIn) -> None:
    answer = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app.app_token)

    async with aiohttp.ClientSession() as session:
        await (await session.ws_connect(str(answer["url"]))).close()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(str(answer["url"]))

    assert refused.value.status == 404


async def test_what_is_no_ack_is_passed_over(slack: SlackStandIn) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(slack, session)
        await socket.receive_json()
        waiting = asyncio.create_task(slack.as_user(OWNER).command("/meetdown"))
        envelope = await socket.receive_json()
        await socket.send_str("not json")
        await socket.send_str("[]")
        await socket.send_json({"envelope_id": "another"})
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        reply = await waiting
        await socket.close()

    assert reply.ok
