"""What comes from outside and is not Slack, to the whole bot behind a real HTTP server: a status, never a 500."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio

from playground import SlackStandIn
from tests.support.bot import RunningBot, running_bot
from tests.support.signed import command_form, interaction_form, signed_headers
from tests.support.slack import OWNER, with_people

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(time_scale=0.0005) as stand_in:
        with_people(stand_in)
        yield stand_in


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(slack: SlackStandIn, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """One bot for all tests of this file: nothing here leaves a trace in it."""
    async with running_bot(slack, tmp_path_factory.mktemp("data")) as running:
        yield running


async def post(bot: RunningBot, slack: SlackStandIn, raw: bytes, content_type: str = FORM) -> httpx.Response:
    headers = signed_headers(raw, now=datetime.now(UTC), content_type=content_type, secret=slack.app.signing_secret)
    async with httpx.AsyncClient(base_url=bot.url) as client:
        return await client.post("/slack/events", content=raw, headers=headers)


@pytest.mark.parametrize(
    ("raw", "content_type", "status"),
    [
        (b"", JSON, 400),
        (b"", FORM, 400),
        (b"{", JSON, 400),
        (b"\xff\xfe", FORM, 400),
        (b"payload=%FF", FORM, 400),
        (b"payload=[]", FORM, 400),
        (b"x" * 1_000_001, FORM, 413),
        (b'{"type": "event_callback", "team": 5}', JSON, 400),
    ],
)
async def test_a_signed_request_that_makes_no_sense_is_refused(
    bot: RunningBot, slack: SlackStandIn, raw: bytes, content_type: str, status: int
) -> None:
    answer = await post(bot, slack, raw, content_type)

    assert answer.status_code == status
    assert slack.calls_of("chat.postMessage") == []


async def test_an_unsigned_request_is_refused(bot: RunningBot) -> None:
    async with httpx.AsyncClient(base_url=bot.url) as client:
        answer = await client.post("/slack/events", content=command_form(), headers={"content-type": FORM})

    assert answer.status_code == 401


async def test_a_body_without_end_is_cut_off(bot: RunningBot) -> None:
    """The connection ends after little more than the limit; the answer itself may get lost with it."""
    address = urlsplit(bot.url)
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n")
    writer.write(b"transfer-encoding: chunked\r\n\r\n")
    chunk = b"%x\r\n%s\r\n" % (100_000, b"x" * 100_000)
    sent = 0
    with suppress(ConnectionError):
        async with asyncio.timeout(5):
            while sent < 50_000_000:
                writer.write(chunk)
                await writer.drain()
                sent += 100_000
    writer.close()

    assert 1_000_000 <= sent < 20_000_000


@pytest.mark.parametrize(
    "words", ["payload review", "payload", "payload=x&y", "<!channel>", "🌷", "مساء", "x" * 10_000]
)
async def test_whatever_is_typed_after_the_command_gets_an_answer(
    bot: RunningBot, slack: SlackStandIn, words: str
) -> None:
    reply = await slack.as_user(OWNER).command("/meetdown", words)

    assert reply.ok
    assert reply.shown is not None
    assert [str(found) for found in slack.violations] == []


async def test_a_click_on_a_button_that_no_release_knows_is_no_server_error(
    bot: RunningBot, slack: SlackStandIn
) -> None:
    payload = {
        "type": "block_actions",
        "team": {"id": "T0ACME", "domain": "acme"},
        "user": {"id": OWNER, "team_id": "T0ACME"},
        "trigger_id": "1.1",
        "actions": [{"type": "button", "action_id": "long_gone", "block_id": "b", "value": "x", "action_ts": "1.1"}],
    }

    answer = await post(bot, slack, interaction_form(payload))

    assert answer.status_code in (200, 404)


async def test_a_command_of_another_workspace_is_told_that_the_bot_is_not_there(
    bot: RunningBot, slack: SlackStandIn
) -> None:
    answer = await post(bot, slack, command_form(team_id="T9").replace(b"response_url", b"no_url"))

    assert (answer.status_code, "not installed" in answer.text) == (200, True)


async def test_health_readiness_and_numbers_are_served(bot: RunningBot) -> None:
    async with httpx.AsyncClient(base_url=bot.url) as client:
        statuses = [
            (await client.get(path)).status_code for path in ("/healthz", "/readyz", "/metrics", "/slack/install")
        ]

    assert statuses == [200, 200, 200, 404]
