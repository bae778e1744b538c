"""Connecting calendars, also by an impatient hand."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.calendars.feed import Feed
from bot.services.feeds import Feeds
from domain.errors import FieldErrors, Invalid, InvalidCode
from storage import calendars
from storage.database import Database
from tests.support.stored import OWNER, TEAM, VAULT
from tests.support.use_cases import OLGA, CountedJobs, StoppedClock

URL = "https://calendar.acme.example/secret.ics"


@pytest_asyncio.fixture
async def feeds(database: Database) -> AsyncIterator[Feeds]:
    feed = Feed()
    yield Feeds(database=database, vault=VAULT, clock=StoppedClock(), jobs=CountedJobs(), feed=feed)
    await feed.close()


async def test_a_form_sent_twice_at_once_connects_one_calendar(database: Database, feeds: Feeds) -> None:
    form = await feeds.open(OLGA)

    first, second = await asyncio.gather(*(feeds.connect(OLGA, form.form_id, URL) for _ in range(2)))

    assert first.id == second.id == form.form_id
    assert len(await database.read(calendars.of_member, VAULT, TEAM, OWNER)) == 1


async def test_two_forms_with_one_address_connect_one_calendar(database: Database, feeds: Feeds) -> None:
    forms = [await feeds.open(OLGA) for _ in range(2)]

    done = await asyncio.gather(*(feeds.connect(OLGA, form.form_id, URL) for form in forms), return_exceptions=True)

    (refused,) = [one for one in done if isinstance(one, BaseException)]
    with pytest.raises(FieldErrors) as found:
        raise refused
    assert found.value.errors == {"url": Invalid(InvalidCode.FEED_ALREADY_CONNECTED)}
    assert len(await database.read(calendars.of_member, VAULT, TEAM, OWNER)) == 1
