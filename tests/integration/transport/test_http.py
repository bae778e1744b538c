"""The whole way in over HTTP: guard, endpoint, dispatcher and a real Bolt app in front of a scripted Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

from bot.slack.installations import BotInstallation
from bot.slack.problems import SlackCode, SlackProblem
from bot.slack.web_api import make_client, make_session
from bot.transport.body import FORM, JSON
from bot.transport.bolt import NOT_INSTALLED, make_bolt_app
from bot.transport.dispatch import Dispatcher
from bot.transport.guard import Guard
from bot.transport.http import SLACK_PATH, SlackEndpoint, make_http_app
from bot.transport.metrics import Metrics
from bot.transport.ports import Check
from bot.transport.seen import RecentAnswers
from domain.clock import SystemClock
from tests.support.scripted_slack import ScriptedSlack, scripted_slack
from tests.support.signed import SIGNING_SECRET, command_form, event_json, interaction_form, signed_headers

HERE = BotInstallation(team_id="T1", bot_token="xoxb-one", bot_user_id="UBOT", bot_id="BBOT")


@dataclass
class Shelf:
    """`Installations` of a test."""

    installations: dict[str, BotInstallation] = field(default_factory=lambda: {"T1": HERE})
    problem: Exception | None = None

    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        if self.problem is not None:
            raise self.problem
        return self.installations.get(team_id or "") or self.installations.get(enterprise_id or "")


@dataclass
class House:
    app: AsyncApp
    web: Starlette
    client: httpx.AsyncClient
    slack: ScriptedSlack
    shelf: Shelf
    metrics: Metrics
    checks: dict[str, Check]

    async def post(self, raw: bytes, content_type: str = FORM, **more: str) -> httpx.Response:
        headers = signed_headers(raw, now=datetime.now(UTC), content_type=content_type) | more
        return await self.client.post(SLACK_PATH, content=raw, headers=headers)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with scripted_slack() as slack, make_session() as session:
        shelf, metrics, checks = Shelf(), Metrics(), dict[str, Check]()
        app = make_bolt_app(
            installations=shelf,
            client=make_client(session, slack.api_url),
            logger=logging.getLogger("tests.bolt"),
        )
        endpoint = SlackEndpoint(Dispatcher(app, seen=RecentAnswers(), metrics=metrics))
        guard = Guard(endpoint, signing_secret=SIGNING_SECRET, clock=SystemClock(), refused=metrics.refused)
        web = make_http_app(slack=guard, checks=checks, metrics=metrics)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://bot.acme.example") as client:
            yield House(app, web, client, slack, shelf, metrics, checks)


def record(house: House, answer: str = "") -> list[dict[str, Any]]:
    """A /meetdown listener that keeps the commands it gets."""
    commands: list[dict[str, Any]] = []

    async def on_command(ack: Callable[..., Awaitable[None]], command: dict[str, Any]) -> None:
        commands.append(command)
        await ack(answer)

    house.app.command("/meetdown")(on_command)
    return commands


@pytest.mark.parametrize(
    ("text", "team_domain"), [("payload review", "acme"), ("", "payloadco"), ("payload=x", "payload")]
)
async def test_the_word_payload_in_a_command_reaches_the_listener(house: House, text: str, team_domain: str) -> None:
    commands = record(house, "heard")

    answer = await house.post(command_form(text, team_domain=team_domain))

    assert (answer.status_code, answer.text) == (200, "heard")
    assert [(command["text"], command["team_domain"]) for command in commands] == [(text, team_domain)]


async def test_a_command_costs_no_call_to_slack(house: House) -> None:
    record(house)

    for number in range(3):
        await house.post(command_form(trigger_id=f"{number}.1"))

    assert house.slack.methods() == []


async def test_an_answer_with_blocks_goes_out_as_json(house: House) -> None:
    async def on_command(ack: Callable[..., Awaitable[None]]) -> None:
        await ack(text="hello", blocks=[{"type": "divider"}])

    house.app.command("/meetdown")(on_command)

    answer = await house.post(command_form())

    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == {"text": "hello", "blocks": [{"type": "divider"}]}


async def test_listeners_get_a_client_with_the_token_of_their_own_workspace(house: House) -> None:
    house.shelf.installations["T2"] = BotInstallation(team_id="T2", bot_token="xoxb-two", bot_user_id="U2", bot_id="B2")
    tokens = []

    async def on_command(ack: Callable[..., Awaitable[None]], client: Any, context: Any) -> None:
        tokens.append((client.token, context.bot_user_id, client.retry_handlers))
        await ack()

    house.app.command("/meetdown")(on_command)

    await house.post(command_form(team_id="T1"))
    await house.post(command_form(team_id="T2"))

    assert tokens == [("xoxb-one", "UBOT", []), ("xoxb-two", "U2", [])]


async def test_a_workspace_without_installation_is_told_so(house: House) -> None:
    commands = record(house)

    raw = command_form(team_id="T9").replace(b"response_url", b"no_url")
    answer = await house.post(raw)

    assert (answer.status_code, answer.text, commands) == (200, NOT_INSTALLED, [])


@pytest.mark.parametrize("code", [SlackCode.RATE_LIMITED, SlackCode.UNREACHABLE])
async def test_a_429_while_authorizing_never_tells_anybody_to_reinstall(house: House, code: SlackCode) -> None:
    record(house)
    house.shelf.problem = SlackProblem(code, method="auth.test", retry_after=30)

    answer = await house.post(command_form())

    assert (answer.status_code, answer.text) == (500, "")


async def test_a_revoked_token_is_as_good_as_not_installed(house: House) -> None:
    house.shelf.problem = SlackProblem(SlackCode.TOKEN_REVOKED, method="auth.test")

    answer = await house.post(command_form().replace(b"response_url", b"no_url"))

    assert (answer.status_code, answer.text) == (200, NOT_INSTALLED)


async def test_variables_in_the_environment_change_nothing_in_bolt(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN"):
        monkeypatch.setenv(name, "xoxb-from-the-environment")
    app = make_bolt_app(installations=house.shelf, client=house.app.client)
    tokens = []

    async def on_command(ack: Callable[..., Awaitable[None]], client: Any) -> None:
        tokens.append(client.token)
        await ack("heard")

    app.command("/meetdown")(on_command)
    dispatcher = Dispatcher(app, seen=RecentAnswers(), metrics=house.metrics)

    answer = await dispatcher.dispatch({"command": "/meetdown", "team_id": "T1", "user_id": "U1"}, {})

    assert (answer.status, answer.body, tokens, house.slack.methods()) == (200, "heard", ["xoxb-one"], [])


async def test_url_verification_is_answered_with_its_challenge(house: House) -> None:
    answer = await house.post(b'{"type": "url_verification", "challenge": "abc", "token": "made-up"}', JSON)

    assert (answer.status_code, answer.json()) == (200, {"challenge": "abc"})


async def test_an_ssl_check_is_answered_with_200(house: House) -> None:
    answer = await house.client.post(SLACK_PATH, content=b"ssl_check=1&token=x", headers={"content-type": FORM})

    assert (answer.status_code, answer.text) == (200, "")


async def test_a_retried_event_runs_once_where_the_first_try_was_done(house: House) -> None:
    texts: list[str] = []

    async def on_message(event: dict[str, Any]) -> None:
        texts.append(event["text"])

    house.app.event("message")(on_message)
    event = {"type": "message", "channel_type": "im", "user": "U1", "channel": "D1", "text": "hello", "ts": "1.1"}

    statuses = [
        (await house.post(event_json(event), JSON)).status_code,
        (await house.post(event_json(event), JSON, **{"x-slack-retry-num": "1"})).status_code,
        (await house.post(event_json(event, event_id="Ev2"), JSON)).status_code,
    ]

    assert (statuses, texts) == ([200, 200, 200], ["hello", "hello"])


async def test_a_retried_event_runs_again_where_the_first_try_died(house: House) -> None:
    tries: list[str] = []

    async def on_message(event: dict[str, Any]) -> None:
        tries.append(event["text"])
        if len(tries) == 1:
            raise RuntimeError("the first try dies")

    house.app.event("message")(on_message)
    raw = event_json({"type": "message", "user": "U1", "channel": "D1", "text": "hello", "ts": "1.1"})

    statuses = [(await house.post(raw, JSON)).status_code for _ in range(3)]

    assert (statuses, tries) == ([500, 200, 200], ["hello", "hello"])


async def test_a_retry_that_comes_while_the_first_try_runs_waits_for_it(house: House) -> None:
    running, go = asyncio.Event(), asyncio.Event()
    runs: list[str] = []

    async def on_view(ack: Callable[..., Awaitable[None]]) -> None:
        runs.append("run")
        running.set()
        await go.wait()
        await ack(response_action="errors", errors={"phone": "Not a number"})

    house.app.view("call")(on_view)
    payload = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "5.5",
        "view": {"id": "V1", "callback_id": "call", "type": "modal"},
    }
    first = asyncio.create_task(house.post(interaction_form(payload)))
    await running.wait()
    second = asyncio.create_task(house.post(interaction_form(payload)))
    await asyncio.sleep(0.01)
    go.set()

    answers = [(await first).json(), (await second).json()]

    assert runs == ["run"]
    assert answers == [{"response_action": "errors", "errors": {"phone": "Not a number"}}] * 2


async def test_an_event_that_nobody_listens_for_is_taken_and_not_sent_again(house: House) -> None:
    answer = await house.post(event_json({"type": "message", "subtype": "message_changed", "channel": "D1"}), JSON)

    assert (answer.status_code, answer.text) == (200, "")


async def test_an_action_that_nobody_listens_for_is_a_404(house: House) -> None:
    payload = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [{"action_id": "gone"}]}

    answer = await house.post(interaction_form(payload))

    assert answer.status_code == 404


async def test_events_of_the_bot_itself_do_not_reach_the_listeners(house: House) -> None:
    texts: list[str] = []

    async def on_message(event: dict[str, Any]) -> None:
        texts.append(event["text"])

    house.app.event("message")(on_message)

    own = {"type": "message", "bot_id": "BBOT", "user": "UBOT", "channel": "D1", "text": "mine", "ts": "1.1"}
    answer = await house.post(event_json(own), JSON)

    assert (answer.status_code, texts) == (200, [])


@pytest.mark.parametrize(
    "raw",
    [
        b'{"type": "event_callback", "event": {"type": "message"}, "team": 5}',
        b'{"type": "event_callback", "authorizations": [7]}',
        b'{"type": "event_callback", "authorizations": {"a": 1}}',
        b'{"type": "block_actions", "user": 3}',
    ],
)
async def test_a_payload_of_a_shape_that_bolt_cannot_take_is_a_400(house: House, raw: bytes) -> None:
    answer = await house.post(raw, JSON)

    assert (answer.status_code, answer.text) == (400, "not a payload of Slack's")


async def test_an_exception_in_a_listener_never_shows_in_the_answer(house: House) -> None:
    async def on_command(ack: Callable[..., Awaitable[None]]) -> None:
        raise RuntimeError("hush")

    house.app.command("/meetdown")(on_command)

    answer = await house.post(command_form())

    assert (answer.status_code, "hush" in answer.text, "Traceback" in answer.text) == (500, False, False)


async def test_of_all_headers_only_those_of_a_retry_reach_bolt(house: House) -> None:
    requests: list[Any] = []

    async def on_message(request: Any) -> None:
        requests.append((request.headers, request.lazy_only))

    house.app.event("message")(on_message)
    raw = event_json({"type": "message", "user": "U1", "channel": "D1", "text": "hello", "ts": "1.1"})

    # The first of these would start the lazy part of a listener by itself.
    more = {"x-slack-bolt-lazy-only": "1", "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    await house.post(raw, JSON, **more)

    assert requests == [({"x-slack-retry-num": ["1"], "x-slack-retry-reason": ["http_timeout"]}, False)]


async def test_bound_methods_work_as_listeners(house: House) -> None:
    class Feature:
        async def on_command(self, ack: Callable[..., Awaitable[None]], command: dict[str, Any]) -> None:
            await ack(command["text"])

    house.app.command("/meetdown")(Feature().on_command)

    assert (await house.post(command_form("hi"))).text == "hi"


async def test_health_is_ok_and_readiness_names_what_is_not(house: House) -> None:
    async def fine() -> None:
        return

    async def broken() -> None:
        raise ConnectionError("postgresql://u:hush@db")

    house.checks["database"] = fine
    ready = await house.client.get("/readyz")
    house.checks["jobs"] = broken
    not_ready = await house.client.get("/readyz")

    assert (await house.client.get("/healthz")).text == "ok"
    assert (ready.status_code, ready.json()) == (200, {"database": "ok"})
    assert (not_ready.status_code, not_ready.json()) == (503, {"database": "ok", "jobs": "not ready"})


async def test_metrics_count_requests_refusals_and_repetitions(house: House) -> None:
    record(house)
    await house.post(command_form())
    await house.post(command_form())
    await house.client.post(SLACK_PATH, content=b"x=1", headers={"content-type": FORM})
    house.metrics.slack_call("chat.postMessage", "ok", 0.1)
    house.metrics.job("remind", "done", 0.2)

    page = (await house.client.get("/metrics")).text

    for line in (
        'meetdown_requests_total{kind="command",status="200"} 2.0',
        'meetdown_refused_total{reason="not signed"} 1.0',
        'meetdown_repeated_total{kind="command"} 1.0',
        'meetdown_ack_seconds_count{kind="command"} 2.0',
        'meetdown_slack_call_seconds_count{method="chat.postMessage",outcome="ok"} 1.0',
        'meetdown_job_seconds_count{job="remind",outcome="done"} 1.0',
    ):
        assert line in page


async def test_an_error_anywhere_is_a_500_with_an_incident_and_no_traceback(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.app, "async_dispatch", explode)

    answer = await house.post(command_form())

    assert answer.status_code == 500
    assert answer.text.startswith("Something went wrong here. Incident ")
    assert "hush" not in answer.text


async def explode(_: object) -> Any:
    raise RuntimeError("hush")


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/slack/events/", 404), ("/slack/install", 404)])
async def test_unknown_paths_are_a_plain_404(house: House, path: str, status: int) -> None:
    answer = await house.client.get(path)

    assert (answer.status_code, answer.text) == (status, "Not Found")


async def test_without_a_slack_endpoint_nothing_is_taken_over_http(house: House) -> None:
    web = make_http_app(slack=None, checks={}, metrics=Metrics())

    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://bot.acme.example") as client:
        answers = [await client.post(SLACK_PATH, content=b"x=1"), await client.get("/healthz")]

    assert [answer.status_code for answer in answers] == [404, 200]


@pytest.mark.parametrize("event_type", ["app_uninstalled", "tokens_revoked"])
async def test_the_end_of_an_installation_is_heard_though_there_is_none_any_more(house: House, event_type: str) -> None:
    heard: list[str] = []

    async def on_end(event: dict[str, Any], context: Any) -> None:
        heard.append(f"{event['type']} {context.team_id}")

    house.app.event(event_type)(on_end)

    answer = await house.post(event_json({"type": event_type, "tokens": {"bot": ["UBOT"]}}, team_id="T9"), JSON)

    assert (answer.status_code, heard) == (200, [f"{event_type} T9"])
