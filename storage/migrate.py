"""Brings the tables of a database to what the code expects: at start on SQLite, by `app.py migrate` on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event, text

from storage.database import database_url, is_sqlite

LOCK = 0x6D656574
"""PostgreSQL's advisory lock that every migration of this product takes: any number, the same in every release."""
WAIT_S = 60
"""How long to wait for another process that migrates."""


def upgrade(url: str, revision: str = "head") -> None:
    """All of it in one transaction, one process at a time; nothing happens where the database is up to date."""
    with _connected(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Takes migrations back, with the data they made room for. For tests, and for an operator who knows why."""
    with _connected(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """The revision that the database is at; None before the first."""
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision that the code expects."""
    newest = ScriptDirectory.from_config(_config(None)).get_current_head()
    if newest is None:
        raise RuntimeError("there are no migrations")
    return newest


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    parsed = database_url(url)
    if not is_sqlite(parsed):
        with create_engine(parsed, poolclass=NullPool).begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_S}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            # From here on it waits for tables in use: better to give up than to hold up everybody who waits behind.
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            yield connection
        return
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(parsed, poolclass=NullPool, connect_args={"timeout": WAIT_S, "isolation_level": None})
    # The write lock from the start: a second process waits, and then finds everything done. Foreign keys stay off,
    # as SQLite changes tables by copying them.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        yield connection
