"""`app.py import-clients` and `export-clients`: the file, the workspace, and what came of it in words."""

import os
import sys
from pathlib import Path

import phonenumbers
import typer

from bot.commands import FAILED, MISTAKE, read_file, say
from bot.services.client_exports import export_all
from bot.services.doctor_home import not_made_yet, revision_of
from bot.services.import_clients import LARGEST_FILE, Imported, import_clients, sentence
from bot.settings import Settings
from bot.slack.inspection import TokenFacts, inspect_bot_token
from bot.slack.problems import SlackProblem
from bot.slack.web_api import make_client, make_session
from domain.errors import DomainError
from domain.member import Workspace
from storage import migrate, workspaces
from storage.database import Database


async def import_file(settings: Settings, file: Path, *, team_id: str, country: str, skip_bad: bool) -> int:
    """0: imported (with `skip_bad` also where rows were left out); 1: bad rows; 2: the call itself was wrong."""
    if country and country.upper() not in phonenumbers.SUPPORTED_REGIONS:
        say(f"--country {country!r} is not a country code such as NL")
        return MISTAKE
    content = read_file(file, LARGEST_FILE)
    if not await tables_are_there(settings):
        return FAILED
    database = Database.open(settings.database_url)
    try:
        if not await team_is_known(settings, database, team_id):
            return MISTAKE
        imported = await import_clients(database, team_id=team_id, content=content, country=country, skip_bad=skip_bad)
    except DomainError:
        say(f"The workspace {team_id} was removed in the meantime")
        return MISTAKE
    finally:
        await database.close()
    return _report(imported, file, skip_bad=skip_bad)


async def export_file(settings: Settings, file: Path | None, *, team_id: str) -> int:
    """0: written; 2: the call itself was wrong. What is there under that name is replaced."""
    if not await tables_are_there(settings):
        return FAILED
    database = Database.open(settings.database_url)
    try:
        content = await export_all(database, team_id)
    except DomainError:
        say(f"There is no workspace {team_id!r} here")
        return MISTAKE
    finally:
        await database.close()
    if file is None:
        sys.stdout.buffer.write(content)
        return 0
    _write(file, content)
    say(f"Written to {file}.")
    return 0


def _write(file: Path, content: bytes) -> None:
    """It holds names and numbers of people: nobody else on this machine need read it."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)


async def tables_are_there(settings: Settings) -> bool:
    """On SQLite they are made where they are missing, as at start."""
    if not_made_yet(settings) or await revision_of(settings.database_url) != migrate.head():
        if settings.on_postgresql:
            say("Database: its tables are not those of this release; run `app.py migrate`")
            return False
        migrate.upgrade(settings.database_url)
    return True


async def team_is_known(settings: Settings, database: Database, team_id: str) -> bool:
    """Says what is known where it is not. The workspace of the bot token is known before the bot's first start, too."""
    if await database.read(workspaces.get, team_id) is not None:
        return True
    facts = await _workspace_of_token(settings)
    if facts is not None and facts.team_id == team_id:
        found = Workspace(team_id=team_id, name=facts.team, bot_user_id=facts.bot_user_id)
        await database.run(workspaces.save, found)
        return True
    known = sorted({*await database.read(workspaces.all_ids), *([facts.team_id] if facts else [])})
    which = f"known: {', '.join(known[:20])}" if known else "none is known yet; install the bot and start it once"
    say(f"There is no workspace {team_id!r} here ({which})")
    return False


async def _workspace_of_token(settings: Settings) -> TokenFacts | None:
    if settings.slack_bot_token is None:
        return None
    async with make_session() as session:
        client = make_client(session, settings.slack_api_url)
        try:
            return await inspect_bot_token(client, settings.slack_bot_token.get_secret_value())
        except SlackProblem:
            return None


def _report(imported: Imported, file: Path, *, skip_bad: bool) -> int:
    for problem in imported.problems:
        say(f"{file.name}, {sentence(problem)}")
    count = _counted(len({problem.line for problem in imported.problems}), "bad row")
    if imported.nothing_done:
        hint = "" if skip_bad else "; mend them, or import the others with --skip-bad"
        say(f"Nothing was imported: {count}{hint}.")
        return FAILED
    done = f"{imported.added} new, {imported.updated} updated, {_counted(imported.contacts, 'contact')}"
    total = _counted(imported.added + imported.updated, "client")
    typer.echo(f"Imported {total}: {done}" + (f"; {count} left out." if imported.problems else "."))
    if imported.unknown_leads:
        typer.echo(f"Not seen in Slack yet, so without their lead for now: {', '.join(imported.unknown_leads)}")
    return 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
