"""The end of the engine, on a SQLite file of its own."""

import asyncio
import time
from pathlib import Path

from bot.jobs.engine import Engine


async def test_an_engine_with_nothing_to_finish_ends_at_once(tmp_path: Path) -> None:
    """Its listener had just begun to sleep: with DBOS's default this is a whole second."""
    engine = Engine(database_url=f"sqlite:///{tmp_path / 'workflows.sqlite'}")
    engine.launch()
    begun = time.monotonic()

    await engine.close()

    assert time.monotonic() - begun < 0.6


async def test_an_engine_that_ends_lets_a_workflow_under_way_end_first(tmp_path: Path) -> None:
    begun = asyncio.Event()
    ended = []

    async def workflow(team_id: str, subject_id: str, attempt: int) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        ended.append((team_id, subject_id, attempt))

    engine = Engine(database_url=f"sqlite:///{tmp_path / 'workflows.sqlite'}")
    engine.register("wait", workflow)
    engine.launch()
    await engine.start("wait", "key", "T1", "S1")
    # What is not running yet is for the next launch.
    await begun.wait()

    await engine.close()

    assert ended == [("T1", "S1", 0)]
