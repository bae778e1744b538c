"""Connecting calendars, also by an impatient hand."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.calendars.feed import Feed
from bot.services.feeds import Feeds
from domain.errors import FieldErrors, Invalid, InvalidCode
from storage import calendars, meetings, outbox
from storage.database import Database
from storage.outbox import Work
from tests.support.stored import CALENDAR, MEETING, NOW, OWNER, TEAM, VAULT, agency
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


async def test_messages_about_meetings_of_a_disconnected_calendar_are_shown_anew(
    database: Database, feeds: Feeds
) -> None:
    await database.run(agency)
    await database.run(meetings.set_live_message, TEAM, MEETING.id, "D1", "1.2")

    await feeds.disconnect(OLGA, CALENDAR.id)

    (promise,) = await database.read(outbox.promised, NOW)
    assert (promise.work, promise.subject_id) == (Work.SHOW_MEETING, MEETING.id)
