"""Fetching from a real server on this machine, which answers as well and as badly as servers do."""

import asyncio
import gzip
import logging
import socket
import zlib
from collections.abc import Sequence

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.calendars.fetch import USER_AGENT, Fetcher
from bot.calendars.protocol import FeedProblem, FetchResult
from domain.errors import Invalid, InvalidCode
from tests.support.feeds import FeedServer, Handler, event, feed

CALENDAR = feed(event("DTSTART:20261124T100000Z"))
MEGABYTE = 1024 * 1024


class Names(AbstractResolver):
    """Answers with the next of the given addresses each time it is asked; the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not answer:
            raise OSError("no such name")
        return [
            ResolveResult(hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=0)
            for each in answer
        ]

    async def close(self) -> None:
        """Nothing is held."""


def only_this_machine(address: str) -> bool:
    """Stands in for the public internet, so that 127.0.0.2 is a private address that a test can lead to."""
    return address == "127.0.0.1"


def answering(body: bytes, *, status: int = 200, **headers: str) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=body, status=status, headers=named)

    return handle


async def problem_of(fetcher: Fetcher, url: str) -> FeedProblem:
    with pytest.raises(FeedProblem) as caught:
        await fetcher.fetch(url)
    return caught.value


async def code_of(fetcher: Fetcher, url: str) -> InvalidCode:
    return (await problem_of(fetcher, url)).code


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


async def test_a_small_body_that_unpacks_to_a_gigabyte_is_given_up_at_the_limit() -> None:
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


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"),
        *("0.0.0.0", "[::]", "user@127.0.0.1", "calendar.example@127.0.0.1"),
    ],
)
async def test_this_machine_is_not_asked_whatever_it_is_called(host: str) -> None:
    async with FeedServer(x=answering(CALENDAR)) as server:
        code = await code_of(Fetcher(max_seconds=5), f"http://{host}:{server.port}/x")

    assert (code, server.requests) == (InvalidCode.FEED_REFUSED, [])


async def test_a_name_that_stands_for_a_private_address_is_refused() -> None:
    async with FeedServer(x=answering(CALENDAR)) as server:
        fetcher = Fetcher(names=Names(["93.184.216.34", "127.0.0.1"]))
        code = await code_of(fetcher, server.url("x", host="calendar.example"))

    assert (code, server.requests) == (InvalidCode.FEED_REFUSED, [])


async def test_the_address_that_was_checked_is_the_one_that_is_used() -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])

    async with FeedServer(x=answering(CALENDAR)) as server:
        result = await Fetcher(names=names, allowed=only_this_machine).fetch(server.url("x", host="calendar.example"))

    assert result.body == CALENDAR
    assert names.asked == ["calendar.example"]
    assert server.requests[0].host == f"calendar.example:{server.port}"


async def test_a_name_that_is_bound_anew_between_two_redirects_is_checked_anew() -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])

    async with FeedServer(x=answering(b"", status=302, Location="/y"), y=answering(CALENDAR)) as server:
        fetcher = Fetcher(names=names, allowed=only_this_machine)
        code = await code_of(fetcher, server.url("x", host="calendar.example"))

    assert (code, len(server.requests)) == (InvalidCode.FEED_REFUSED, 1)


@pytest.mark.parametrize("host", ["127.0.0.2", "169.254.169.254", "[::1]", "10.0.0.1"])
async def test_a_redirect_to_a_private_address_is_refused(host: str) -> None:
    async with FeedServer() as target:
        away = answering(b"", status=302, Location=f"http://{host}:{target.port}/secrets")
        async with FeedServer(x=away) as server:
            code = await code_of(Fetcher(allowed=only_this_machine), server.url("x"))

    assert code is InvalidCode.FEED_REFUSED
    assert target.requests == []


async def test_a_redirect_is_followed_and_does_not_carry_a_password_to_another_server() -> None:
    async with FeedServer(y=answering(CALENDAR)) as target:
        away = answering(b"", status=307, Location=target.url("y"))
        async with FeedServer(x=away) as server:
            fetcher = Fetcher(allow_private=True)
            result = await fetcher.fetch(server.url("x", host="nadia:secret@127.0.0.1"))

    assert result.body == CALENDAR
    assert "Authorization" in server.requests[0].headers
    assert "Authorization" not in target.requests[0].headers


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/x", InvalidCode.FEED_UNREACHABLE),
        ("", InvalidCode.FEED_UNREACHABLE),
        ("file:///etc/passwd", InvalidCode.FEED_REFUSED),
        ("http://[::1", InvalidCode.FEED_UNREACHABLE),
    ],
)
async def test_a_redirect_that_leads_nowhere_is_given_up(location: str, code: InvalidCode) -> None:
    async with FeedServer(x=answering(b"", status=302, Location=location)) as server:
        assert await code_of(Fetcher(allow_private=True), server.url("x")) is code

    assert len(server.requests) <= 6


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    async with FeedServer(x=answering(CALENDAR)) as server:
        result = await Fetcher(allow_private=True).fetch(server.url("x"))

    assert result.body == CALENDAR


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
