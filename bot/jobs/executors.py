"""Which processes are alive, and whose work has to be taken over.

The engine restarts only what ran under its own executor id. One process uses a SQLite file and always has the same
id; a lock keeps a second one out. On PostgreSQL every process has an id of its own and holds an advisory lock under it
for as long as it lives: a lock that is free belongs to a process that ended. (Such a lock needs a session of its own:
no pooler that hands sessions out by the transaction may stand in between.)
"""

import asyncio
import os
import secrets
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psycopg
import structlog
from sqlalchemy import make_url

from bot.settings import SettingsError

log = structlog.get_logger()

LOOK_EVERY_S = 5.0
PATIENCE_S = 20.0
"""How long a lock must have been free: one whose connection broke takes it again within LOOK_EVERY_S."""
LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class Work(Protocol):
    """What an executor looks after; the engine is one."""

    async def executors_at_work(self) -> frozenset[str]: ...

    async def take_over(self, executor_id: str) -> int: ...


class Executor(Protocol):
    id: str

    async def enter(self) -> None:
        """Before the engine starts. Raises SettingsError where another process is in the way."""
        ...

    async def look_after(self, work: Work) -> None:
        """Until cancelled."""
        ...

    async def leave(self) -> None: ...


def executor_for(database_url: str) -> Executor:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return OnlyExecutor(url.database)
    return OneOfMany(url.set(drivername="postgresql").render_as_string(hide_password=False))


class OnlyExecutor:
    """The one process that works on a SQLite file."""

    def __init__(self, database: str | None) -> None:
        self.id = "meetdown"
        self._path = Path(database).with_suffix(".lock") if database else None
        self._lock: sqlite3.Connection | None = None

    async def enter(self) -> None:
        """The lock is SQLite's own on a file beside the database: it goes with the process, on every system."""
        if self._path is None:
            return
        self._lock = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._lock.close()
            raise SettingsError(
                f"Another process works on the database beside {self._path}: stop it, or use PostgreSQL"
                " (MEETDOWN_DATABASE_URL), where many may work together"
            ) from None

    async def look_after(self, work: Work) -> None:
        """There is nobody else."""

    async def leave(self) -> None:
        if self._lock is not None:
            self._lock.close()


class OneOfMany:
    """One of the processes that work on a PostgreSQL database."""

    def __init__(self, conninfo: str) -> None:
        self.id = f"{os.uname().nodename}-{secrets.token_hex(4)}"
        self._conninfo = conninfo
        self._connection: psycopg.AsyncConnection | None = None
        self._holds_own = False
        self._free_since: dict[str, float] = {}

    async def enter(self) -> None:
        self._connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
        self._holds_own = await self._hold(self._connection, self.id)

    async def look_after(self, work: Work) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look_once(work)
            except Exception:
                # Above all a database that is away: the next look comes.
                log.exception("executors_not_looked_after")

    async def look_once(self, work: Work) -> None:
        """Make sure of the own lock, then take over what nobody works on any more."""
        connection = await self._own_lock()
        others = await work.executors_at_work() - {self.id}
        self._free_since = {one: since for one, since in self._free_since.items() if one in others}
        for other in sorted(others):
            if not await self._hold(connection, other):
                self._free_since.pop(other, None)
                continue
            try:
                since = self._free_since.setdefault(other, time.monotonic())
                if time.monotonic() - since >= PATIENCE_S:
                    # Under the lock: another process that looks at this moment finds nothing left to take.
                    count = await work.take_over(other)
                    log.warning("work_taken_over", executor=other, count=count)
            finally:
                await connection.execute(UNLOCK, (other,))

    async def leave(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error, OSError):
                await self._connection.close()

    async def _own_lock(self) -> psycopg.AsyncConnection:
        """A lock ends with its connection: both are made anew where the connection broke."""
        connection = self._own_session()
        try:
            await connection.execute("SELECT 1")
        except psycopg.OperationalError:
            await self.leave()
            await self.enter()
            log.warning("executor_lock_renewed", executor=self.id)
        if not self._holds_own:
            # Another process was just looking whether it is free.
            self._holds_own = await self._hold(self._own_session(), self.id)
        return self._own_session()

    def _own_session(self) -> psycopg.AsyncConnection:
        if self._connection is None:
            raise RuntimeError("the executor has not entered")
        return self._connection

    async def _hold(self, connection: psycopg.AsyncConnection, executor_id: str) -> bool:
        row = await (await connection.execute(LOCK, (executor_id,))).fetchone()
        return bool(row and row[0])
