"""The doctor's checks of what is on this machine: data directory, database, keys."""

import os
import sqlite3
import stat
import tempfile
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.secret_keys import KEY_FILE, load_secret_keys
from bot.services.doctor_finding import Finding, State
from bot.settings import Settings, SettingsError
from storage import migrate
from storage.database import Database, is_sqlite

CONNECT_SECONDS = 5


def check_data_dir(settings: Settings) -> Finding:
    """Whether files can be made there; where it does not exist yet, in the nearest directory above it."""
    place = settings.data_dir
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        says = f"{place} cannot be written to: {error.strerror}"
        advice = "let the bot's user write there, or set MEETDOWN_DATA_DIR to a directory where it may"
        return Finding("data directory", State.FAILED, says, advice)
    later = "" if settings.data_dir.exists() else " will be made at the first start"
    return Finding("data directory", State.OK, f"{settings.data_dir}{later}")


async def check_database(settings: Settings) -> list[Finding]:
    """Reachable, writable, and with the tables that this release expects. A file that is not there is not made."""
    url = make_url(settings.database_url)
    shown = url.render_as_string(hide_password=True)
    if not_made_yet(settings):
        return [Finding("database", State.OK, f"{shown} will be made at the first start")]
    if not is_sqlite(url) and "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})
    try:
        revision = await revision_of(url.render_as_string(hide_password=False))
    except (SQLAlchemyError, sqlite3.Error, OSError, ValueError) as error:
        return [Finding("database", State.FAILED, f"{shown}: {reason(error)}", _database_advice(url, error))]
    return [Finding("database", State.OK, f"{shown} answers"), _tables(revision, sqlite=is_sqlite(url))]


def not_made_yet(settings: Settings) -> bool:
    """Whether the database is a file that the first start makes."""
    url = make_url(settings.database_url)
    return is_sqlite(url) and not Path(url.database or "").exists()


async def revision_of(url: str) -> str | None:
    """Which migration the database is at; None before the first. In a transaction that may write, as that finds out
    whether it is locked or read-only. Raises SQLAlchemyError.
    """
    database = Database.open(url)
    try:
        return await database.run(_current)
    finally:
        await database.close()


def _current(session: Session) -> str | None:
    return MigrationContext.configure(session.connection()).get_current_revision()


def _tables(revision: str | None, *, sqlite: bool) -> Finding:
    head = migrate.head()
    if revision == head:
        return Finding("tables", State.OK, f"at {head}, as this release expects")
    if revision is not None and revision > head:
        says = f"at {revision}, which this release does not know"
        return Finding("tables", State.FAILED, says, "the database is of a newer release: run that one")
    found = f"at {revision}" if revision else "none yet"
    if sqlite:
        return Finding("tables", State.OK, f"{found}; `app.py serve` brings them to {head} at its start")
    return Finding("tables", State.FAILED, f"{found}, but this release expects {head}", "run `app.py migrate`")


def reason(error: Exception) -> str:
    """The driver's own words on one line; without SQL and parameters, which could hold what people wrote."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()
    return words[0][:300] if words else type(error).__name__


def _database_advice(url: URL, error: Exception) -> str:
    if not is_sqlite(url):
        return "check MEETDOWN_DATABASE_URL, and that the server runs and lets this user in from here"
    if "locked" in str(error):
        return "another process holds the database: stop it, or wait for it to finish"
    return "check MEETDOWN_DATABASE_URL and that the file is the bot's own and may be written to"


def check_secret_keys(settings: Settings) -> list[Finding]:
    path = settings.data_dir / KEY_FILE
    if not settings.secret_keys and not path.exists():
        return [Finding("secret keys", State.OK, f"{path} will be made at the first start")]
    try:
        keys = load_secret_keys(settings)
    except SettingsError as error:
        return [Finding("secret keys", State.FAILED, str(error), "`app.py new-key` prints a new key")]
    source = "MEETDOWN_SECRET_KEYS" if settings.secret_keys else str(path)
    count = f"{len(keys)} key{'' if len(keys) == 1 else 's'} in {source}"
    if not settings.secret_keys and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [Finding("secret keys", State.WARNING, f"{count}, which others may read", f"run `chmod 600 {path}`")]
    return [Finding("secret keys", State.OK, count)]
