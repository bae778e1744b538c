"""The real bot in the test's own loop, behind a real HTTP server, talking to the stand-in Slack."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from bot.assembly import Meetdown, assemble
from bot.jobs.engine import DurableSteps
from bot.settings import read_settings
from playground import SlackStandIn
from tests.support.slack import bot_environment


class MovedClock:
    """The real time, moved: so that a test can be at a Tuesday morning and go on from there."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        self._offset += by


TUESDAY_MORNING = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
"""09:30 in Amsterdam; no holiday near it."""


@dataclass(frozen=True, kw_only=True)
class RunningBot:
    meetdown: Meetdown
    clock: MovedClock
    url: str

    async def round(self) -> None:
        """What the planner does every few seconds, now."""
        self.meetdown.planner.poke()
        await asyncio.sleep(0)


@asynccontextmanager
async def running_bot(
    slack: SlackStandIn,
    data_dir: Path,
    *,
    socket_mode: bool = False,
    extra: Mapping[str, str] | None = None,
    start: datetime = TUESDAY_MORNING,
) -> AsyncIterator[RunningBot]:
    environment = {
        "MEETDOWN_DATA_DIR": str(data_dir),
        "MEETDOWN_ALLOW_PRIVATE_URLS": "1",
        **bot_environment(slack, socket_mode=socket_mode),
        **(extra or {}),
    }
    clock = MovedClock(start)
    async with assemble(read_settings(environment), clock=clock, steps=DurableSteps(first_pause_s=0.05)) as meetdown:
        async with _served(meetdown) as url:
            slack.request_url = f"{url}/slack/events"
            yield RunningBot(meetdown=meetdown, clock=clock, url=url)


@asynccontextmanager
async def _served(meetdown: Meetdown) -> AsyncIterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(meetdown.http, log_config=None, lifespan="off", access_log=False)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task


class _Server(uvicorn.Server):
    """Leaves the signals of the test process alone."""

    @property
    def install_signal_handlers(self) -> object:
        return lambda: None
