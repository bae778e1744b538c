"""The one way to the database: `await database.run(function, …)` is one transaction.

Functions of `storage` are plain and synchronous. On SQLite they run where they are called, on one open connection:
well under a millisecond, where any thread hop costs more than the query. On PostgreSQL they run inside
`AsyncSession.run_sync`, so that the event loop is free while the server works.
"""

import asyncio
import random
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, StaticPool, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_S = 5.0
"""How long a write on SQLite waits for another process's write."""
ATTEMPTS = 5
RETRIED_SQLSTATES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization_failure, deadlock_detected. Nothing was written; the same again may succeed."""


class Database(ABC):
    """An open database. Safe to share by the tasks of one event loop; on SQLite by threads as well.

    Its errors name the statement and never the values: they end up in logs.
    """

    writes: int = 0
    """How many transactions of `run` this process has ended: what was read before the last of them may be stale."""

    @classmethod
    def open(cls, url: str) -> "Database":
        """Connects lazily. ValueError where the URL is neither SQLite nor PostgreSQL."""
        parsed = database_url(url)
        return EmbeddedDatabase(parsed) if is_sqlite(parsed) else ServerDatabase(parsed)

    @abstractmethod
    async def run(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls `function(session, …)` in one transaction: committed when it returns, rolled back when it raises.
        It may be called again after a deadlock, so it must have no effects but those in the database.
        """

    @abstractmethod
    async def read(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As `run`, for functions that only read: never waits for a writer, of this process or another."""

    async def ping(self) -> None:
        """Raises sqlalchemy.exc.DBAPIError where the database does not answer."""
        await self.read(_select_one)

    @abstractmethod
    async def close(self) -> None: ...


def database_url(url: str) -> URL:
    """Any of `sqlite:///path`, `postgresql://…`, `postgres://…`, with the driver that is used here."""
    parsed = make_url(url)
    if is_sqlite(parsed):
        return parsed.set(drivername="sqlite")
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"cannot use a {parsed.get_backend_name()} database: SQLite or PostgreSQL")


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Settings that SQLite keeps per connection. `isolation_level = None` leaves BEGIN to us: the driver would send
    it only before the first write, too late for reads and writes to belong together.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")


class EmbeddedDatabase(Database):
    """SQLite in this process: one connection, used inline, one transaction at a time."""

    def __init__(self, url: URL) -> None:
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._begin = "BEGIN"
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._engine = create_engine(
            url,
            poolclass=StaticPool,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S, "cached_statements": 512},
        )
        event.listen(self._engine, "connect", lambda connection, _record: prepare_sqlite(connection))
        event.listen(self._engine, "begin", self._on_begin)

    def _on_begin(self, connection: Connection) -> None:
        """Straight to the driver: the general way costs more than the statement."""
        driver: Any = connection.connection.dbapi_connection
        driver.execute(self._begin)

    async def run(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Takes the write lock at once (BEGIN IMMEDIATE): a read that turns into a write in the middle of its
        transaction could not wait for another process, it would fail.
        """
        try:
            return self._transact("BEGIN IMMEDIATE", function, *args, **kwargs)
        finally:
            self.writes += 1

    async def read(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._transact("BEGIN", function, *args, **kwargs)

    def _transact(
        self, begin: str, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The connection is kept and the session joins its transaction: a third less than with a pool in between."""
        with self._lock:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._begin = begin
            with self._connection.begin():
                session = Session(self._connection, autoflush=False)
                result = function(session, *args, **kwargs)
                session.flush()
                return result

    async def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._engine.dispose()


class ServerDatabase(Database):
    """PostgreSQL, for many processes."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": "-c timezone=utc"},
        )

    async def run(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._try(function, *args, **kwargs)
        finally:
            self.writes += 1

    async def _try(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, ATTEMPTS):
            try:
                return await self._transact(function, *args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRIED_SQLSTATES:
                    raise
            # A little apart, or two that collided collide again.
            await asyncio.sleep(random.uniform(0.01, 0.05) * attempt)
        return await self._transact(function, *args, **kwargs)

    async def read(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._try(function, *args, **kwargs)

    async def _transact(
        self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async with AsyncSession(self._engine, autoflush=False) as session, session.begin():
            return await session.run_sync(function, *args, **kwargs)

    async def close(self) -> None:
        await self._engine.dispose()


def _select_one(session: Session) -> None:
    session.execute(text("SELECT 1"))
