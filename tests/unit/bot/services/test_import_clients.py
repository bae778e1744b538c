import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography.fernet import Fernet

from bot.services.client_cells import RowProblem
from bot.services.import_clients import SENTENCES, Imported, import_clients, sentence
from domain.client import Client, Contact
from domain.errors import DomainError, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Workspace
from domain.planned import Calendar
from domain.words import Formality, Tier
from storage import calendars, clients, members, migrate, proposals, workspaces
from storage.database import Database
from storage.vault import Vault

TEAM = "T0ACME"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADER = (
    "name,tier,revenue_share,domains,language,lead_email,contact_name,contact_email,contact_phone,renewal_on,notes\n"
)


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'meetdown.db'}"
    migrate.upgrade(url)
    opened = Database.open(url)
    await opened.run(workspaces.save, Workspace(team_id=TEAM, name="Acme", country="NL"))
    yield opened
    await opened.close()


async def stored(database: Database) -> list[Client]:
    """Without the random ids."""
    return [
        replace(
            client,
            id="",
            contacts=tuple(replace(contact, id="", client_id="") for contact in client.contacts),
        )
        for client in await database.read(clients.all_of, TEAM)
    ]


async def test_a_good_file_becomes_clients_with_their_contacts(database: Database) -> None:
    content = (
        HEADER
        + "Globex,A,12%,globex.example,nl,,Hank Scorpio,hank@globex.example,020 794 0800,2027-03-31,Likes it short\n"
        "Globex,,,,,,Mona Kruse,mona@globex.example,,,\n"
        "Initech,c,,,,,,,,,\n"
    )

    imported = await import_clients(database, team_id=TEAM, content=content.encode())

    assert imported == Imported(added=2, contacts=2)
    assert await stored(database) == [
        Client(
            id="",
            team_id=TEAM,
            name="Globex",
            tier=Tier.A,
            revenue_share=0.12,
            domains=("globex.example",),
            language="nl",
            renewal_on=datetime(2027, 3, 31, tzinfo=UTC).date(),
            notes="Likes it short",
            contacts=(
                Contact(id="", client_id="", name="Hank Scorpio", email="hank@globex.example", phone="+31207940800"),
                Contact(id="", client_id="", name="Mona Kruse", email="mona@globex.example"),
            ),
        ),
        Client(id="", team_id=TEAM, name="Initech", tier=Tier.C),
    ]


async def test_one_bad_row_keeps_all_rows_out_and_is_named_by_line_and_column(database: Database) -> None:
    content = "name,tier\nGlobex,A\nInitech,X\n"

    imported = await import_clients(database, team_id=TEAM, content=content.encode())

    problem = RowProblem(line=3, column="tier", code=InvalidCode.NOT_A_TIER, value="X")
    assert imported == Imported(problems=(problem,))
    assert sentence(problem) == "line 3, column tier: “X” is not a tier; use A, B or C"
    assert await stored(database) == []


async def test_bad_rows_may_be_skipped(database: Database) -> None:
    content = "name,tier\nGlobex,A\nInitech,X\n"

    imported = await import_clients(database, team_id=TEAM, content=content.encode(), skip_bad=True)

    problem = RowProblem(line=3, column="tier", code=InvalidCode.NOT_A_TIER, value="X")
    assert imported == Imported(added=1, problems=(problem,))
    assert [client.name for client in await stored(database)] == ["Globex"]


async def test_an_empty_cell_leaves_what_is_known_and_a_full_one_replaces_it(database: Database) -> None:
    known = Client(
        id=new_id(),
        team_id=TEAM,
        name="Globex",
        tier=Tier.B,
        revenue_share=0.2,
        domains=("globex.example",),
        language="nl",
        formality=Formality.INFORMAL,
        time_zone="Europe/Amsterdam",
        open_complaint=True,
        glad_to_write=True,
        notes="Old friends",
        contacts=(Contact(id=new_id(), client_id="", name="Hank", email="hank@globex.example", phone="+31207940800"),),
    )
    known = replace(known, contacts=tuple(replace(one, client_id=known.id) for one in known.contacts))
    await database.run(clients.add, known)
    content = HEADER + "GLOBEX,A,,globex.test,,,Hank Scorpio,hank@globex.example,,,\n"

    imported = await import_clients(database, team_id=TEAM, content=content.encode())

    assert imported == Imported(updated=1, contacts=1)
    assert await database.read(clients.all_of, TEAM) == [
        replace(
            known,
            name="GLOBEX",
            tier=Tier.A,
            domains=("globex.example", "globex.test"),
            contacts=(replace(known.contacts[0], name="Hank Scorpio"),),
        )
    ]


async def test_the_same_file_twice_changes_nothing(database: Database) -> None:
    content = (HEADER + "Globex,A,,globex.example,,,Hank,hank@globex.example,,,\nInitech,B,,,,,Bill,,,,\n").encode()
    await import_clients(database, team_id=TEAM, content=content)
    before = await database.read(clients.all_of, TEAM)

    imported = await import_clients(database, team_id=TEAM, content=content)

    assert imported == Imported(updated=2, contacts=2)
    assert await database.read(clients.all_of, TEAM) == before


