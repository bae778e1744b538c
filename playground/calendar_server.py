"""A real CalDAV server inside (Radicale), served on a loopback port of its own."""

import asyncio
import io
import logging
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from radicale import config
from radicale.app import Application

from playground.loopback import bind, guard

LARGEST = 10 * 1024 * 1024


class CalendarServer:
    """Files are under `folder`. Whoever knows the address of a calendar may read and write it, as with any secret
    address; the address is not listed anywhere.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, once started."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """At `port`, or at the next free one. Raises OSError where the folder cannot be used."""
        application = _application(self._folder)

        async def handle(request: web.Request) -> web.Response:
            status, headers, body = await asyncio.to_thread(_call, application, _environ(request, await request.read()))
            return web.Response(status=status, headers=headers, body=body)

        server = web.Application(client_max_size=LARGEST, middlewares=[guard()])
        server.router.add_route("*", "/{path:.*}", handle)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listening = bind("127.0.0.1", port)
        self.port = listening.getsockname()[1]
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


def _application(folder: Path) -> Application:
    logging.getLogger("radicale").setLevel(logging.ERROR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = config.load()
    settings.update(
        {
            "auth": {"type": "none"},
            "rights": {"type": "owner_only"},
            "web": {"type": "none"},
            "storage": {"filesystem_folder": str(folder), "_filesystem_fsync": False},
        },
        "the playground",
        privileged=True,
    )
    return Application(settings)


def _environ(request: web.Request, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.encode().decode("latin-1"),
        "QUERY_STRING": request.query_string,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(request.url.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        environ.setdefault(f"HTTP_{name.upper().replace('-', '_')}", value)
    return environ


def _call(application: Application, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    answered: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answered.update(status=int(status.split()[0]), headers=headers)

    body = b"".join(application(environ, start_response))
    # The length is aiohttp's to say: it may compress, or answer a HEAD.
    headers = [(name, value) for name, value in answered["headers"] if name.lower() != "content-length"]
    return answered["status"], headers, body
