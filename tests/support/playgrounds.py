"""The whole playground, started in a test's own loop."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings, read_settings
from playground.run import Options, playground
from playground.world import World

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""10:00 in Amsterdam; no holiday near it."""


def settings_for(data_dir: Path, *, port: int = 0, host: str = "127.0.0.1") -> Settings:
    return read_settings({"MEETDOWN_DATA_DIR": str(data_dir), "MEETDOWN_PORT": str(port), "MEETDOWN_HOST": host})


@asynccontextmanager
async def running_playground(data_dir: Path, *, reset: bool = False) -> AsyncIterator[World]:
    """On a Monday morning at the first start, later wherever its clock was left."""
    # The bot's engine ends the loop's executor with itself: a second playground in one test needs another one.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
    async with playground(settings_for(data_dir), Options(reset=reset, at=MONDAY)) as world:
        yield world
