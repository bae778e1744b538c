"""Meetings and calendars on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.planned import ReminderState
from domain.words import Lead
from storage import calendars, meetings, reminders
from storage.database import Database
from tests.support.stored import (
    CALENDAR,
    MEETING,
    NOW,
    OTHER_TEAM,
    OWNER,
    TEAM,
    VAULT,
    agency,
    meeting,
)


async def test_a_meeting_is_read_as_it_was_added(database: Database) -> None:
    await database.run(agency)

    assert await database.run(meetings.get, TEAM, "meeting") == MEETING


async def test_one_calendar_entry_is_one_meeting_and_meetings_by_hand_have_no_entry(database: Database) -> None:
    await database.run(agency)

    await database.run(meetings.add, meeting(1, uid=""))
    await database.run(meetings.add, meeting(2, uid=""))
    with pytest.raises(IntegrityError):
        await database.run(meetings.add, replace(MEETING, id="copy"))
    await database.run(meetings.add, replace(MEETING, id="of a colleague", owner_id="U2"))


async def test_the_live_message_is_kept(database: Database) -> None:
    await database.run(agency)
    before = await database.run(meetings.live_message, TEAM, "meeting")

    await database.run(meetings.set_live_message, TEAM, "meeting", "D1", "1.5")

    assert before is None
    assert await database.run(meetings.live_message, TEAM, "meeting") == ("D1", "1.5")


async def test_text_that_no_database_takes_is_no_reason_to_fail(database: Database) -> None:
    await database.run(agency)
    strange = meeting(1, title="nul\0 half \ud83d pair ✓", description="\ud83d", organiser=None, attendees=())

    await database.run(meetings.add, strange)

    assert await database.run(meetings.get, TEAM, strange.id) == replace(
        strange, title="nul half ��� pair ✓", description="���"
    )


async def test_a_calendar_is_read_as_it_was_added_and_its_address_is_sealed(database: Database) -> None:
    await database.run(agency)

    def stored(session: Session) -> str:
        return repr(session.execute(select(calendars.CALENDARS)).all())

    assert await database.run(calendars.get, VAULT, TEAM, "calendar") == CALENDAR
    assert await database.run(calendars.of_member, VAULT, TEAM, OWNER) == [CALENDAR]
    assert "secret" not in await database.run(stored)


async def test_an_address_is_known_to_its_owner_only(database: Database) -> None:
    await database.run(agency)

    assert await database.run(calendars.url_known, TEAM, OWNER, CALENDAR.url)
    assert await database.run(calendars.url_known, TEAM, OWNER, f" {CALENDAR.url} ")
    assert not await database.run(calendars.url_known, TEAM, OWNER, CALENDAR.url + "?x")
    assert not await database.run(calendars.url_known, TEAM, "U2", CALENDAR.url)
    assert not await database.run(calendars.url_known, OTHER_TEAM, OWNER, CALENDAR.url)
    assert await database.run(calendars.add, VAULT, replace(CALENDAR, id="again")) is None
    assert await database.run(calendars.add, VAULT, CALENDAR) == CALENDAR


async def test_a_sync_moves_the_next_and_a_failure_counts(database: Database) -> None:
    await database.run(agency)
    later = NOW + timedelta(minutes=5)

    assert await database.run(calendars.due, NOW - timedelta(seconds=1), 10) == []
    assert await database.run(calendars.due, NOW, 10) == [(TEAM, "calendar")]
    failures = [await database.run(calendars.failed, TEAM, "calendar", "feed_status", NOW, later) for _ in range(2)]
    after_failure = await database.run(calendars.get, VAULT, TEAM, "calendar")
    await database.run(
        calendars.synced,
        TEAM,
        "calendar",
        etag='"1"',
        last_modified="Mon",
        now=NOW,
        next_sync_at=later,
        client_meetings=7,
    )

    assert failures == [1, 2]
    assert await database.run(calendars.failed, TEAM, "gone", "feed_status", NOW, later) == 0
    assert after_failure == replace(CALENDAR, next_sync_at=later, failures=2, problem="feed_status")
    assert await database.run(calendars.get, VAULT, TEAM, "calendar") == replace(
        CALENDAR, etag='"1"', last_modified="Mon", synced_at=NOW, next_sync_at=later, client_meetings=7
    )


async def test_a_calendar_that_is_to_be_read_anew_is_due_first(database: Database) -> None:
    await database.run(calendars.add, VAULT, replace(CALENDAR, id="waiting", team_id=OTHER_TEAM))
    fresh = replace(CALENDAR, etag='"1"', last_modified="Mon", next_sync_at=NOW + timedelta(days=1))
    await database.run(calendars.add, VAULT, fresh)

    await database.run(calendars.forget_validators, TEAM)

    assert await database.run(calendars.due, NOW, 10) == [(TEAM, "calendar"), (OTHER_TEAM, "waiting")]
    assert await database.run(calendars.due, NOW, 1) == [(TEAM, "calendar")]
    read = await database.run(calendars.get, VAULT, TEAM, "calendar")
    assert read is not None
    assert (read.etag, read.last_modified) == ("", "")


async def test_a_reading_that_began_before_does_not_put_off_the_one_that_is_to_read_all_anew(
    database: Database,
) -> None:
    await database.run(agency)
    claimed_until = NOW + timedelta(minutes=10)
    await database.run(calendars.claim_due, NOW, 1, claimed_until)

    await database.run(calendars.forget_validators, TEAM)
    await database.run(
        calendars.synced,
        TEAM,
        "calendar",
        etag='"1"',
        last_modified="Mon",
        now=NOW,
        next_sync_at=NOW + timedelta(minutes=5),
        client_meetings=7,
    )

    assert await database.run(calendars.due, NOW, 10) == [(TEAM, "calendar")]
    assert await database.run(calendars.get, VAULT, TEAM, "calendar") == replace(
        CALENDAR, next_sync_at=calendars.LONG_AGO, synced_at=NOW, client_meetings=7
    )


async def test_a_removed_calendar_takes_its_coming_meetings_along(database: Database) -> None:
    await database.run(agency)
    past, by_hand = meeting(-1), meeting(1, calendar_id=None)
    for one in (past, by_hand):
        await database.run(meetings.add, one)
    await database.run(reminders.replan, MEETING, [(Lead.DECIDE, NOW)])

    by_others = [
        await database.run(calendars.remove, OTHER_TEAM, OWNER, "calendar", NOW),
        await database.run(calendars.remove, TEAM, "U2", "calendar", NOW),
    ]
    removed = await database.run(calendars.remove, TEAM, OWNER, "calendar", NOW)

    assert (by_others, removed) == ([False, False], True)
    assert not await database.run(calendars.remove, TEAM, OWNER, "calendar", NOW)
    assert await database.run(calendars.of_member, VAULT, TEAM, OWNER) == []
    assert await database.run(meetings.get, TEAM, "meeting") == replace(MEETING, cancelled=True)
    assert await database.run(meetings.get, TEAM, past.id) == past
    assert await database.run(meetings.get, TEAM, by_hand.id) == by_hand
    states = [one.state for one in await database.run(reminders.of_meeting, TEAM, "meeting")]
    assert states == [ReminderState.WITHDRAWN]
