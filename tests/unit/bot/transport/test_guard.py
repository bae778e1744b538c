"""The guard: what gets past it, what does not, and that nothing of a body reaches the log."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import structlog
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from bot.transport.body import FORM, JSON
from bot.transport.guard import LARGEST, STATE_KEY, Guard
from tests.support.signed import SIGNING_SECRET, command_form, event_json, interaction_form, signed_headers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class StoppedClock:
    def now(self) -> datetime:
        return NOW


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Behind the guard: answers with the payload it was handed."""
    await JSONResponse(scope["state"][STATE_KEY])(scope, receive, send)


@pytest.fixture
def refusals() -> list[str]:
    return []


@pytest.fixture
async def client(refusals: list[str]) -> AsyncIterator[httpx.AsyncClient]:
    guard = Guard(echo, signing_secret=SIGNING_SECRET, clock=StoppedClock(), refused=refusals.append, read_seconds=0.05)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://bot.acme.example") as client:
        yield client


def headers_of(raw: bytes, content_type: str = FORM) -> dict[str, str]:
    return signed_headers(raw, now=NOW, content_type=content_type)


@pytest.mark.parametrize(
    ("raw", "content_type", "field", "value"),
    [
        (command_form("payload review"), FORM, "text", "payload review"),
        (command_form("payload=1&x"), FORM, "text", "payload=1&x"),
        (command_form("", team_domain="payloadco"), FORM, "team_domain", "payloadco"),
        (command_form(""), FORM, "text", ""),
        (command_form("مساء 🌷 <!channel>"), FORM, "text", "مساء 🌷 <!channel>"),
        (command_form("x" * 10_000), FORM, "text", "x" * 10_000),
        (interaction_form({"type": "block_actions"}), FORM, "type", "block_actions"),
        (event_json({"type": "message", "text": "payload"}), JSON, "event", {"type": "message", "text": "payload"}),
    ],
)
async def test_a_signed_request_reaches_bolt_taken_apart(
    client: httpx.AsyncClient, raw: bytes, content_type: str, field: str, value: object
) -> None:
    answer = await client.post("/", content=raw, headers=headers_of(raw, content_type))

    assert (answer.status_code, answer.json()[field]) == (200, value)


async def test_a_charset_beside_the_content_type_is_fine(client: httpx.AsyncClient) -> None:
    raw = command_form()

    answer = await client.post(
        "/", content=raw, headers=headers_of(raw, "application/x-www-form-urlencoded; charset=utf-8")
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"x-slack-signature": None}, 401, "not signed"),
        ({"x-slack-request-timestamp": None}, 401, "not signed"),
        ({"x-slack-signature": "v0=" + "0" * 64}, 401, "bad signature"),
        ({"x-slack-signature": "v0=é".encode("latin-1")}, 401, "bad signature"),
        ({"x-slack-signature": ""}, 401, "bad signature"),
        ({"x-slack-request-timestamp": "soon"}, 400, "bad timestamp"),
        ({"x-slack-request-timestamp": "1e9"}, 400, "bad timestamp"),
        ({"x-slack-request-timestamp": "-1"}, 400, "bad timestamp"),
        ({"x-slack-request-timestamp": "9" * 5000}, 400, "bad timestamp"),
        ({"content-type": "text/html"}, 415, "unknown content type"),
        ({"content-type": None}, 415, "unknown content type"),
        ({"content-encoding": "gzip"}, 415, "encoded content"),
    ],
)
async def test_a_request_with_a_wrong_header_is_refused_before_anything_is_parsed(
    client: httpx.AsyncClient,
    refusals: list[str],
    change: dict[str, str | bytes | None],
    status: int,
    reason: str,
) -> None:
    raw = command_form("secret text")
    headers: dict[str, Any] = {**headers_of(raw), **change}

    answer = await client.post(
        "/", content=raw, headers={name: value for name, value in headers.items() if value is not None}
    )

    assert (answer.status_code, answer.text, refusals) == (status, reason, [reason])


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(minutes=5), 200),
        (timedelta(minutes=-5), 200),
        (timedelta(minutes=5, seconds=1), 401),
        (timedelta(minutes=-5, seconds=-1), 401),
        (timedelta(days=2000), 401),
    ],
)
async def test_a_request_counts_for_five_minutes(client: httpx.AsyncClient, age: timedelta, status: int) -> None:
    raw = command_form()

    answer = await client.post("/", content=raw, headers=signed_headers(raw, now=NOW - age, content_type=FORM))

    assert answer.status_code == status


async def test_a_signature_of_another_secret_or_another_body_is_refused(client: httpx.AsyncClient) -> None:
    raw = command_form("one")
    elsewhere = signed_headers(raw, now=NOW, content_type=FORM, secret="another-secret")

    with_other_secret = await client.post("/", content=raw, headers=elsewhere)
    with_other_body = await client.post("/", content=command_form("two"), headers=headers_of(raw))

    assert (with_other_secret.status_code, with_other_body.status_code) == (401, 401)


