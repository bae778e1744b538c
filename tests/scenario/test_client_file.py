"""The client book as a file: out of Slack, out of the command line, and in again."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.services.import_clients import import_clients
from domain.client import Client, Contact
from domain.member import Workspace
from domain.words import Formality, Tier
from playground import Person, SlackStandIn, words
from storage import clients, members, workspaces
from tests.scenario.test_command_line import _data_dir, call, file_of, known_team
from tests.support.agency import ACME, SANNE, TEAM, coming, with_acme
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER

__all__ = ["_data_dir", "known_team"]

FULL: dict[str, Any] = {
    "notes": "=SUM(1)\nand, “more”",
    "tier": Tier.A,
    "revenue": 1_250_000.5,
    "revenue_share": 1.0,
    "language": "nl",
    "formality": Formality.INFORMAL,
    "time_zone": "Europe/London",
    "lead_email": "lead@house.example",
    "open_complaint": True,
    "contacts": (
        replace(SANNE, language="en", time_zone="America/New_York"),
        Contact(id="two", client_id="acme", name="@Joe", phone="+31207941234"),
    ),
}


async def book(bot: RunningBot) -> dict[str, Client]:
    return {client.name: client for client in await bot.meetdown.database.read(clients.all_of, TEAM)}


async def as_admin(slack: SlackStandIn, bot: RunningBot) -> None:
    slack.store.users[OWNER].is_admin = True
    await bot.meetdown.database.run(
        members.save_profile,
        team_id=TEAM,
        user_id=OWNER,
        name="Anna Berg",
        email="anna@meetdown.example",
        locale="en-US",
        time_zone="Europe/Amsterdam",
        now=bot.clock.now(),
        is_admin=True,
    )


async def test_the_book_goes_out_as_a_file_and_comes_in_again_as_it_was(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await as_admin(slack, bot)
    await with_acme(bot, **FULL)
    await with_acme(bot, id="z", name="'=Zeta", contacts=(), domains=())

    assert "I am writing 2 clients into a file." in words(await coming(anna, "clients export"))
    await bot.settle()

    message = anna.messages[-1]
    (file_id,) = message.files
    content = slack.content_of(file_id)
    assert "*The client book:* 2 clients." in words(message)
    assert slack.store.files[file_id].name == "clients-20260310.csv"
    cells = content.decode("utf-8-sig")
    assert "'+31207940800" in cells
    assert not re.search(r'(^|,)"?[=+@-]', cells, re.MULTILINE)
    await bot.meetdown.database.run(workspaces.purge, TEAM)
    await bot.meetdown.database.run(workspaces.save, Workspace(team_id=TEAM, name="Acme"))
    imported = await import_clients(bot.meetdown.database, team_id=TEAM, content=content)

    def without_ids(client: Client) -> Client:
        people = tuple(replace(one, id="", client_id="") for one in client.contacts)
        return replace(client, id="", tier_reviewed_at=None, contacts=people)

    assert imported.problems == ()
    assert {name: without_ids(one) for name, one in (await book(bot)).items()} == {
        "Acme": without_ids(replace(ACME, **FULL)),
        "'=Zeta": without_ids(replace(ACME, name="'=Zeta", contacts=(), domains=())),
    }


async def test_a_lead_takes_along_their_own_clients_and_others_none(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await with_acme(bot, lead_id=COLLEAGUE)
    await with_acme(bot, id="z", name="Zeta", contacts=(), domains=())

    refused = words(await coming(anna, "clients export"))
    await coming(ben, "clients export")
    await bot.settle()

    assert "for administrators" in refused
    assert not [one for one in anna.messages if one.files]
    content = slack.content_of(ben.messages[-1].files[0]).decode("utf-8-sig")
    assert "Acme" in content
    assert "Zeta" not in content
    assert "*De klant van wie je accountmanager bent.*" in words(ben.messages[-1])


def test_the_command_line_writes_what_it_reads(tmp_path: Path, known_team: None) -> None:
    call("import-clients", file_of(tmp_path, "name,tier,notes\nAcme,A,=1+1\n"), "--team", TEAM)
    path = tmp_path / "out.csv"

    shown = call("export-clients", "--team", TEAM)
    written = call("export-clients", str(path), "--team", TEAM)
    unknown = call("export-clients", "--team", "T0NOBODY")

    assert (shown.code, written.code, unknown.code) == (0, 0, 2)
    assert "Acme,A,,,,en,,,,,no,no,'=1+1,,,,," in shown.out
    assert path.read_text("utf-8") == shown.out
    assert path.stat().st_mode & 0o077 == 0
    assert unknown.err == "There is no workspace 'T0NOBODY' here\n"
