"""The planner's loop: one round at a time, and its end, whatever happens in the same moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.jobs.engine import Engine
from bot.jobs.planner import Planner
from domain.clock import SystemClock
from storage.database import Database


class Idle(Planner):
    """Nothing is ever due; what it looks for takes two turns of the loop."""

    def __init__(self, database: Database, engine: Engine) -> None:
        super().__init__(database, engine, SystemClock())
        self.seen: list[str] = []

    async def _start_what_is_due(self, now: datetime) -> None:
        self.seen.append("begins")
        await asyncio.sleep(0)
        self.seen.append("ends")


@pytest_asyncio.fixture
async def planner(tmp_path: Path) -> AsyncIterator[Idle]:
    engine = Engine(database_url=f"sqlite:///{tmp_path / 'workflows.sqlite'}")
    yield Idle(Database.open(f"sqlite:///{tmp_path / 'empty.sqlite'}"), engine)
    await engine.close()


async def test_a_round_that_is_asked_for_waits_for_the_one_under_way(planner: Idle) -> None:
    await asyncio.gather(planner.round(), planner.round())

    assert planner.seen == ["begins", "ends", "begins", "ends"]


@pytest.mark.parametrize("turns", range(5))
async def test_a_poke_in_the_moment_of_the_end_does_not_keep_it_going(turns: int, planner: Idle) -> None:
    """The `turns` of the loop between both: in one of them `asyncio.wait_for` takes the end for the poke."""
    running = asyncio.create_task(planner.run())
    await asyncio.sleep(0.01)

    planner.poke()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    ended, _ = await asyncio.wait({running}, timeout=1)
    running.cancel()

    assert (ended, running.cancelled()) == ({running}, True)
