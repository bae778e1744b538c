"""`app.py` as an operator meets it: exit codes, one line for a mistake, never a traceback."""

import asyncio
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from app import app
from bot import logs
from bot.settings import LogFormat
from domain.client import Client
from domain.member import Workspace
from playground import SlackStandIn
from storage import clients, migrate, workspaces
from storage.database import Database
from tests.support.slack import slack

__all__ = ["slack"]

ROOT = Path(__file__).parent.parent.parent
TEAM = "T0ACME"


@dataclass(frozen=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands set logging up for the process; afterwards it is as it was."""
    monkeypatch.setenv("MEETDOWN_DATA_DIR", str(tmp_path / "data"))
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def call(*arguments: str, **environ: str) -> Ended:
    """In this process, so that a test takes no second; whatever would be a traceback is raised."""
    result = CliRunner().invoke(app, arguments, env=environ, catch_exceptions=False)
    return Ended(code=result.exit_code, out=result.stdout, err=result.stderr)


def call_program(*arguments: str, **environ: str) -> Ended:
    """As the operator does."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environ},
        check=False,
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'meetdown.db'}"


async def stored(tmp_path: Path) -> list[Client]:
    database = Database.open(database_url(tmp_path))
    try:
        return await database.read(clients.all_of, TEAM)
    finally:
        await database.close()


@pytest.fixture
async def known_team(tmp_path: Path) -> None:
    migrate.upgrade(database_url(tmp_path))
    database = Database.open(database_url(tmp_path))
    await database.run(workspaces.save, Workspace(team_id=TEAM))
    await database.close()


def file_of(tmp_path: Path, content: str | bytes) -> str:
    path = tmp_path / "clients.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_help_names_every_command() -> None:
    ended = call("--help")

    assert ended.code == 0
    for command in ("serve", "worker", "migrate", "doctor", "import-clients", "new-key"):
        assert f" {command} " in ended.out


@pytest.mark.parametrize("arguments", [(), ("serve",), ("worker",), ("migrate",), ("doctor",)])
def test_partial_settings_are_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    ended = call(*arguments, SLACK_BOT_TOKEN="xoxb-hushhush")

    assert ended == Ended(
        code=2,
        out="",
        err="Settings: SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside "
        "SLACK_BOT_TOKEN\n",
    )


def test_wrong_settings_are_all_named_without_their_values_by_the_program_too() -> None:
    ended = call_program("doctor", MEETDOWN_PORT="hushhush", MEETDOWN_LOG_FORMAT="hushhush")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "Settings: MEETDOWN_PORT must be a number from 0 to 65535; MEETDOWN_LOG_FORMAT must be console or json\n"
    )


def test_a_key_file_that_holds_no_key_is_said_in_the_doctors_table(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("nonsense")

    ended = call("doctor")

    assert ended.code == 1
    assert "1 of 6 checks failed." in ended.out


def test_the_doctor_is_content_before_the_first_start_without_making_anything(tmp_path: Path) -> None:
    ended = call("doctor")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("All is well.\n")
    assert not (tmp_path / "data").exists()


def test_a_new_key_is_a_fernet_key_and_another_one_each_time() -> None:
    first, second = call("new-key"), call("new-key")

    assert Fernet(first.out.strip())
    assert first != second


def test_migrating_makes_the_tables_and_doing_it_again_does_nothing(tmp_path: Path) -> None:
    first, second = call("migrate"), call("migrate")

    assert first == second == Ended(code=0, out=f"The tables are at {migrate.head()}.\n", err="")


def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    call("migrate")
    with sqlite3.connect(tmp_path / "data" / "meetdown.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    ended = call("migrate")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Database: ")
    assert ended.err.count("\n") == 1


def test_a_database_that_cannot_be_reached_is_one_line() -> None:
    ended = call_program(
        "migrate",
        MEETDOWN_DATABASE_URL="postgresql://meetdown:hushhush@127.0.0.1:9/meetdown",
        MEETDOWN_SECRET_KEYS=Fernet.generate_key().decode(),
    )

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Database: ")
    assert ended.err.count("\n") == 1
    assert "hushhush" not in ended.err


@pytest.mark.usefixtures("known_team")
async def test_a_client_book_is_imported_and_counted(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        "name,tier,domains,lead_email,contact_name,contact_email\n"
        "Globex,A,globex.example,anna@meetdown.example,Hank,hank@globex.example\n"
        "Initech,B,,,,\n",
    )

    ended = call_program("import-clients", file, "--team", TEAM)

    assert ended == Ended(
        code=0,
        out="Imported 2 clients: 2 new, 0 updated, 1 contact.\n"
        "Not seen in Slack yet, so without their lead for now: anna@meetdown.example\n",
        err="",
    )
    assert [client.name for client in await stored(tmp_path)] == ["Globex", "Initech"]


@pytest.mark.usefixtures("known_team")
def test_bad_rows_are_named_and_may_be_skipped(tmp_path: Path) -> None:
    file = file_of(tmp_path, "name,tier,renewal_on\nGlobex,A,\nInitech,X,soon\n")

    refused = call("import-clients", file, "--team", TEAM)
    skipped = call("import-clients", file, "--team", TEAM, "--skip-bad")

    named = (
        "clients.csv, line 3, column tier: “X” is not a tier; use A, B or C\n"
        "clients.csv, line 3, column renewal_on: “soon” is not a date; write 2027-03-31\n"
    )
    assert refused == Ended(
        code=1,
        out="",
        err=f"{named}Nothing was imported: 1 bad row; mend them, or import the others with --skip-bad.\n",
    )
    assert skipped == Ended(
        code=0, out="Imported 1 client: 1 new, 0 updated, 0 contacts; 1 bad row left out.\n", err=named
    )


@pytest.mark.usefixtures("known_team")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "clients.csv, line 1: there are no clients in this file\n"),
        (b"name,tier\nCaf\xe9,A\n", "clients.csv, line 2: this is not UTF-8; save the file as “CSV UTF-8”\n"),
        (b"\x00" * 100, "clients.csv, line 1: this is not a CSV file\n"),
    ],
)
def test_a_file_that_is_no_client_book_is_said_to_be_none(tmp_path: Path, content: bytes, said: str) -> None:
    ended = call("import-clients", file_of(tmp_path, content), "--team", TEAM, "--skip-bad")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(said)


