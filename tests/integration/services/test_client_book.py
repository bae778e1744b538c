"""Two members in the same moment."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from bot.services.client_book import ClientBookService
from bot.services.client_changes import ClientChanges
from bot.services.client_input import ClientInput
from domain.client import Client
from domain.clock import SystemClock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode
from domain.member import Member
from domain.planned import Calendar
from domain.words import Tier
from messages.escape import cut
from storage import calendars, clients
from storage.database import Database
from storage.vault import Vault

MEMBER = Member(team_id="T1", user_id="U1")
EARLIER = datetime(2026, 3, 10, 9, tzinfo=UTC)
LATER = EARLIER + timedelta(minutes=5)


class NoJobs:
    def poke(self) -> None:
        pass


async def test_two_who_take_one_name_and_domain_at_once_are_answered_at_the_field(database: Database) -> None:
    book = ClientBookService(database=database, clock=SystemClock(), jobs=NoJobs())
    given = ClientInput(name="Acme", tier="A", domains="acme.example")
    opened = [await book.open_form(MEMBER) for _ in range(4)]

    answers = await asyncio.gather(*(book.save(MEMBER, form.id, given) for form in opened), return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, FieldErrors)]
    assert len(refused) == 3
    assert all(one.errors["name"] == Invalid(InvalidCode.NAME_TAKEN, value="Acme") for one in refused)
    assert [client.name for client in await database.read(clients.all_of, "T1")] == ["Acme"]


async def test_a_merge_that_was_sent_twice_is_done_once_and_only_for_whoever_began_it(database: Database) -> None:
    changes = ClientChanges(database=database, clock=SystemClock(), jobs=NoJobs())
    for client_id, name in (("acme", "Acme"), ("ltd", "Acme Ltd")):
        await database.run(clients.add, Client(id=client_id, team_id="T1", name=name, tier=Tier.B))
    begun = await changes.begin_merge(MEMBER, "acme")
    await changes.choose(MEMBER, begun.form_id, "ltd")

    with pytest.raises(DomainError):
        await changes.merge(Member(team_id="T1", user_id="U2"), begun.form_id, True)
    done = [await changes.merge(MEMBER, begun.form_id, True) for _ in range(2)]

    assert [client.name for client in done] == ["Acme Ltd", "Acme Ltd"]
    assert [client.id for client in await database.read(clients.all_of, "T1")] == ["acme"]


async def test_two_who_merge_the_same_two_the_other_way_round_lose_neither(database: Database) -> None:
    changes = ClientChanges(database=database, clock=SystemClock(), jobs=NoJobs())
    for client_id, name in (("acme", "Acme"), ("ltd", "Acme Ltd")):
        await database.run(clients.add, Client(id=client_id, team_id="T1", name=name, tier=Tier.B))
    pairs = [("acme", "ltd"), ("ltd", "acme")] * 2
    begun = [await changes.begin_merge(MEMBER, kept) for kept, _ in pairs]
    for start, (_, other) in zip(begun, pairs, strict=True):
        await changes.choose(MEMBER, start.form_id, other)

    await asyncio.gather(*(changes.merge(MEMBER, start.form_id, False) for start in begun), return_exceptions=True)

    assert len(await database.read(clients.all_of, "T1")) == 1


async def test_saving_a_client_as_it_stands_loses_nothing(database: Database) -> None:
    book = ClientBookService(database=database, clock=SystemClock(), jobs=NoJobs())
    domains = tuple(f"d{number}.example" for number in range(30))
    rich = Client(id="acme", team_id="T1", name="Acme", tier=Tier.B, domains=domains, notes="n" * 5000)
    await database.run(clients.add, rich)
    form = await book.open_form(MEMBER, client_id="acme")

    given = ClientInput(name="Acme", tier="B", domains=", ".join(domains), notes=cut("n" * 5000, 3000), language="en")
    saved = await book.save(MEMBER, form.id, given)

    assert (saved.domains, saved.notes) == (domains, rich.notes)


async def test_a_calendar_that_is_being_read_while_its_client_is_archived_is_read_again(database: Database) -> None:
    changes = ClientChanges(database=database, clock=SystemClock(), jobs=NoJobs())
    vault = Vault([Fernet.generate_key().decode()])
    calendar = Calendar(
        id="c1", team_id="T1", owner_id="U1", url="https://calendar.example/feed.ics", next_sync_at=EARLIER, etag="old"
    )
    await database.run(clients.add, Client(id="acme", team_id="T1", name="Acme", tier=Tier.B))
    await database.run(calendars.add, vault, calendar)

    await changes.archive("T1", "acme")
    await database.run(
        calendars.synced, "T1", "c1", etag="new", last_modified="", now=EARLIER, next_sync_at=LATER, client_meetings=1
    )

    known = await database.read(calendars.get, vault, "T1", "c1")
    assert known is not None
    assert known.etag == ""
    assert known.next_sync_at < LATER


async def test_a_lead_who_is_taken_away_is_not_the_lead_by_their_address_either(database: Database) -> None:
    book = ClientBookService(database=database, clock=SystemClock(), jobs=NoJobs())
    led = Client(id="acme", team_id="T1", name="Acme", tier=Tier.B, lead_id="U2", lead_email="ben@meetdown.example")
    waiting = Client(id="ltd", team_id="T1", name="Ltd", tier=Tier.B, lead_email="new@meetdown.example")
    addresses = []
    for client in (led, waiting):
        await database.run(clients.add, client)
        form = await book.open_form(MEMBER, client_id=client.id)
        saved = await book.save(MEMBER, form.id, ClientInput(name=client.name, tier="B", language="en"))
        addresses.append((saved.lead_id, saved.lead_email))

    assert addresses == [(None, ""), (None, "new@meetdown.example")]
