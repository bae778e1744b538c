"""One transaction per run, on both engines."""

import asyncio
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from domain.member import Workspace
from storage import clients, posts, workspaces
from storage.database import Database
from tests.support.stored import ACME, NOW, TEAM, agency


def _is_new(session: Session, key: str) -> bool:
    return posts.begin(session, TEAM, key, NOW).state == "new"


async def test_what_a_run_wrote_is_there_for_the_next(database: Database) -> None:
    await database.run(workspaces.save, Workspace(team_id=TEAM, name="Agency"))

    assert await database.run(workspaces.get, TEAM) == Workspace(team_id=TEAM, name="Agency")
    assert await database.read(workspaces.get, team_id=TEAM) == Workspace(team_id=TEAM, name="Agency")


async def test_a_run_that_raises_leaves_nothing(database: Database) -> None:
    def half(session: Session) -> None:
        workspaces.save(session, Workspace(team_id=TEAM))
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(half)

    assert await database.run(workspaces.all_ids) == []


async def test_a_broken_constraint_leaves_the_database_usable(database: Database) -> None:
    def wrong(session: Session) -> None:
        columns, values = "id, brief_id, team_id, text, answer, position", "'q', 'no brief', 'T', '', '', 0"
        session.execute(text(f"INSERT INTO questions ({columns}) VALUES ({values})"))

    with pytest.raises(IntegrityError):
        await database.run(wrong)

    assert await database.run(_is_new, "key")


async def test_many_runs_at_once_all_arrive(database: Database) -> None:
    new = await asyncio.gather(*(database.run(_is_new, f"key-{number}") for number in range(30)))

    assert new == [True] * 30


async def test_a_database_that_answers_pings(database: Database) -> None:
    await database.ping()


async def test_a_database_that_is_not_there_does_not_ping() -> None:
    gone = Database.open("postgresql://nobody@127.0.0.1:1/none")

    with pytest.raises(OperationalError):
        await gone.ping()
    await gone.close()


async def test_a_closed_database_opens_again(database: Database) -> None:
    await database.run(_is_new, "key")
    await database.close()

    assert not await database.run(_is_new, "key")


@pytest.mark.parametrize("url", ["mysql://x/y", "mssql://x"])
def test_only_sqlite_and_postgresql_are_opened(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        Database.open(url)


async def test_sqlite_is_set_up_for_many_readers_and_power_cuts(sqlite_url: str) -> None:
    def pragmas(session: Session) -> list[object]:
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        return [session.scalar(text(f"PRAGMA {name}")) for name in names]

    database = Database.open(sqlite_url)

    assert await database.run(pragmas) == ["wal", 1, 5000, 1]
    await database.close()


async def test_sqlite_makes_the_folder_of_its_file(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/data/deep/meetdown.sqlite3")

    await database.ping()
    await database.close()

    assert (tmp_path / "data/deep/meetdown.sqlite3").exists()


async def test_a_write_waits_for_another_process_and_a_read_does_not(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    await database.ping()
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO posts VALUES ('T1', 'theirs', '', '', '2026-01-01 00:00:00.000000+00:00', NULL)")
    release = threading.Timer(0.1, other.commit)

    read_while_locked = await database.read(lambda session: session.scalar(text("SELECT count(*) FROM posts")))
    release.start()
    new = await database.run(_is_new, "theirs")

    assert (read_while_locked, new) == (0, False)
    release.join()
    other.close()
    await database.close()


async def test_a_run_that_reads_first_can_still_write(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)

    def read_then_write(session: Session) -> bool:
        session.execute(text("SELECT count(*) FROM posts"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO posts VALUES ('T1', 'theirs', '', '', '2026-01-01 00:00:00.000000+00:00', NULL)")
        return _is_new(session, "ours")

    assert await database.run(read_then_write)
    other.close()
    await database.close()


async def test_a_write_that_waited_in_vain_fails_and_the_next_one_works(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    await database.run(lambda session: session.execute(text("PRAGMA busy_timeout = 10")))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await database.run(_is_new, "key")
    other.execute("ROLLBACK")

    assert await database.run(_is_new, "key")
    other.close()
    await database.close()


async def test_sqlite_serves_threads_in_turn(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    results: list[bool] = []

    def work() -> None:
        results.append(asyncio.run(database.run(_is_new, "key")))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False] * 7 + [True]
    await database.close()


async def test_a_deadlock_on_postgresql_is_tried_again(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    for team in ("A", "B"):
        await database.run(workspaces.save, Workspace(team_id=team))
    calls: list[str] = []

    def rename(session: Session, first: str, second: str) -> None:
        calls.append(first)
        rename_one = text("UPDATE workspaces SET name = name || :by WHERE team_id = :team")
        session.execute(rename_one, {"by": first, "team": first})
        session.execute(text("SELECT pg_sleep(0.05)"))
        session.execute(rename_one, {"by": first, "team": second})

    await asyncio.gather(database.run(rename, "A", "B"), database.run(rename, "B", "A"))

    names = [found.name for team in ("A", "B") if (found := await database.run(workspaces.get, team))]
    assert [sorted(name) for name in names] == [["A", "B"], ["A", "B"]]
    assert len(calls) > 2, "the two never met"
    await database.close()


async def test_an_error_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    await database.run(agency)

    with pytest.raises(IntegrityError) as refused:
        await database.run(clients.add, replace(ACME, id="other", notes="They owe us money."))

    assert "INSERT INTO clients" in str(refused.value)
    assert "money" not in str(refused.value)
