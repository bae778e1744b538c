"""Who may use the page: a browser on this machine that was not sent by another site.

The page acts as any member, so another web page must neither post to it nor read it: the Host header must name this
machine (against DNS rebinding), and an act must come from the page itself.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""For a mail's own HTML: it may look as it wants and do nothing."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guarded(handler: Handler, *, policy: str = POLICY) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        if not _is_here(request):
            return web.Response(status=403, text="This page answers to its own address only.")
        if request.method == "POST" and not _is_from_the_page(request):
            return web.Response(status=403, text="This request does not come from the page.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update({**HEADERS, "Content-Security-Policy": policy})
        return response

    return handle


def _is_here(request: web.Request) -> bool:
    """The address in the Host header is `localhost`, or the one that the request really reached."""
    try:
        name = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    reached = request.transport.get_extra_info("sockname") if request.transport else None
    return address.is_loopback or (reached is not None and address == ipaddress.ip_address(reached[0]))


def _is_from_the_page(request: web.Request) -> bool:
    """Forms of other sites cannot send JSON, and a browser tells where a script's request comes from."""
    if request.content_type != "application/json":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
