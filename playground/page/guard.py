"""What the page's answers allow a browser to do, and what it takes for an act.

Who may ask at all (this machine, and no other site's scripts) is settled for the whole server in `playground.loopback`.
"""

from collections.abc import Awaitable, Callable

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


def guarded(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        if request.method == "POST" and request.content_type != "application/json":
            return web.Response(status=403, text="This is not how the page asks.")  # forms of other sites cannot
        return await handler(request)

    return handle


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`: whatever is answered, also by a redirect, a refusal or where there is no route."""
    del request
    for name, value in {**HEADERS, "Content-Security-Policy": POLICY}.items():
        response.headers.setdefault(name, value)
