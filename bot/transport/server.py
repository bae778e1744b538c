"""The HTTP server in front: one socket, and an end in order."""

import asyncio
import signal
import socket

import structlog
import uvicorn
from starlette.applications import Starlette

from bot.settings import SettingsError

GRACE_S = 10
"""Seconds that requests under way have to end after SIGTERM."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def run_server(app: Starlette, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished. Raises SettingsError where the port is taken."""
    with _listening(host, port) as listening:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        # uvicorn raises the signal once more after its own end, for whoever listened before it: here nobody dies of it,
        # so that everything else ends in order as well.
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, _end_in_order)
        log.info("serving", host=host, port=listening.getsockname()[1])
        await uvicorn.Server(config).serve(sockets=[listening])


def _end_in_order() -> None:
    log.info("stopping")


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"Port {port} of {host} cannot be used ({reason}); set MEETDOWN_PORT") from None
