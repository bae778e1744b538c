"""The real bot in the test's own loop, behind a real HTTP server, talking to the stand-in Slack."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import uvicorn
from dbos import DBOS
from sqlalchemy import make_url

from bot.assembly import Meetdown, assemble, workflows_url
from bot.jobs.engine import DurableSteps
from bot.settings import Settings, read_settings
from playground import SlackStandIn
from storage import migrate, outbox
from tests.support.slack import bot_environment


class MovedClock:
    """The real time, moved: so that a test can be at a Tuesday morning and go on from there."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        self._offset += by

    def move_to(self, moment: datetime) -> None:
        self._offset = moment - datetime.now(UTC)


TUESDAY_MORNING = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
"""09:30 in Amsterdam; no holiday near it."""


@dataclass(frozen=True, kw_only=True)
class RunningBot:
    meetdown: Meetdown
    clock: MovedClock
    url: str

    async def settle(self, *, within: float = 10.0) -> None:
        """What the planner does every few seconds, now; until everything that it started has ended."""
        async with asyncio.timeout(within):
            while True:
                await self.meetdown.planner.round()
                busy = await DBOS.list_workflows_async(status=["PENDING", "ENQUEUED"], load_input=False)
                if not busy and not await self.meetdown.database.read(outbox.promised, self.clock.now()):
                    return
                await asyncio.sleep(0.01)

    async def go_to(self, moment: datetime) -> None:
        """Let that moment come, and everything that is due by then."""
        self.clock.move_to(moment)
        await self.settle()


@asynccontextmanager
async def running_bot(
    slack: SlackStandIn,
    data_dir: Path,
    *,
    socket_mode: bool = False,
    extra: Mapping[str, str] | None = None,
    start: datetime = TUESDAY_MORNING,
    first_pause_s: float = 0.002,
) -> AsyncIterator[RunningBot]:
    """`extra`: further settings. `first_pause_s` of a step that is tried again; five tries later it is given up."""
    environment = {
        "MEETDOWN_DATA_DIR": str(data_dir),
        "MEETDOWN_ALLOW_PRIVATE_URLS": "1",
        **bot_environment(slack, socket_mode=socket_mode),
        **(extra or {}),
    }
    settings = read_settings(environment)
    _with_tables(settings)
    clock = MovedClock(start)
    # The engine ends the loop's executor with itself: a second bot in one test needs another one.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
    steps = DurableSteps(first_pause_s=first_pause_s)
    async with assemble(settings, clock=clock, steps=steps) as meetdown, _served(meetdown) as url:
        slack.request_url = f"{url}/slack/events"
        yield RunningBot(meetdown=meetdown, clock=clock, url=url)


def _with_tables(settings: Settings) -> None:
    """A new SQLite file and its engine's as an earlier start left them: the migrations have tests of their own."""
    for name, url in (("product", settings.database_url), ("workflows", workflows_url(settings))):
        path = Path(make_url(url).database or "")
        if url.startswith("sqlite") and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_migrated()[name])


@cache
def _migrated() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("product", "workflows")}
        migrate.upgrade(f"sqlite:///{files['product']}")
        DBOS.migrate(f"sqlite:///{files['workflows']}")
        return {name: file.read_bytes() for name, file in files.items()}


@asynccontextmanager
async def _served(meetdown: Meetdown) -> AsyncIterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(meetdown.http, log_config=None, lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.end.set()
        await task


class _Server(uvicorn.Server):
    """Ends as soon as it is told to and its last request is answered, where uvicorn looks ten times a second; leaves
    the signals of the test process alone.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.end = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        while self.server_state.connections or self.server_state.tasks:
            # Each time anew: one may have been taken in just before the end, and be known only now.
            for connection in list(self.server_state.connections):
                connection.shutdown()
            await asyncio.sleep(0.001)
