"""Databases for tests: a SQLite file, and a real PostgreSQL server that is started once per test process.

Import the fixtures into a `conftest.py`. `database` runs a test on both engines; `sqlite_url` and `postgresql_url` are
migrated databases of one test's own.
"""

import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from pgserver.postgres_server import PostgresServer, get_server
from psycopg.sql import SQL, Identifier, Literal

from storage import migrate
from storage.database import Database
from storage.models import Base

__all__ = [
    "database",
    "database_url",
    "empty_url",
    "migrated_sqlite_file",
    "postgresql",
    "postgresql_url",
    "sqlite_url",
]

SHARED = "meetdown"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "deadlock_timeout": "100ms"}
"""No test database has to survive a power cut."""


class PostgreSQL:
    """A running server with one migrated database that is emptied between tests, in a few milliseconds."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)
        for name, value in SETTINGS.items():
            self._admin.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), Literal(value)))
        self._admin.execute("SELECT pg_reload_conf()")
        self.shared_url = self.create(SHARED)
        migrate.upgrade(self.shared_url)
        self._shared = psycopg.connect(self.shared_url, autocommit=True)

    def create(self, name: str) -> str:
        """The URL of a new database without tables."""
        self._admin.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        return str(self._server.get_uri(name))

    def drop(self, name: str) -> None:
        self._admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def empty_shared(self) -> None:
        """Ends what a failed test may have left open first, or its locks would hold up the next."""
        self._shared.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for table in reversed(Base.metadata.sorted_tables):
            self._shared.execute(SQL("DELETE FROM {}").format(Identifier(table.name)))

    def close(self) -> None:
        self._shared.close()
        self._admin.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    # Not under pytest's own folder: that is closed to other users anew by each test run that starts, and as root the
    # server runs as another user. The short path keeps that of the Unix socket below its limit of 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder, _started(folder) as server:
        running = PostgreSQL(server)
        yield running
        running.close()


def _started(folder: str) -> PostgresServer:
    """It gives the server ten seconds, which a busy machine may not have; the server goes on starting meanwhile."""
    for _ in range(3):
        try:
            return get_server(folder, cleanup_mode="delete")
        except subprocess.TimeoutExpired:
            time.sleep(0.2)
    return get_server(folder, cleanup_mode="delete")


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    yield postgresql.shared_url
    postgresql.empty_shared()


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "meetdown.sqlite3"
    shutil.copyfile(migrated_sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = f"test_{uuid.uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(database_url)
    yield opened
    await opened.close()
