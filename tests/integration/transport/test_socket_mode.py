"""Socket Mode over a real websocket to the stand-in Slack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from structlog.testing import capture_logs

from bot.slack.gateway import identify
from bot.slack.installations import SingleInstallation
from bot.slack.pace import Pace
from bot.slack.problems import SlackCode, SlackProblem
from bot.slack.web_api import WebApi, make_client, make_session
from bot.transport.bolt import make_bolt_app
from bot.transport.dispatch import Dispatcher
from bot.transport.metrics import Metrics
from bot.transport.seen import RecentAnswers
from bot.transport.socket_mode import NotConnected, SocketMode
from playground import SlackStandIn

Ack = Callable[..., Awaitable[None]]


@dataclass
class Bot:
    slack: SlackStandIn
    app: AsyncApp
    socket: SocketMode


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with SlackStandIn(ack_seconds=0.3, time_scale=0.0005) as slack, make_session() as session:
        slack.add_user("U0ANNA", name="anna")
        client = make_client(session, slack.api_url)
        web_api = WebApi(client, pace=Pace())
        app = make_bolt_app(installations=SingleInstallation(lambda: identify(web_api, slack.bot_token)), client=client)
        socket = SocketMode(
            app_token=slack.app.app_token,
            client=client,
            dispatcher=Dispatcher(app, seen=RecentAnswers(), metrics=Metrics()),
            ping_seconds=0.05,
            watch_seconds=0.05,
        )
        yield Bot(slack, app, socket)
        await socket.stop(seconds=0.1)


async def connected(bot: Bot) -> None:
    await bot.socket.start()
    await bot.slack.wait_for(lambda: bot.slack.sockets.connections)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("xapp-wrong", SlackCode.INVALID_AUTH),
        ("xoxb-not-an-app-token", SlackCode.NOT_ALLOWED_TOKEN_TYPE),
    ],
)
async def test_a_bad_app_token_is_one_clear_problem_at_the_start(bot: Bot, token: str, code: SlackCode) -> None:
    async with make_session() as session:
        socket = SocketMode(
            app_token=token,
            client=make_client(session, bot.slack.api_url),
            dispatcher=Dispatcher(bot.app, seen=RecentAnswers(), metrics=Metrics()),
        )

        with pytest.raises(SlackProblem) as caught:
            await socket.start()

    assert (caught.value.code, token in str(caught.value)) == (code, False)
    assert bot.slack.sockets.connected_ever is False


@pytest.mark.parametrize("fault", ["status", "drop", "fail"])
async def test_a_slack_that_cannot_be_asked_is_a_problem_and_not_a_loop(bot: Bot, fault: str) -> None:
    getattr(bot.slack.faults, fault)("apps.connections.open")

    with pytest.raises(SlackProblem):
        await bot.socket.start()

    assert bot.slack.sockets.connected_ever is False


async def test_a_command_is_answered_over_the_websocket(bot: Bot) -> None:
    async def on_command(ack: Ack, command: dict[str, Any]) -> None:
        await ack(f"heard {command['text']}")

    bot.app.command("/meetdown")(on_command)
    await connected(bot)

    reply = await bot.slack.as_user("U0ANNA").command("/meetdown", "payload review")

    assert reply.shown is not None
    assert reply.shown.text == "heard payload review"


async def test_an_answer_with_blocks_stays_json(bot: Bot) -> None:
    async def on_command(ack: Ack) -> None:
        await ack(text="hello", blocks=[{"type": "divider"}])

    bot.app.command("/meetdown")(on_command)
    await connected(bot)

    reply = await bot.slack.as_user("U0ANNA").command("/meetdown")

    assert reply.answer is not None
    assert reply.answer.body == {"text": "hello", "blocks": [{"type": "divider"}]}


async def test_what_fails_is_logged_without_its_text_and_not_acknowledged(bot: Bot) -> None:
    async def on_command(ack: Ack) -> None:
        raise RuntimeError("no")

    bot.app.command("/meetdown")(on_command)
    await connected(bot)

    with capture_logs() as lines:
        reply = await bot.slack.as_user("U0ANNA").command("/meetdown", "hush")

    assert reply.ok is False
    (line,) = [line for line in lines if line["event"] == "envelope not acknowledged"]
    assert (line["status"], line["log_level"]) == (500, "error")
    assert "hush" not in repr(lines)


async def test_an_event_whose_first_try_died_is_run_again_and_then_no_more(bot: Bot) -> None:
    tries: list[str | None] = []

    async def on_message(event: dict[str, Any], request: Any) -> None:
        tries.append(request.headers.get("x-slack-retry-num", [None])[0])
        if len(tries) == 1:
            raise RuntimeError("the first try dies")

    bot.app.event("message")(on_message)
    await connected(bot)

    await bot.slack.as_user("U0ANNA").send_dm("hello")
    await bot.slack.wait_for(lambda: len(bot.slack.courier.delivered) >= 2)
    await bot.slack.as_user("U0ANNA").replay(bot.slack.courier.delivered[0][0])

    assert tries == ["0", "1"]


async def test_readiness_follows_the_connection(bot: Bot) -> None:
    with pytest.raises(NotConnected):
        await bot.socket.check()

    await connected(bot)
    await bot.socket.check()
    await bot.socket.stop()

    with pytest.raises(NotConnected):
        await bot.socket.check()


async def test_stopping_finishes_what_runs_and_takes_nothing_new(bot: Bot) -> None:
    running, go = asyncio.Event(), asyncio.Event()
    texts: list[str] = []

    async def on_command(ack: Ack, command: dict[str, Any]) -> None:
        texts.append(command["text"])
        running.set()
        await go.wait()
        await ack("finished")

    bot.app.command("/meetdown")(on_command)
    await connected(bot)
    anna = bot.slack.as_user("U0ANNA")

    first = asyncio.create_task(anna.command("/meetdown", "first"))
    await running.wait()
    stopping = asyncio.create_task(bot.socket.stop(seconds=5))
    await asyncio.sleep(0.02)
    late = asyncio.create_task(anna.command("/meetdown", "late"))
    await asyncio.sleep(0.02)
    go.set()
    await stopping

    reply, late_reply = await first, await late
    assert reply.shown is not None
    assert (reply.shown.text, late_reply.ok, texts) == ("finished", False, ["first"])


async def test_a_listener_that_never_ends_does_not_keep_the_process_from_stopping(bot: Bot) -> None:
    running = asyncio.Event()

    async def on_command(ack: Ack) -> None:
        running.set()
        await asyncio.sleep(60)

    bot.app.command("/meetdown")(on_command)
    await connected(bot)
    asking = asyncio.create_task(bot.slack.as_user("U0ANNA").command("/meetdown"))
    await running.wait()

    async with asyncio.timeout(2):
        await bot.socket.stop(seconds=0.05)

    assert (await asking).ok is False


async def test_after_a_disconnect_the_bot_comes_back_on_a_new_connection(bot: Bot) -> None:
    async def on_command(ack: Ack) -> None:
        await ack("here again")

    bot.app.command("/meetdown")(on_command)
    await connected(bot)

    await bot.slack.sockets.disconnect("refresh_requested")
    await bot.slack.wait_for(lambda: bot.slack.sockets.connections)
    reply = await bot.slack.as_user("U0ANNA").command("/meetdown")

    assert reply.shown is not None
    assert reply.shown.text == "here again"


async def test_an_address_that_does_not_work_any_more_is_replaced(bot: Bot) -> None:
    tickets = bot.slack.store.socket_tickets
    opening = asyncio.create_task(bot.socket.start())
    await bot.slack.wait_for(lambda: tickets or bot.slack.sockets.connections)
    tickets.clear()

    await bot.slack.wait_for(lambda: bot.slack.sockets.connections)
    await opening

    await bot.socket.check()


async def test_a_command_that_comes_twice_at_once_runs_once_and_is_answered_twice(bot: Bot) -> None:
    texts: list[str] = []

    async def on_command(ack: Ack, command: dict[str, Any]) -> None:
        texts.append(command["text"])
        await asyncio.sleep(0.01)
        await ack("heard")

    bot.app.command("/meetdown")(on_command)
    await connected(bot)
    bot.slack.faults.deliver_twice = True

    await bot.slack.as_user("U0ANNA").command("/meetdown", "once")

    assert texts == ["once"]
    assert [answer.body for _, answer in bot.slack.courier.delivered] == [{"text": "heard"}] * 2


async def test_where_no_websocket_can_be_had_the_start_goes_on_and_readiness_says_so(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport.socket_mode._CONNECT_SECONDS", 0.05)
    bot.slack.store.socket_tickets = NoTickets()

    await bot.socket.start()

    with pytest.raises(NotConnected):
        await bot.socket.check()


class NoTickets(set[str]):
    """Takes every ticket and knows none."""

    def __contains__(self, ticket: object) -> bool:
        return False
