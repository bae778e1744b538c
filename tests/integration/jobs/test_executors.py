"""Who is alive: a lock file for SQLite, advisory locks for PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from bot.jobs import executors
from bot.jobs.executors import OneOfMany, OnlyExecutor, executor_for
from bot.settings import SettingsError


class Unfinished:
    """The engine's side: executors with unfinished work, and who was taken over."""

    def __init__(self, *ids: str) -> None:
        self.ids = set(ids)
        self.taken: list[str] = []

    async def executors_at_work(self) -> frozenset[str]:
        return frozenset(self.ids)

    async def take_over(self, executor_id: str) -> int:
        self.taken.append(executor_id)
        self.ids.discard(executor_id)
        return 1


@pytest.fixture
async def pair(postgresql_url: str) -> AsyncIterator[tuple[OneOfMany, OneOfMany]]:
    one, other = OneOfMany(postgresql_url), OneOfMany(postgresql_url)
    await one.enter()
    await other.enter()
    yield one, other
    await one.leave()
    await other.leave()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "PATIENCE_S", 0.0)


async def test_a_second_process_on_a_sqlite_file_is_refused_until_the_first_has_left(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/meetdown.sqlite"
    first, second = executor_for(url), executor_for(url)
    await first.enter()

    with pytest.raises(SettingsError, match="Another process works on the database"):
        await second.enter()

    await first.leave()
    await second.enter()
    await second.leave()
    assert first.id == second.id == "meetdown"


async def test_a_database_in_memory_needs_no_lock() -> None:
    only = executor_for("sqlite://")

    await only.enter()
    await only.leave()

    assert isinstance(only, OnlyExecutor)


async def test_the_work_of_who_lives_is_left_alone(pair: tuple[OneOfMany, OneOfMany], impatient: None) -> None:
    one, other = pair
    work = Unfinished(one.id, other.id)

    await one.look_once(work)

    assert work.taken == []


async def test_the_work_of_who_left_is_taken_over_once(pair: tuple[OneOfMany, OneOfMany], impatient: None) -> None:
    one, other = pair
    work = Unfinished(one.id, "ended")

    await one.look_once(work)
    await other.look_once(work)

    assert work.taken == ["ended"]


async def test_a_lock_that_was_free_for_a_moment_only_is_no_end(pair: tuple[OneOfMany, OneOfMany]) -> None:
    one, other = pair
    work = Unfinished(other.id)
    await other.leave()
    await one.look_once(work)
    await other.enter()

    await one.look_once(work)

    assert work.taken == []


async def test_a_lock_whose_connection_broke_is_taken_again(
    pair: tuple[OneOfMany, OneOfMany], postgresql_url: str, impatient: None
) -> None:
    one, other = pair
    with psycopg.connect(postgresql_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    await other.look_once(Unfinished())
    work = Unfinished(other.id)

    await one.look_once(work)

    assert work.taken == []
