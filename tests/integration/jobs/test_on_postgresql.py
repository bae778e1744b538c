"""`app.py` on PostgreSQL, as an operator runs it: migrate first, then any number of processes."""

import asyncio
import os
import signal
import socket
import sys
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from playground import SlackStandIn
from tests.support.databases import PostgreSQL
from tests.support.slack import bot_environment

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(postgresql: PostgreSQL, slack: SlackStandIn, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Of a database without tables."""
    name = f"test_{uuid.uuid4().hex}"
    yield {
        **{key: value for key, value in os.environ.items() if not key.startswith(("MEETDOWN_", "SLACK_"))},
        "MEETDOWN_DATABASE_URL": postgresql.create(name),
        "MEETDOWN_DATA_DIR": str(tmp_path),
        "MEETDOWN_SECRET_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        **bot_environment(slack),
    }
    postgresql.drop(name)


async def test_migrate_then_serve_and_work_side_by_side(environment: dict[str, str]) -> None:
    too_early = await _ended(await _start("serve", environment))
    migrated = await _ended(await _start("migrate", environment))
    port = str(_free_port())
    serving = await _start("serve", {**environment, "MEETDOWN_PORT": port})
    working = await _start("worker", environment)

    ready = await _ready(port)

    for process in (serving, working):
        process.send_signal(signal.SIGTERM)
    codes = [(await _ended(process))[0] for process in (serving, working)]
    assert too_early[0] == 2
    assert too_early[1].strip().endswith("run `app.py migrate` first")
    assert migrated[0] == 0
    assert ready == 200
    assert codes == [0, 0]


async def _start(command: str, environment: dict[str, str]) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "app.py", command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )


async def _ended(process: Process) -> tuple[int | None, str]:
    """Exit code, and what it wrote to stderr."""
    async with asyncio.timeout(60):
        _, err = await process.communicate()
    return process.returncode, err.decode()


async def _ready(port: str) -> int:
    """The status of `/readyz`, once it is good or has had all the time that a start may take."""
    status = 0
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            try:
                status = (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code
            except httpx.TransportError:
                status = 0
            if status == 200:
                break
            await asyncio.sleep(0.1)
    return status


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