@pytest.mark.parametrize("place", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, place: str) -> None:
    ended = call("import-clients", str(tmp_path / place), "--team", TEAM)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err in (
        f"{tmp_path / place} cannot be read: No such file or directory\n",
        f"{tmp_path / place} cannot be read: Is a directory\n",
    )


def test_a_file_that_is_too_large_is_not_read_whole() -> None:
    ended = call("import-clients", "/dev/zero", "--team", TEAM)

    assert ended == Ended(code=2, out="", err="/dev/zero is larger than 10 MB\n")


@pytest.mark.usefixtures("known_team")
def test_an_unknown_team_or_country_is_one_line(tmp_path: Path) -> None:
    file = file_of(tmp_path, "name,tier\nGlobex,A\n")

    team = call("import-clients", file, "--team", "T0NOBODY")
    country = call("import-clients", file, "--team", TEAM, "--country", "Narnia")

    assert team == Ended(code=2, out="", err="There is no workspace 'T0NOBODY' here (known: T0ACME)\n")
    assert country == Ended(code=2, out="", err="--country 'Narnia' is not a country code such as NL\n")


def test_import_without_a_team_says_what_is_missing(tmp_path: Path) -> None:
    ended = call("import-clients", file_of(tmp_path, "name,tier\nGlobex,A\n"))

    assert ended.code == 2
    assert "--team" in ended.err


async def test_the_workspace_of_the_bot_token_is_known_before_the_first_start(
    tmp_path: Path, slack: SlackStandIn
) -> None:
    file = file_of(tmp_path, "name,tier\nGlobex,A\n")
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }

    good = await asyncio.to_thread(call, "import-clients", file, "--team", TEAM, **environ)
    other = await asyncio.to_thread(call, "import-clients", file, "--team", "T0OTHER", **environ)

    assert good == Ended(code=0, out="Imported 1 client: 1 new, 0 updated, 0 contacts.\n", err="")
    assert other == Ended(code=2, out="", err="There is no workspace 'T0OTHER' here (known: T0ACME)\n")
    assert [client.name for client in await stored(tmp_path)] == ["Globex"]


@pytest.mark.usefixtures("known_team")
async def test_a_locked_database_is_one_line_and_nothing_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_S", 0.05)
    file = file_of(tmp_path, "name,tier\nGlobex,A\n")
    holder = sqlite3.connect(tmp_path / "data" / "meetdown.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    ended = await asyncio.to_thread(call, "import-clients", file, "--team", TEAM)
    holder.close()

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "Database: database is locked: another process holds it; stop that one or try again\n"
    assert await stored(tmp_path) == []


def test_logs_hold_no_tokens_addresses_or_bodies(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.JSON, sys.stderr)

    structlog.get_logger("bot.x").warning("sync", url="https://feeds.example/hush/x.ics", body="hush", who="U0ANNA")
    logging.getLogger("bot.y").warning("got %s from %s", "xoxb-1-hush", "https://anna:hush@feeds.example/hush?k=hush")
    try:
        raise ValueError("cannot fetch webcal://feeds.example/private-hush/basic.ics")
    except ValueError:
        structlog.get_logger("bot.z").exception("failed", nested={"token": "hush", "list": ["xapp-hush"]})

    written = capsys.readouterr().err
    assert "hush" not in written
    assert '"who": "U0ANNA"' in written
    assert "webcal://feeds.example/…" in written
    assert "got … from https://feeds.example/…" in written
    assert written.count("\n") == 3
