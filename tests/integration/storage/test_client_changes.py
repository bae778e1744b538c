"""Merging, archiving and reckoning, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.client import Client, Contact
from domain.ids import new_id
from domain.meeting import Meeting, Source
from domain.merging import merged
from domain.planned import ReminderState
from domain.words import Lead, Tier
from storage import client_changes, clients, meetings, reminders
from storage.client_changes import Belongings
from storage.database import Database
from storage.models import Base

NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)
SANNE = Contact(id="s", client_id="acme", name="Sanne", email="sanne@acme.example")
ACME = Client(id="acme", team_id="T1", name="Acme", tier=Tier.B, domains=("acme.example",), contacts=(SANNE,))
LTD = replace(
    ACME,
    id="ltd",
    name="Acme Ltd",
    tier=Tier.A,
    domains=("acme.test",),
    contacts=(replace(SANNE, id="s2", client_id="ltd", phone="+31207940800"),),
)
MEETING = Meeting(
    id="m",
    team_id="T1",
    owner_id="U1",
    client_id="ltd",
    source=Source.FEED,
    uid="m@x",
    title="Planning",
    starts_at=NOW + timedelta(days=2),
    ends_at=NOW + timedelta(days=2, hours=1),
)


async def test_a_merge_moves_everything_and_leaves_the_other_workspace_alone(database: Database) -> None:
    theirs = replace(ACME, id="theirs", team_id="T2", contacts=())
    for client in (ACME, LTD, theirs):
        await database.run(clients.add, client)
    await database.run(meetings.add, MEETING)

    moves = await database.read(client_changes.belongings, "T1", "ltd")
    await database.run(client_changes.merge, merged(ACME, LTD, "Acme Ltd"), "ltd")

    assert moves == Belongings(contacts=1, domains=1, meetings=1, decisions=0)
    (one,) = await database.read(clients.all_of, "T1")
    assert one == replace(
        ACME,
        name="Acme Ltd",
        tier=Tier.A,
        domains=("acme.example", "acme.test"),
        contacts=(replace(SANNE, phone="+31207940800"),),
    )
    moved = await database.read(meetings.get, "T1", "m")
    assert moved is not None
    assert moved.client_id == "acme"
    assert await database.read(clients.all_of, "T2") == [theirs]


def test_every_table_that_knows_a_client_is_thought_of_in_a_merge() -> None:
    handled = {*client_changes.MOVED, client_changes.CONTACTS, client_changes.DOMAINS, client_changes.SNOOZES}

    assert {table for table in Base.metadata.sorted_tables if "client_id" in table.c} == handled


async def test_an_archived_client_takes_its_coming_meetings_and_reminders_along(database: Database) -> None:
    await database.run(clients.add, LTD)
    past = replace(MEETING, id="past", uid="p@x", starts_at=NOW - timedelta(days=1), ends_at=NOW)
    by_hand = replace(MEETING, id="hand", uid="", source=Source.BY_HAND)
    for meeting in (MEETING, past, by_hand):
        await database.run(meetings.add, meeting)
    await database.run(reminders.replan, MEETING, [(Lead.DECIDE, NOW + timedelta(hours=1))])

    gone = await database.run(client_changes.archive, "T1", "ltd", NOW)
    again = await database.run(client_changes.archive, "T1", "ltd", NOW)

    assert (set(gone), again) == ({"m", "hand"}, [])
    assert await database.read(clients.active, "T1") == []
    assert await database.read(clients.by_name, "T1", "acme ltd") is None
    kept = {one: await database.read(meetings.get, "T1", one) for one in ("m", "past", "hand")}
    assert {name: one.cancelled for name, one in kept.items() if one} == {"m": True, "past": False, "hand": True}
    states = [one.state for one in await database.read(reminders.of_meeting, "T1", "m")]
    assert states == [ReminderState.WITHDRAWN]

    back = await database.run(client_changes.bring_back, "T1", "ltd", NOW)
    assert back == ["hand"]
    assert [one.name for one in await database.read(clients.active, "T1")] == ["Acme Ltd"]


async def test_shares_are_reckoned_for_those_whose_revenue_is_known(database: Database) -> None:
    await database.run(clients.add, replace(ACME, revenue=300.0, revenue_share=0.9))
    await database.run(clients.add, replace(LTD, revenue=100.0))
    typed = replace(ACME, id="t", name="Typed", revenue_share=0.2, domains=(), contacts=())
    gone = replace(typed, id="g", name="Gone", revenue=1e6, archived_at=NOW)
    for client in (typed, gone):
        await database.run(clients.add, client)

    await database.run(clients.reckon_shares, "T1")

    found = {client.id: client.revenue_share for client in await database.read(clients.all_of, "T1")}
    assert found == {"acme": 0.75, "ltd": 0.25, "t": 0.2, "g": 0.2}


async def test_contacts_are_replaced_ordered_and_removed(database: Database) -> None:
    await database.run(clients.add, LTD)
    joe = Contact(id=new_id(), client_id="ltd", name="Joe", phone="+31207941234")
    await database.run(clients.add_contact, "T1", joe)
    await database.run(clients.replace_contact, "T1", replace(joe, name="Joe Doe", phone=""))
    await database.run(clients.order_contacts, "T1", "ltd", [joe.id, "s2"])

    ordered = await database.read(clients.get, "T1", "ltd")
    removed = [await database.run(clients.remove_contact, team, "ltd", "s2") for team in ("T2", "T1", "T1")]
    await database.run(clients.add_contact, "T1", replace(SANNE, id="s3", client_id="ltd"))
    after = await database.read(clients.get, "T1", "ltd")

    assert ordered is not None
    assert after is not None
    assert [(one.name, one.phone) for one in ordered.contacts] == [("Joe Doe", ""), ("Sanne", "+31207940800")]
    assert removed == [False, True, False]
    assert [one.id for one in after.contacts] == [joe.id, "s3"]


async def test_leads_are_those_of_clients_that_are_there(database: Database) -> None:
    await database.run(clients.add, replace(ACME, lead_id="U1"))
    await database.run(clients.add, replace(LTD, lead_id="U2", archived_at=NOW))

    assert await database.read(clients.leads) == [("T1", "U1")]
    assert [one.id for one in await database.read(clients.led_by, "T1", "U1")] == ["acme"]
    assert await database.read(clients.led_by, "T1", "U2") == []


async def test_no_form_of_address_is_kept_as_such(database: Database) -> None:
    await database.run(clients.add, ACME)

    assert [one.formality for one in await database.read(clients.all_of, "T1")] == [None]