async def test_a_lead_is_found_by_address_or_kept_until_one_is(database: Database) -> None:
    await database.run(
        members.save_profile, TEAM, "U0ANNA", "Anna", "Anna@meetdown.example", "nl-NL", "Europe/Amsterdam", NOW
    )
    content = "name,tier,lead_email\nGlobex,A,anna@Meetdown.example\nInitech,B,ben@meetdown.example\n"

    imported = await import_clients(database, team_id=TEAM, content=content.encode())

    assert imported == Imported(added=2, unknown_leads=("ben@meetdown.example",))
    assert [(client.lead_id, client.lead_email) for client in await stored(database)] == [
        ("U0ANNA", "anna@meetdown.example"),
        (None, "ben@meetdown.example"),
    ]


async def test_a_domain_of_another_client_is_a_bad_row(database: Database) -> None:
    await import_clients(database, team_id=TEAM, content=b"name,tier,domains\nGlobex,A,globex.example\n")
    content = b"name,tier,domains\nHooli,B,hooli.example\nInitech,B,initech.example globex.example\n"

    refused = await import_clients(database, team_id=TEAM, content=content)
    skipped = await import_clients(database, team_id=TEAM, content=content, skip_bad=True)

    problem = RowProblem(line=3, column="domains", code=InvalidCode.DOMAIN_TAKEN, value="globex.example")
    assert refused == Imported(problems=(problem,))
    assert skipped == Imported(added=1, problems=(problem,))
    assert [client.name for client in await stored(database)] == ["Globex", "Hooli"]


async def test_after_an_import_the_calendars_are_read_anew_and_proposals_are_settled(database: Database) -> None:
    vault = Vault([Fernet.generate_key().decode()])
    calendar = Calendar(id="cal", team_id=TEAM, owner_id="U0ANNA", url="https://feeds.example/x.ics", next_sync_at=NOW)
    await database.run(calendars.add, vault, calendar)
    await database.run(
        calendars.synced,
        TEAM,
        "cal",
        etag='"1"',
        last_modified="",
        now=NOW,
        next_sync_at=NOW + timedelta(hours=1),
        client_meetings=0,
    )
    await database.run(proposals.propose, TEAM, "globex.example", "hank@globex.example", "U0ANNA", NOW)

    await import_clients(database, team_id=TEAM, content=b"name,tier,domains\nGlobex,A,globex.example\n")

    read_anew = await database.read(calendars.get, vault, TEAM, "cal")
    assert read_anew is not None
    assert read_anew.etag == ""
    assert await database.read(calendars.due, NOW, 5) == [(TEAM, "cal")]
    assert await database.read(proposals.get, TEAM, "globex.example") is None


@pytest.mark.parametrize(
    ("country", "written", "phone"),
    [("", "020 794 0800", "+31207940800"), ("GB", "020 7946 0958", "+442079460958")],
    ids=["the workspace's", "the one that is given"],
)
async def test_numbers_without_a_country_code_are_of_a_country(
    database: Database, country: str, written: str, phone: str
) -> None:
    content = f"name,tier,contact_name,contact_phone\nGlobex,A,Hank,{written}\n"

    await import_clients(database, team_id=TEAM, content=content.encode(), country=country)

    assert [client.contacts[0].phone for client in await stored(database)] == [phone]


async def test_another_teams_clients_are_never_touched(database: Database) -> None:
    await database.run(workspaces.save, Workspace(team_id="T0OTHER"))
    await import_clients(database, team_id="T0OTHER", content=b"name,tier,domains\nGlobex,C,globex.example\n")

    imported = await import_clients(database, team_id=TEAM, content=b"name,tier,domains\nGlobex,A,globex.example\n")

    assert imported == Imported(added=1)
    assert [client.tier for client in await database.read(clients.all_of, "T0OTHER")] == [Tier.C]


async def test_an_unknown_workspace_is_refused(database: Database) -> None:
    with pytest.raises(DomainError) as refused:
        await import_clients(database, team_id="T0NOBODY", content=b"name,tier\nGlobex,A\n")

    assert refused.value.problem is Problem.WORKSPACE_UNKNOWN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: there are no clients in this file"),
        (b"name,tier\n", "line 1: there are no clients in this file"),
        (b"name,tier\nGlobex,A\nCaf\xe9,B\n", "line 3: this is not UTF-8; save the file as “CSV UTF-8”"),
        (b"name\nGlobex\n", "line 1, column tier: “tier” is missing; this column is needed"),
        (b"name,tier,shoe size\nGlobex,A,43\n", "line 1, column shoe size: “shoe size” is not a column that is known"),
        (b"name,tier\n,A\n", "line 2, column name: is empty; it is needed"),
    ],
)
async def test_what_is_wrong_is_said_in_words(database: Database, content: bytes, said: str) -> None:
    imported = await import_clients(database, team_id=TEAM, content=content, skip_bad=True)

    assert imported.nothing_done
    assert [sentence(problem) for problem in imported.problems] == [said]


def test_there_is_a_sentence_for_every_code_that_the_file_can_lead_to() -> None:
    source = Path(import_clients.__code__.co_filename).parent
    text = "".join((source / name).read_text() for name in ("client_csv.py", "client_cells.py"))

    used = {code for code in InvalidCode if re.search(rf"InvalidCode\.{code.name}\b", text)}

    assert used == set(SENTENCES)
