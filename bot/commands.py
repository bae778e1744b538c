"""The commands of `app.py`: each takes the settings and answers with its exit code.

An operator's mistake is answered with one line, never with a traceback. What a command needs is imported when it runs,
so that `--help` need not wait for all of it.
"""

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer
from alembic.util.exc import CommandError
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.settings import Settings, SettingsError, read_settings
from bot.slack.problems import SlackProblem

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
MISTAKE = 2
"""Exit code for settings and arguments that are wrong; FAILED is for what went wrong with the right ones."""
NARROWEST = 100
"""Columns of a table where it is not written to a terminal."""
SHOWN_PROBLEMS = 100


def say(line: str) -> None:
    """On stderr, unbroken."""
    typer.echo(line, err=True)


def run(command: Callable[[Settings], Awaitable[int]]) -> NoReturn:
    """Ends the program with the command's exit code. On uvloop where there is one."""
    with _mistakes_in_one_line():
        settings = read_settings(os.environ)
        logs.configure(settings.log_format)

        async def work() -> int:
            return await command(settings)

        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            raise typer.Exit(runner.run(work()))


def worker() -> None:
    """Carry out what is due, without serving HTTP; any number may run beside `serve` on PostgreSQL."""
    run(_work)


def migrate() -> None:
    """Bring the tables of the database to this release."""
    run(_migrate)


def doctor() -> None:
    """Check settings, database, Slack and mail, and say what to do about each failure."""
    run(_examine)


def import_clients(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8, with a header line")],
    team: Annotated[str, typer.Option(help="The Slack workspace, T…", show_default=False)],
    country: Annotated[str, typer.Option(help="Whose phone numbers have no country code, such as NL")] = "",
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Import the good rows where others are bad")] = False,
) -> None:
    """Add clients and contacts from a file, or change those of the same name; all of them or none."""

    async def work(settings: Settings) -> int:
        from bot.client_file import import_file

        return await import_file(settings, file, team_id=team, country=country, skip_bad=skip_bad)

    run(work)


def export_clients(
    team: Annotated[str, typer.Option(help="The Slack workspace, T…", show_default=False)],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE.csv]", help="Where to; without it: to the screen")
    ] = None,
) -> None:
    """Write the clients and contacts of a workspace as a file that import-clients reads again."""

    async def work(settings: Settings) -> int:
        from bot.client_file import export_file

        return await export_file(settings, file, team_id=team)

    run(work)


def assess(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="A list of cases; docs/judgement.md has the keys")],
    as_json: Annotated[bool, typer.Option("--json", help="The answers as JSON, with every sentence")] = False,
    language: Annotated[Literal["en", "nl"], typer.Option(help="Of the sentences")] = "en",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=NUMBER", help="Try another number, such as budget_a=2")
    ] = None,
) -> None:
    """Judge made-up meetings, without Slack: see what the rules say, also with other numbers."""
    from bot.services.assess_answers import answer, show
    from bot.services.assess_file import LARGEST_FILE, read_cases
    from bot.services.assess_policy import SettingMistake, policy_with
    from messages.i18n import translator

    try:
        policy = policy_with(settings or [])
    except SettingMistake as mistake:
        say(f"--set: {mistake}")
        raise typer.Exit(MISTAKE) from None
    read = read_cases(read_file(file, LARGEST_FILE))
    if read.problems:
        _name_problems(file, [str(problem) for problem in read.problems])
        raise typer.Exit(MISTAKE)
    t = translator(language)
    if as_json:
        typer.echo(json.dumps([answer(t, case, policy) for case in read.cases], ensure_ascii=False, indent=2))
    else:
        show(t, read.cases, policy, _console())


def new_key() -> None:
    """Print a new key for MEETDOWN_SECRET_KEYS."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode("ascii"))


def read_file(path: Path, largest: int) -> bytes:
    """The bytes of a file that an operator named. Ends the program where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:
        say(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}")
        raise typer.Exit(MISTAKE) from None
    if len(content) > largest:
        say(f"{path} is larger than {largest // 1024**2} MB")
        raise typer.Exit(MISTAKE)
    return content


def _name_problems(file: Path, problems: Sequence[str]) -> None:
    """One line each; not more of them than somebody reads."""
    for problem in problems[:SHOWN_PROBLEMS]:
        say(f"{file.name}, {problem}")
    if len(problems) > SHOWN_PROBLEMS:
        say(f"{file.name}: and {len(problems) - SHOWN_PROBLEMS} more")


def _console() -> "Console":
    """On stdout, which may know fewer characters than we write: those become question marks."""
    from rich.console import Console

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    return console


async def _work(settings: Settings) -> int:
    from bot.assembly import work

    await work(settings)
    return 0


async def _migrate(settings: Settings) -> int:
    from storage.migrate import head, upgrade

    upgrade(settings.database_url)
    typer.echo(f"The tables are at {head()}.")
    return 0


async def _examine(settings: Settings) -> int:
    from bot.services.doctor import examine, healthy, show
    from domain.clock import SystemClock

    findings = await examine(settings, SystemClock())
    show(findings, _console())
    return 0 if healthy(findings) else FAILED


@contextmanager
def _mistakes_in_one_line() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        say(f"Settings: {' '.join(str(error).split())}")
        raise typer.Exit(MISTAKE) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        say(f"Database: {_database_line(error)}")
        raise typer.Exit(FAILED) from None
    except CommandError as error:
        say(f"Database: {error}. Is it of a newer release?")
        raise typer.Exit(FAILED) from None
    except SlackProblem as problem:
        say(f"Slack: {problem}. `app.py doctor` says more")
        raise typer.Exit(FAILED) from None
    except OSError as error:
        say(f"Failed: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _database_line(error: Exception) -> str:
    """Without SQL and its parameters: they hold what people wrote."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()
    line = words[0][:300] if words else type(error).__name__
    if "locked" in line:
        return f"{line}: another process holds it; stop that one or try again"
    return f"{line}. `app.py doctor` says more"


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop
    return new_event_loop
