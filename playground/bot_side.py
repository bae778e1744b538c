"""The real bot behind a real HTTP server, in the playground's own event loop.

Apart from `playground.run`, so that the page is up before all of the bot is imported.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from bot.assembly import assemble
from bot.settings import Settings
from playground import sample
from playground.state import State
from playground.world import World


async def start(
    stack: AsyncExitStack, settings: Settings, world: World, state: State, listening: socket.socket
) -> None:
    """The bot, and on the first start the sample agency. Raises what `assemble` does."""
    meetdown = world.meetdown = await stack.enter_async_context(assemble(settings, clock=world.clock))
    await stack.enter_async_context(_served(meetdown.http, listening))
    # Last in, first out: what still asks the bot's database ends before the bot does.
    stack.push_async_callback(world.stop)
    world.in_background(world.tell_what_is_due())
    await sample.connect(world, meetdown, state)


@asynccontextmanager
async def _served(app: Starlette, listening: socket.socket) -> AsyncIterator[None]:
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Leaves the signals of the process to the playground."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
