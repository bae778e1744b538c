"""Databases for tests: a SQLite file, and a real PostgreSQL server that is started once per test process.

Import the fixtures into a `conftest.py`. `database` runs a test on both engines; `sqlite_url` and `postgresql_url` are
migrated databases of one test's own.
"""

import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pgserver
import psycopg
import pytest

from storage import migrate
from storage.database import Database

__all__ = [
    "database",
    "database_url",
    "empty_url",
    "migrated_sqlite_file",
    "postgresql",
    "postgresql_url",
    "sqlite_url",
]

TEMPLATE = "meetdown_template"
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""Settings that keep data over a power cut, which no test database has to survive."""


class PostgreSQL:
    """A running server that makes a database, migrated or empty, in about 25 ms."""

    def __init__(self, server: pgserver.PostgresServer) -> None:
        self._server = server
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)
        for setting in CARELESS:
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[arg-type]
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute(f"CREATE DATABASE {TEMPLATE}")  # type: ignore[arg-type]
        migrate.upgrade(self.url(TEMPLATE))

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def create(self, template: str = TEMPLATE) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")  # type: ignore[arg-type]
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]

    def close(self) -> None:
        self._admin.close()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    # A short path of its own: a Unix socket's path must stay below 108 characters.
    with pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete") as server:
        running = PostgreSQL(server)
        yield running
        running.close()


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


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
    name = server.create(template="template0")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(database_url)
    yield opened
    await opened.close()
