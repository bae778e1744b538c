"""The real bot behind a real HTTP server, in the playground's own event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from playground.loopback import bind


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """Its address, on a free loopback port."""
    listening = bind("127.0.0.1", 0)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Leaves the signals of the process to the playground."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
