"""Fetching from a real server on this machine, which answers as well and as badly as servers do."""

import asyncio
import gzip
import logging
import socket
import zlib

import pytest
from aiohttp import web

from bot.calendars.fetch import USER_AGENT, Fetcher
from bot.calendars.protocol import FetchResult
from domain.errors import Invalid, InvalidCode
from tests.support.feeds import FeedServer, Names, answering, code_of, event, feed, problem_of

CALENDAR = feed(event("DTSTART:20261124T100000Z"))
MEGABYTE = 1024 * 1024


async def test_a_calendar_is_fetched_with_its_validators() -> None:
    async with FeedServer(x=answering(CALENDAR, ETag='"1"', Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")) as server:
        result = await Fetcher(allow_private=True).fetch(server.url("x"))

    assert result == FetchResult(body=CALENDAR, etag='"1"', last_modified="Mon, 23 Nov 2026 09:00:00 GMT")
    assert server.requests[0].headers["User-Agent"] == USER_AGENT
    assert "If-None-Match" not in server.requests[0].headers


async def test_what_did_not_change_is_not_sent_again() -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        known = request.headers["If-None-Match"], request.headers["If-Modified-Since"]
        return web.Response(status=304 if known == ('"1"', "yesterday") else 500)

    async with FeedServer(x=handle) as server:
        result = await Fetcher(allow_private=True).fetch(server.url("x"), etag='"1"', last_modified="yesterday")

    assert result == FetchResult(body=None)
    assert result.not_modified


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 429, 500, 503])
async def test_any_other_status_is_told(status: int) -> None:
    async with FeedServer(x=answering(b"", status=status)) as server:
        problem = await problem_of(Fetcher(allow_private=True), server.url("x"))

    assert problem.invalid == Invalid(InvalidCode.FEED_STATUS, status=status)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>Sign in</title>",
        b'{"error": "nope"}',
        b"BEGIN:VCARD\r\nEND:VCARD",
        b"BEGIN:VCAL",
        gzip.compress(CALENDAR),
    ],
)
async def test_what_is_no_calendar_is_told(body: bytes) -> None:
    async with FeedServer(x=answering(body, Content_Type="text/calendar")) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is InvalidCode.FEED_NOT_A_CALENDAR


async def test_a_packed_calendar_is_unpacked() -> None:
    large = feed(*(event("DTSTART:20261124T100000Z", uid=str(number)) for number in range(5_000)))
    packed = answering(gzip.compress(large), Content_Encoding="gzip")

    async with FeedServer(x=packed) as server:
        result = await Fetcher(allow_private=True).fetch(server.url("x"))

    assert result.body == large


@pytest.mark.parametrize(
    ("encoding", "body", "code"),
    [
        ("br", b"\x0b\x02\x80abc", InvalidCode.FEED_NOT_A_CALENDAR),
        ("gzip", b"not packed at all", InvalidCode.FEED_UNREACHABLE),
        ("gzip", gzip.compress(CALENDAR)[:-9], InvalidCode.FEED_UNREACHABLE),
    ],
)
async def test_a_packing_that_cannot_be_undone_is_told(encoding: str, body: bytes, code: InvalidCode) -> None:
    async with FeedServer(x=answering(body, Content_Encoding=encoding)) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is code


async def test_a_small_body_that_unpacks_to_100_megabytes_is_given_up_at_the_limit() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b"BEGIN:VCALENDAR\r\n") + b"".join(packer.compress(b" " * MEGABYTE) for _ in range(100))
    bomb += packer.flush()

    async with FeedServer(x=answering(bomb, Content_Encoding="gzip")) as server:
        code = await code_of(Fetcher(allow_private=True), server.url("x"))

    assert len(bomb) < MEGABYTE
    assert code is InvalidCode.FEED_TOO_LARGE


async def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(200 * MEGABYTE)})
        await response.prepare(request)
        await asyncio.sleep(60)
        return response

    async with FeedServer(x=handle) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is InvalidCode.FEED_TOO_LARGE


async def test_a_body_of_200_megabytes_is_given_up_at_the_limit() -> None:
    sent = 0

    async def handle(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"BEGIN:VCALENDAR\r\n")
        for _ in range(200):
            await response.write(b"X" * MEGABYTE)
            sent += 1
        return response

    async with FeedServer(x=handle) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is InvalidCode.FEED_TOO_LARGE
    assert sent < 30


async def test_a_server_that_drips_is_given_up() -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for letter in CALENDAR.decode():
            await response.write(letter.encode())
            await asyncio.sleep(0.02)
        return response

    async with FeedServer(x=handle) as server:
        fetcher = Fetcher(allow_private=True, max_seconds=0.2)
        assert await code_of(fetcher, server.url("x")) is InvalidCode.FEED_TOO_SLOW


async def test_a_server_that_never_answers_is_given_up() -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    async with FeedServer(x=handle) as server:
        fetcher = Fetcher(allow_private=True, max_seconds=0.2)
        assert await code_of(fetcher, server.url("x")) is InvalidCode.FEED_TOO_SLOW


async def test_an_answer_that_breaks_off_is_told() -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "5000"})
        await response.prepare(request)
        await response.write(CALENDAR)
        assert request.transport is not None
        request.transport.close()
        return response

    async with FeedServer(x=handle) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is InvalidCode.FEED_UNREACHABLE


async def test_nobody_there_and_no_such_name_are_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/x"
        assert await code_of(Fetcher(allow_private=True), nobody) is InvalidCode.FEED_UNREACHABLE

    fetcher = Fetcher(names=Names(()))
    assert await code_of(fetcher, "https://nowhere.example/x") is InvalidCode.FEED_UNREACHABLE


async def test_the_secret_address_is_in_no_error_and_no_log_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with FeedServer(x=answering(b"", status=404)) as server:
        problem = await problem_of(Fetcher(allow_private=True), server.url("x") + "?key=top-secret")
        others = [
            await problem_of(Fetcher(), f"http://127.0.0.1:{server.port}/top-secret"),
            await problem_of(Fetcher(allow_private=True), "http://127.0.0.1:1/top-secret"),
            await problem_of(Fetcher(), "ftp://top-secret"),
        ]

    written = [record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert not [text for text in (*written, *map(str, (problem, *others))) if "top-secret" in text]
