"""Sockets of this machine only, and who may talk to them."""

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from playground.loopback import bind, guard, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.168.1.4", "acme.example", "localhost.acme.example", "127.acme.example", ""]
)
def test_everything_else_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_port_that_is_taken_leads_to_the_next_free_one() -> None:
    with bind("127.0.0.1", 0) as taken, bind("127.0.0.1", taken.getsockname()[1]) as given:
        wanted, got = taken.getsockname()[1], given.getsockname()[1]

    assert wanted < got <= wanted + 20


def test_an_address_of_another_machine_is_an_error() -> None:
    with pytest.raises(OSError, match="assign requested address"), bind("192.0.2.1", 0):
        pass


@pytest.fixture
async def guarded() -> AsyncIterator[str]:
    async def fine(_request: web.Request) -> web.Response:
        return web.Response(text="fine")

    server = web.Application(middlewares=[guard()])
    server.router.add_route("*", "/", fine)
    runner = web.AppRunner(server)
    await runner.setup()
    listening: socket.socket = bind("127.0.0.1", 0)
    await web.SockSite(runner, listening).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("POST", {}, 200),
        ("GET", {"Host": "localhost:3000"}, 200),
        ("GET", {"Host": "rebound.acme.example"}, 403),
        ("POST", {"Host": "rebound.acme.example"}, 403),
        ("GET", {"Origin": "https://acme.example"}, 200),
        ("POST", {"Origin": "https://acme.example"}, 403),
        ("PUT", {"Origin": "https://acme.example"}, 403),
        ("POST", {"Origin": "null"}, 403),
        ("POST", {"Host": "localhost:3000", "Origin": "http://localhost:3000"}, 200),
        ("POST", {"Host": "localhost:3000", "Origin": "http://localhost:4000"}, 403),
        ("GET", {"Host": "[::1"}, 403),
    ],
)
async def test_pages_of_others_are_kept_out(guarded: str, method: str, headers: dict[str, str], status: int) -> None:
    async with aiohttp.ClientSession() as session, session.request(method, guarded, headers=headers) as response:
        assert response.status == status
