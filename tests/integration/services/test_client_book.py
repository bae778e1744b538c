"""The client book as its modal fills it in."""

from dataclasses import replace

from bot.services.client_book import ClientBookService, ClientInput
from storage import clients
from storage.database import Database
from tests.support.stored import ACME, ANN, BOB, TEAM, agency
from tests.support.use_cases import OLGA, CountedJobs, StoppedClock

GIVEN = ClientInput(
    name="Acme", tier="A", contact_name="Ann", contact_email="ann@acme.example", phone="+31201234567", language="nl"
)


def book(database: Database) -> ClientBookService:
    return ClientBookService(database=database, clock=StoppedClock(), jobs=CountedJobs())


async def test_the_first_contact_may_get_another_address(database: Database) -> None:
    await database.run(agency)
    form_id, _ = await book(database).open_form(OLGA, client_id=ACME.id)

    await book(database).save(OLGA, form_id, replace(GIVEN, contact_email="ann.jones@acme.example"))

    known = await database.read(clients.get, TEAM, ACME.id)
    assert known is not None
    assert known.contacts == (replace(ANN, email="ann.jones@acme.example"), BOB)


async def test_an_address_that_another_contact_has_means_that_contact(database: Database) -> None:
    await database.run(agency)
    form_id, _ = await book(database).open_form(OLGA, client_id=ACME.id)

    await book(database).save(OLGA, form_id, replace(GIVEN, contact_name="Bobby", contact_email=BOB.email, phone=""))

    known = await database.read(clients.get, TEAM, ACME.id)
    assert known is not None
    assert known.contacts == (ANN, replace(BOB, name="Bobby", language="nl"))
