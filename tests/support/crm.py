"""Customer systems on a real local server, which answer in the shapes of their documented APIs."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

RECORDED = Path(__file__).parent.parent / "fixtures" / "crm"


def recorded(name: str) -> Any:
    """One answer as the documentation of the system shows it, with made-up customers."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


class CrmServer:
    """Answers each path from a list, one after the other; the last one again and again. An answer is the JSON, or a
    status, or a status with headers.
    """

    def __init__(self) -> None:
        self.base = ""
        self.asked: list[tuple[str, str, Any]] = []
        """Method, path with query, and body of each request."""
        self.authorization: list[str] = []
        self._answers: dict[str, list[Any]] = {}

    def on(self, path: str, *answers: Any) -> None:
        self._answers[path] = list(answers)

    async def handle(self, request: web.Request) -> web.Response:
        raw = await request.text()
        is_json = request.content_type == "application/json"
        body = json.loads(raw) if is_json and raw else {key: one[0] for key, one in parse_qs(raw).items()}
        self.asked.append((request.method, request.path_qs, body))
        self.authorization.append(request.headers.get("Authorization", ""))
        answers = self._answers.get(request.path, [404])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, int):
            return web.json_response({"category": "SOME_ERROR"}, status=answer)
        if isinstance(answer, tuple):
            return web.json_response({}, status=answer[0], headers=answer[1])
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        return web.json_response(answer)


@asynccontextmanager
async def crm_server() -> AsyncIterator[CrmServer]:
    server = CrmServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def company(number: int, **properties: Any) -> dict[str, Any]:
    """One result of a HubSpot search."""
    return {
        "id": str(number),
        "properties": {"hs_object_id": str(number), "name": f"Company {number}", **properties},
        "createdAt": "2025-01-15T10:30:00.000Z",
        "updatedAt": "2026-10-01T08:00:00.000Z",
        "archived": False,
    }


def companies(results: Sequence[Any], **more: Any) -> dict[str, Any]:
    return {"total": len(results), "results": list(results), **more}
