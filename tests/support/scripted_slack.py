"""A real HTTP server in the place of Slack's Web API that says what a test tells it to, once for each call."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Call:
    method: str
    token: str
    arguments: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """JSON by default; `drop` closes the connection after the request was read, `hang` never answers."""

    data: dict[str, Any] = field(default_factory=lambda: {"ok": True})
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    content_type: str = "application/json"
    drop: bool = False
    hang: bool = False


def slack_error(error: str, **more: Any) -> Reply:
    return Reply(data={"ok": False, "error": error, **more})


class ScriptedSlack:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.connections: set[Any] = set()
        self.origin = ""
        self.closing = asyncio.Event()
        self._replies: dict[str, list[Reply]] = defaultdict(list)
        self._standing: dict[str, Reply] = {}

    @property
    def api_url(self) -> str:
        return f"{self.origin}/api/"

    def next(self, method: str, *replies: Reply) -> None:
        """The next calls of `method` get these, one each; after them the standing reply."""
        self._replies[method].extend(replies)

    def always(self, method: str, reply: Reply) -> None:
        self._standing[method] = reply

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.removeprefix("/api/")
        if request.content_type == "application/json":
            arguments = json.loads(await request.text() or "{}")
        else:
            arguments = {**request.query, **(await request.post())}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method=method, token=token, arguments=arguments))
        self.connections.add(request.transport)
        queue = self._replies[method]
        reply = queue.pop(0) if queue else self._standing.get(method, Reply())
        if reply.hang:
            await self.closing.wait()
        if reply.drop and request.transport is not None:
            request.transport.abort()
        if reply.text is not None:
            return web.Response(
                text=reply.text, status=reply.status, headers=reply.headers, content_type=reply.content_type
            )
        return web.json_response(reply.data, status=reply.status, headers=reply.headers)


@asynccontextmanager
async def scripted_slack() -> AsyncIterator[ScriptedSlack]:
    slack = ScriptedSlack()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", slack.handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    slack.origin = f"http://{host}:{port}"
    try:
        yield slack
    finally:
        slack.closing.set()
        await runner.cleanup()
