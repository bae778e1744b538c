"""Where fetching goes and where it refuses to go: names, figures, redirects, proxies."""

import pytest

from bot.calendars.fetch import Fetcher
from domain.errors import InvalidCode
from tests.support.feeds import FeedServer, Names, answering, code_of, event, feed

CALENDAR = feed(event("DTSTART:20261124T100000Z"))


def only_this_machine(address: str) -> bool:
    """Stands in for the public internet, so that 127.0.0.2 is a private address that a test can lead to."""
    return address == "127.0.0.1"


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
