"""The end of the planner's loop: whatever happens in the same moment."""

import asyncio
from pathlib import Path

import pytest

from bot.jobs.engine import Engine
from bot.jobs.planner import Planner
from domain.clock import SystemClock
from storage.database import Database


class Idle(Planner):
    """Nothing is ever due."""

    rounds = 0

    async def round(self) -> None:
        self.rounds += 1


@pytest.mark.parametrize("turns", range(5))
async def test_a_poke_in_the_moment_of_the_end_does_not_keep_it_going(turns: int, tmp_path: Path) -> None:
    """The `turns` of the loop between both: in one of them `asyncio.wait_for` takes the end for the poke."""
    database = Database.open(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    engine = Engine(database_url=f"sqlite:///{tmp_path / 'workflows.sqlite'}")
    planner = Idle(database, engine, SystemClock())
    running = asyncio.create_task(planner.run())
    await asyncio.sleep(0.01)

    planner.poke()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    ended, _ = await asyncio.wait({running}, timeout=1)
    running.cancel()
    await engine.close()

    assert (ended, running.cancelled()) == ({running}, True)