async def test_without_a_signing_secret_nobody_is_let_in() -> None:
    guard = Guard(echo, signing_secret="", clock=StoppedClock())
    raw = command_form()
    forged = signed_headers(raw, now=NOW, content_type=FORM, secret="")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://bot.acme.example") as client:
        answer = await client.post("/", content=raw, headers=forged)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("raw", "content_type", "reason"),
    [
        (b"{", JSON, "not JSON"),
        (b"", JSON, "empty"),
        (b"", FORM, "empty"),
        (b"[1]", JSON, "not a JSON object"),
        (b'"text"', JSON, "not a JSON object"),
        (b"[" * 200_000, JSON, "not JSON"),
        (b'{"a": "\xff"}', JSON, "not UTF-8"),
        (b"text=\xff\xfe", FORM, "not UTF-8"),
        (b"text=%FF%FE", FORM, "not a form"),
        (b"payload=%7B", FORM, "not JSON"),
        (b"payload=%5B%5D", FORM, "not a JSON object"),
        (b"payload=", FORM, "not JSON"),
        (b"no form at all", FORM, "not a form"),
        (b"&".join(b"a%d=1" % n for n in range(300)), FORM, "not a form"),
    ],
)
async def test_a_signed_but_malformed_body_is_a_400(
    client: httpx.AsyncClient, raw: bytes, content_type: str, reason: str
) -> None:
    answer = await client.post("/", content=raw, headers=headers_of(raw, content_type))

    assert (answer.status_code, answer.text) == (400, reason)


async def test_an_unsigned_malformed_body_is_a_401(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", content=b"{", headers={"content-type": JSON})

    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_other_methods_are_a_405(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_a_body_of_exactly_the_limit_passes_and_one_byte_more_is_a_413(client: httpx.AsyncClient) -> None:
    fits = b"text=" + b"x" * (LARGEST - 5)
    too_large = fits + b"x"

    passed = await client.post("/", content=fits, headers=headers_of(fits))
    refused = await client.post("/", content=too_large, headers=headers_of(too_large))

    assert (passed.status_code, refused.status_code) == (200, 413)


async def test_a_body_announced_as_too_large_is_refused_unread() -> None:
    read: list[str] = []
    sent: list[dict[str, Any]] = []
    guard = Guard(echo, signing_secret=SIGNING_SECRET, clock=StoppedClock())
    scope = asgi_scope({"content-length": "50000000", "content-type": FORM})

    async def receive() -> dict[str, Any]:
        read.append("chunk")
        return {"type": "http.request", "body": b"", "more_body": False}

    await guard(scope, receive, collect(sent))

    assert (sent[0]["status"], read) == (413, [])


async def test_a_chunked_body_is_given_up_as_soon_as_it_is_too_large() -> None:
    read: list[str] = []
    sent: list[dict[str, Any]] = []
    guard = Guard(echo, signing_secret=SIGNING_SECRET, clock=StoppedClock())

    async def receive() -> dict[str, Any]:
        read.append("chunk")
        return {"type": "http.request", "body": b"x" * 300_000, "more_body": True}

    await guard(asgi_scope({"content-type": FORM}), receive, collect(sent))

    assert (sent[0]["status"], len(read)) == (413, 4)


@pytest.mark.parametrize("length", ["-1", "ten", "１"])
async def test_a_content_length_that_is_no_number_is_a_400(length: str) -> None:
    sent: list[dict[str, Any]] = []
    guard = Guard(echo, signing_secret=SIGNING_SECRET, clock=StoppedClock())

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    await guard(asgi_scope({"content-type": FORM, "content-length": length}), receive, collect(sent))

    assert sent[0]["status"] == 400


async def test_a_body_that_never_ends_is_a_408_and_a_client_that_hangs_up_gets_nothing() -> None:
    sent: list[dict[str, Any]] = []
    guard = Guard(echo, signing_secret=SIGNING_SECRET, clock=StoppedClock(), read_seconds=0.02)

    async def stall() -> dict[str, Any]:
        await asyncio.sleep(5)
        return {}

    async def hang_up() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    await guard(asgi_scope({"content-type": FORM}), stall, collect(sent))
    statuses = [message["status"] for message in sent if "status" in message]
    await guard(asgi_scope({"content-type": FORM}), hang_up, collect(sent))

    assert (statuses, len(sent)) == ([408], 2)


async def test_an_ssl_check_gets_an_empty_200_without_a_signature(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", content=b"ssl_check=1&token=made-up", headers={"content-type": FORM})

    assert (answer.status_code, answer.text) == (200, "")


async def test_a_command_cannot_pass_as_an_ssl_check(client: httpx.AsyncClient) -> None:
    raw = command_form() + b"&ssl_check=1"

    answer = await client.post("/", content=raw, headers={"content-type": FORM})

    assert answer.status_code == 401


async def test_no_refusal_writes_anything_of_the_body_into_the_log(client: httpx.AsyncClient) -> None:
    bodies = [b"text=hush", b'{"text": "hush', b"hush\xff", b"hush" * 300_000]

    with structlog.testing.capture_logs() as lines:
        for raw in bodies:
            for content_type in (FORM, JSON):
                await client.post(
                    "/", content=raw, headers=headers_of(raw, content_type) | {"x-slack-signature": "v0="}
                )
                await client.post("/", content=raw, headers=headers_of(raw, content_type))

    assert len(lines) >= len(bodies) * 3
    assert "hush" not in json.dumps(lines)


def asgi_scope(headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }


def collect(sent: list[dict[str, Any]]) -> Any:
    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    return send
