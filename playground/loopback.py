"""Sockets on this machine only, and a guard against web pages that reach for them through somebody's browser."""

import errno
import ipaddress
import socket
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

TRIES = 20
"""Ports after the wanted one that are tried before any will do."""

_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})


def is_loopback(host: str) -> bool:
    """Whether that name or address is this machine's, whoever answers for names."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bind(host: str, port: int) -> socket.socket:
    """A listening socket at `port` or the next free one; 0: any. Raises OSError where `host` is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + TRIES, 65536)) if port else ():
        try:
            return socket.create_server((host, candidate), family=family)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    return socket.create_server((host, 0), family=family)


def guard(*, anywhere: bool = False) -> Middleware:
    """Refuses what a foreign web page may send through a browser on this machine: a name that was made to point here
    (the Host header), and a form or script of another origin that changes something. `anywhere`: every Host is fine.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not anywhere and not is_loopback(_host_of(request)):
            raise web.HTTPForbidden(text="Not the address that this server is for.")
        origin = request.headers.get("Origin")
        if origin is not None and request.method not in {"GET", "HEAD"} and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="Not from this page.")
        return await handler(request)

    return check


def _host_of(request: web.Request) -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""
