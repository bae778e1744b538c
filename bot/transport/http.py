"""The HTTP server's routes: Slack's requests, health, readiness, metrics; errors without tracebacks."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from bot.transport.body import MalformedBody
from bot.transport.dispatch import Dispatcher
from bot.transport.guard import STATE_KEY
from bot.transport.metrics import CONTENT_TYPE, Metrics
from bot.transport.ports import Check

SLACK_PATH = "/slack/events"
_CHECK_SECONDS = 2.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def new_incident_id() -> str:
    """What a person is shown instead of a traceback, and what the log line carries."""
    return secrets.token_hex(4)


class SlackEndpoint:
    """Behind the guard: hands the payload to Bolt."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            answer = await self._dispatcher.dispatch(scope["state"][STATE_KEY], request.headers)
        except MalformedBody as problem:
            await PlainTextResponse(str(problem), status_code=400)(scope, receive, send)
            return
        response = Response(answer.body, status_code=answer.status, headers={"content-type": answer.content_type})
        await response(scope, receive, send)


class Incidents:
    """Turns an exception into a 500 with an incident id; the traceback goes to the log only."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            incident = new_incident_id()
            log.exception("request failed", incident=incident, path=scope["path"])
            if not begun:
                text = f"Something went wrong here. Incident {incident}."
                await PlainTextResponse(text, status_code=500)(scope, receive, send)


def make_http_app(
    *,
    slack: ASGIApp | None,
    checks: Mapping[str, Check],
    metrics: Metrics,
    routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The Starlette app. `slack` is the guarded endpoint (None in Socket Mode: there is no such path then);
    `checks` decide readiness; `routes` are added (OAuth)."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        results = await asyncio.gather(*(_state(name, check) for name, check in checks.items()))
        states = dict(zip(checks, results, strict=True))
        return JSONResponse(states, status_code=200 if all(state == "ok" for state in results) else 503)

    async def metrics_page(_: Request) -> Response:
        return Response(metrics.render(), headers={"content-type": CONTENT_TYPE})

    slack_routes = [Route(SLACK_PATH, slack)] if slack is not None else []
    web = Starlette(
        routes=[
            *slack_routes,
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics_page),
            *routes,
        ],
        middleware=[Middleware(Incidents)],
        exception_handlers={HTTPException: _plain},
        lifespan=lifespan,
    )
    web.router.redirect_slashes = False
    return web


async def _state(name: str, check: Check) -> str:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            await check()
    except Exception as error:
        # The answer is public: what is wrong stands in the log.
        log.warning("not ready", check=name, error=repr(error))
        return "not ready"
    return "ok"


async def _plain(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "Something went wrong here."
    headers = error.headers if isinstance(error, HTTPException) else None
    return PlainTextResponse(detail, status_code=status, headers=headers)
