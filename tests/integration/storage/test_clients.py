"""The client book on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from domain.client import Client, Contact
from domain.words import Tier
from storage import clients
from storage.clients import ImportCounts
from storage.database import Database
from tests.support.stored import ACME, ANN, BOB, OTHER_TEAM, TEAM

GLOBEX = Client(id="globex", team_id=TEAM, name="Globex", tier=Tier.C, domains=("globex.example",))


async def test_a_client_is_read_as_it_was_added(database: Database) -> None:
    await database.run(clients.add, ACME)

    assert await database.run(clients.get, TEAM, "acme") == ACME


async def test_clients_come_by_name_each_with_its_own(database: Database) -> None:
    await database.run(clients.add, GLOBEX)
    await database.run(clients.add, replace(ACME, name="acme"))

    assert await database.run(clients.all_of, TEAM) == [replace(ACME, name="acme"), GLOBEX]
    assert await database.run(clients.all_of, OTHER_TEAM) == []
    assert await database.run(clients.domains, TEAM) == {
        "acme.example": "acme",
        "acme-group.example": "acme",
        "globex.example": "globex",
    }


async def test_a_name_is_found_in_any_case(database: Database) -> None:
    strasse = replace(GLOBEX, name="Große Straße")
    await database.run(clients.add, strasse)

    assert await database.run(clients.by_name, TEAM, " GROSSE STRASSE ") == strasse
    assert await database.run(clients.name_taken, TEAM, "grosse strasse")
    assert not await database.run(clients.name_taken, TEAM, "grosse strasse", but_not="globex")
    assert not await database.run(clients.name_taken, TEAM, "Acme")
    assert not await database.run(clients.name_taken, OTHER_TEAM, "grosse strasse")


async def test_a_domain_belongs_to_one_client(database: Database) -> None:
    await database.run(clients.add, ACME)

    assert await database.run(clients.domain_taken, TEAM, "ACME.example") == "Acme"
    assert await database.run(clients.domain_taken, TEAM, "acme.example", but_not="acme") is None
    assert await database.run(clients.domain_taken, OTHER_TEAM, "acme.example") is None
    with pytest.raises(IntegrityError):
        await database.run(clients.add, replace(GLOBEX, domains=("acme.example",)))


async def test_two_clients_of_one_name_are_refused(database: Database) -> None:
    await database.run(clients.add, ACME)

    with pytest.raises(IntegrityError):
        await database.run(clients.add, replace(GLOBEX, name="ACME"))
    await database.run(clients.add, replace(GLOBEX, name="ACME", team_id=OTHER_TEAM))


async def test_an_update_replaces_fields_and_domains_and_keeps_contacts(database: Database) -> None:
    await database.run(clients.add, ACME)
    changed = replace(ACME, name="Acme B.V.", tier=Tier.B, domains=("acme.test",), renewal_on=None, contacts=())

    await database.run(clients.update, changed)

    assert await database.run(clients.get, TEAM, "acme") == replace(changed, contacts=(ANN, BOB))
    assert await database.run(clients.domains, TEAM) == {"acme.test": "acme"}


async def test_another_team_cannot_update_a_client(database: Database) -> None:
    await database.run(clients.add, ACME)

    await database.run(clients.update, replace(ACME, name="Mine", domains=("mine.example",), team_id=OTHER_TEAM))
    with pytest.raises(LookupError):
        await database.run(clients.add_contact, OTHER_TEAM, replace(ANN, id="spy", email=""))

    assert await database.run(clients.get, TEAM, "acme") == ACME
    assert await database.run(clients.domains, OTHER_TEAM) == {}


async def test_a_phone_number_is_kept_for_the_contact(database: Database) -> None:
    await database.run(clients.add, ACME)

    await database.run(clients.set_contact_phone, OTHER_TEAM, "bob", "+310000000")
    await database.run(clients.set_contact_phone, TEAM, "bob", "+31611111111")

    found = await database.run(clients.get, TEAM, "acme")
    assert found == replace(ACME, contacts=(ANN, replace(BOB, phone="+31611111111")))


async def test_the_contact_for_a_meeting_attends_or_can_be_rung_or_is_the_first(database: Database) -> None:
    await database.run(clients.add, replace(ACME, contacts=(BOB, ANN)))
    await database.run(clients.add, replace(GLOBEX, contacts=(replace(BOB, id="b2", client_id="globex"),)))

    async def contact(client_id: str, *emails: str) -> str | None:
        found = await database.run(clients.contact_for, TEAM, client_id, emails)
        return found.id if found else None

    assert await contact("acme", "zoe@acme.example", "Bob@acme.example", "ann@acme.example") == "bob"
    assert await contact("acme", "zoe@acme.example") == "ann"
    assert await contact("acme") == "ann"
    assert await contact("globex") == "b2"
    assert await contact("nobody") is None
    assert await database.run(clients.contact_for, OTHER_TEAM, "acme", []) is None


async def test_a_contact_is_saved_once_per_address(database: Database) -> None:
    await database.run(clients.add, ACME)
    moved = Contact(id="new", client_id="acme", name="Ann de Vries", email="ANN@acme.example", time_zone="UTC")
    zoe = Contact(id="zoe", client_id="acme", name="Zoe")

    for contact in (moved, zoe, replace(zoe, id="zoe-2", phone="+31622222222")):
        await database.run(clients.save_contact, TEAM, contact)

    found = await database.run(clients.get, TEAM, "acme")
    assert found is not None
    assert found.contacts == (
        replace(ANN, name="Ann de Vries", time_zone="UTC"),
        BOB,
        replace(zoe, phone="+31622222222"),
    )


async def test_an_import_adds_what_is_new_and_updates_the_rest(database: Database) -> None:
    await database.run(clients.add, ACME)
    ann = replace(ANN, id="import-ann", client_id="import-acme", phone="+31633333333", language="")
    carl = Contact(id="carl", client_id="import-acme", name="Carl", email="carl@acme.example")
    imported = Client(
        id="import-acme",
        team_id=TEAM,
        name="ACME",
        tier=Tier.B,
        domains=("acme.test", "acme.example"),
        contacts=(ann, carl),
    )

    counts = await database.run(clients.import_all, TEAM, [imported, GLOBEX])
    again = await database.run(clients.import_all, TEAM, [imported, GLOBEX])

    assert (counts, again) == (ImportCounts(added=1, updated=1), ImportCounts(added=0, updated=2))
    assert await database.run(clients.all_of, TEAM) == [
        replace(
            imported,
            id="acme",
            domains=("acme.example", "acme-group.example", "acme.test"),
            contacts=(replace(ANN, phone="+31633333333"), BOB, replace(carl, client_id="acme")),
        ),
        GLOBEX,
    ]


async def test_an_import_that_fails_imports_nothing(database: Database) -> None:
    stolen = replace(ACME, id="thief", name="Thief")

    with pytest.raises(IntegrityError):
        await database.run(clients.import_all, TEAM, [GLOBEX, replace(ACME, contacts=()), replace(stolen, contacts=())])

    assert await database.run(clients.all_of, TEAM) == []
