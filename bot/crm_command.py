"""`app.py sync-clients`: which customer system, for which workspace, and what came of it in words."""

import os
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal

import typer

from bot.commands import FAILED, MISTAKE, SHOWN_PROBLEMS, run, say
from bot.settings import Settings
from domain.crm import Alignment, Crm, Left, Trouble

TROUBLES: Mapping[Trouble, str] = {
    Trouble.NO_NAME: "has no name",
    Trouble.NAME_TAKEN: "is the name of another client here; merge the two, or rename one",
    Trouble.DOMAIN_TAKEN: "is a domain of another client here and stays there",
    Trouble.ARCHIVED: "is archived here and was left as it is",
}


def sync_clients(
    system: Annotated[Literal["hubspot", "salesforce"], typer.Argument(help="Where your customers are kept")],
    team: Annotated[str, typer.Option(help="The Slack workspace, T…", show_default=False)],
    everyone: Annotated[bool, typer.Option("--everyone", help="Also those who are not marked as customers")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change")] = False,
) -> None:
    """Bring names, domains, revenue, owners and renewals over from HubSpot or Salesforce; nothing is written there."""
    run(partial(_sync, crm=Crm(system), team_id=team, everyone=everyone, dry_run=dry_run))


async def _sync(settings: Settings, *, crm: Crm, team_id: str, everyone: bool, dry_run: bool) -> int:
    """0: done; 1: the customer system could not be read; 2: the call itself was wrong."""
    from bot.client_file import tables_are_there, team_is_known
    from bot.crm.hubspot import HubSpot
    from bot.crm.json_api import JsonApi, make_http
    from bot.crm.protocol import CrmProblem, ReadsAccounts
    from bot.crm.salesforce import Salesforce
    from bot.crm.settings import read_crm_settings
    from bot.services.crm_sync import follow_crm
    from storage.database import Database

    given = read_crm_settings(os.environ, crm, allow_private=settings.allow_private_urls)
    if not await tables_are_there(settings):
        return FAILED
    database = Database.open(settings.database_url)
    try:
        if not await team_is_known(settings, database, team_id):
            return MISTAKE
        async with make_http() as http:
            reader: ReadsAccounts
            if crm is Crm.HUBSPOT:
                api = JsonApi("HubSpot", http)
                reader = HubSpot(
                    api, url=given.url, token=given.token, renewal_property=given.renewal, customers_only=not everyone
                )
            else:
                reader = Salesforce(
                    JsonApi("Salesforce", http),
                    url=given.url,
                    client_id=given.client_id,
                    client_secret=given.client_secret,
                    renewal_field=given.renewal,
                    customers_only=not everyone,
                )
            return _report(await follow_crm(database, reader, team_id, dry_run=dry_run), dry_run=dry_run)
    except CrmProblem as problem:
        say(f"{problem}. Nothing was changed.")
        return FAILED
    finally:
        await database.close()


def _report(alignment: Alignment, *, dry_run: bool) -> int:
    for left in alignment.left[:SHOWN_PROBLEMS]:
        say(_sentence(left))
    if len(alignment.left) > SHOWN_PROBLEMS:
        say(f"and {len(alignment.left) - SHOWN_PROBLEMS} more")
    done = "Would be" if dry_run else "Done:"
    typer.echo(
        f"{done} {len(alignment.added)} new, {len(alignment.changed)} changed, {alignment.unchanged} as they were."
    )
    if alignment.added and not dry_run:
        typer.echo("New clients start with tier C: `/meetdown clients` shows which tier their revenue suggests.")
    return 0


def _sentence(left: Left) -> str:
    shown = "".join(char if char.isprintable() else " " for char in left.value)
    subject = f"“{shown}”" if shown else "The account"
    return f"{left.account_id}: {subject} {TROUBLES[left.trouble]}"
