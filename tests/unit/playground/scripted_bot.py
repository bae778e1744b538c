"""A bot without a mind: it keeps what it is sent and answers from a script."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

Answer = web.Response | Callable[[], Awaitable[web.Response]]


@dataclass(kw_only=True)
class Received:
    headers: dict[str, str]
    raw: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw.decode(), keep_blank_values=True))

    @property
    def payload(self) -> Any:
        return json.loads(self.form["payload"]) if b"payload=" in self.raw else json.loads(self.raw)


@dataclass(kw_only=True)
class ScriptedBot:
    answers: list[Answer] = field(default_factory=list)
    """Used from the front; an empty 200 once there are no more."""
    received: list[Received] = field(default_factory=list)
    url: str = ""

    def says(self, body: Any) -> None:
        self.answers.append(web.json_response(body))

    def fails(self, status: int = 500, **headers: str) -> None:
        self.answers.append(web.Response(status=status, headers=headers))

    def hangs(self, seconds: float) -> None:
        async def answer() -> web.Response:
            await asyncio.sleep(seconds)
            return web.Response()

        self.answers.append(answer)

    async def _handle(self, request: web.Request) -> web.Response:
        self.received.append(Received(headers=dict(request.headers), raw=await request.read()))
        answer = self.answers.pop(0) if self.answers else web.Response()
        return answer if isinstance(answer, web.Response) else await answer()

    async def __aenter__(self) -> Self:
        server = web.Application()
        server.router.add_post("/slack/events", self._handle)
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
