"""A calendar read anew, laid over what is known from it, on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import new_id
from domain.meeting import Meeting, SyncWindow
from domain.planned import Calendar
from domain.words import MeetingKind
from storage import calendars, kinds, meetings
from storage.database import Database
from storage.sync import Applied
from tests.support.stored import CALENDAR, MEETING, NOW, OWNER, TEAM, VAULT, agency, meeting

WINDOW = SyncWindow.around(NOW)
NOTHING = Applied(added=[], changed=[], cancelled=[])


def read_anew(known: Meeting, **changes: Any) -> Meeting:
    """As a sync wants it: with an id of its own."""
    return replace(known, id=new_id(), **changes)


async def sync(database: Database, *wanted: Meeting, calendar: Calendar = CALENDAR) -> Applied:
    return await database.run(meetings.apply, calendar, wanted, WINDOW, NOW)


async def test_new_entries_become_meetings_also_past_ones(database: Database) -> None:
    await database.run(agency)
    past, coming = meeting(-3), meeting(3)

    applied = await sync(database, read_anew(MEETING), past, coming)

    assert applied == Applied(added=[past, coming], changed=[], cancelled=[])
    assert await database.run(meetings.get, TEAM, past.id) == past
    assert await database.run(meetings.get, TEAM, coming.id) == coming


async def test_the_same_again_changes_nothing(database: Database) -> None:
    await database.run(agency)

    assert await sync(database, read_anew(MEETING)) == NOTHING
    assert await database.run(meetings.get, TEAM, "meeting") == MEETING


async def test_a_moved_meeting_keeps_its_id(database: Database) -> None:
    await database.run(agency)
    later = MEETING.starts_at + timedelta(hours=3)

    applied = await sync(database, read_anew(MEETING, starts_at=later, title="Moved"))

    moved = replace(MEETING, starts_at=later, title="Moved")
    assert applied == Applied(added=[], changed=[(MEETING, moved)], cancelled=[])
    assert await database.run(meetings.get, TEAM, "meeting") == moved


async def test_a_corrected_kind_is_kept_and_a_guessed_one_follows(database: Database) -> None:
    await database.run(agency)
    await database.run(meetings.add, meeting(3))
    await database.run(kinds.correct, MEETING, MeetingKind.RENEWAL, NOW)
    wanted = [read_anew(one, kind=MeetingKind.COMPLAINT) for one in (MEETING, meeting(3))]

    applied = await sync(database, *wanted)

    assert applied.changed == [(meeting(3), replace(meeting(3), kind=MeetingKind.COMPLAINT))]


async def test_a_missing_coming_meeting_is_cancelled_and_comes_back(database: Database) -> None:
    await database.run(agency)
    gone = replace(MEETING, cancelled=True)

    assert await sync(database) == Applied(added=[], changed=[], cancelled=[gone])
    assert await sync(database) == NOTHING
    assert await sync(database, read_anew(MEETING)) == Applied(added=[], changed=[(gone, MEETING)], cancelled=[])
    assert await database.run(meetings.get, TEAM, "meeting") == MEETING


async def test_an_entry_that_says_it_is_cancelled_is(database: Database) -> None:
    await database.run(agency)
    unknown = meeting(3, cancelled=True)

    applied = await sync(database, read_anew(MEETING, cancelled=True), unknown)

    assert applied == Applied(added=[], changed=[], cancelled=[replace(MEETING, cancelled=True)])
    assert await database.run(meetings.get, TEAM, unknown.id) is None


async def test_the_past_the_far_future_and_other_calendars_are_left_alone(database: Database) -> None:
    await database.run(agency)
    kept = [
        meeting(-3),
        meeting(0),
        meeting(61),
        meeting(3, calendar_id="other"),
        meeting(4, calendar_id=None, uid=""),
        meeting(5, owner_id="U2"),
    ]
    for one in kept:
        await database.run(meetings.add, one)

    applied = await sync(database, read_anew(MEETING), read_anew(meeting(-3), title="Rewritten"))

    assert applied == NOTHING
    assert [await database.run(meetings.get, TEAM, one.id) for one in kept] == kept


async def test_a_past_meeting_that_is_held_anew_moves_ahead(database: Database) -> None:
    await database.run(agency)
    await database.run(meetings.add, meeting(-3))
    ahead = read_anew(meeting(-3), starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=1))

    applied = await sync(database, read_anew(MEETING), ahead)

    assert applied.changed == [(meeting(-3), replace(ahead, id="meeting--3"))]


async def test_an_old_occurrence_that_moves_into_the_window_is_the_same_meeting(database: Database) -> None:
    await database.run(agency)
    old = meeting(-120, occurrence="20251102T090000Z")
    await database.run(meetings.add, old)
    ahead = read_anew(old, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=1))

    applied = await sync(database, read_anew(MEETING), ahead)

    assert applied == Applied(added=[], changed=[(old, replace(ahead, id=old.id))], cancelled=[])


async def test_an_entry_in_two_calendars_is_one_meeting_until_both_drop_it(database: Database) -> None:
    await database.run(agency)
    second = replace(CALENDAR, id="second", url="https://calendar.example/second.ics")
    await database.run(calendars.add, VAULT, second)
    there = read_anew(MEETING, calendar_id="second")

    assert await sync(database, there, calendar=second) == NOTHING
    assert (await sync(database)).cancelled == [replace(MEETING, cancelled=True)]
    taken_over = replace(MEETING, calendar_id="second")
    assert (await sync(database, there, calendar=second)).changed == [(replace(MEETING, cancelled=True), taken_over)]
    assert (await sync(database, calendar=second)).cancelled == [replace(taken_over, cancelled=True)]


async def test_an_entry_named_twice_counts_once(database: Database) -> None:
    await database.run(agency)
    twice = [meeting(3), meeting(3, id="other id", title="The last one counts")]

    assert (await sync(database, read_anew(MEETING), *twice)).added == [twice[1]]


async def test_names_of_any_length_are_told_apart(database: Database) -> None:
    await database.run(agency)
    long = [meeting(number, uid="x" * 5000 + str(number)) for number in (3, 4)]

    added = (await sync(database, read_anew(MEETING), *long)).added

    assert [one.id for one in added] == ["meeting-3", "meeting-4"]
    assert await sync(database, read_anew(MEETING), *(read_anew(one) for one in long)) == NOTHING


async def test_a_calendar_that_was_disconnected_meanwhile_brings_nothing(database: Database) -> None:
    await database.run(agency)
    await database.run(calendars.remove, TEAM, OWNER, CALENDAR.id, NOW)

    assert await sync(database, read_anew(MEETING), meeting(3)) == NOTHING
    assert await database.run(meetings.get, TEAM, "meeting-3") is None


async def test_a_thousand_meetings_of_many_series_are_applied_whole(database: Database) -> None:
    await database.run(agency)
    thousand = [
        meeting(
            number,
            starts_at=NOW + timedelta(minutes=30 * (number + 1)),
            uid=f"uid-{number % 700}",
            occurrence=str(number),
        )
        for number in range(1000)
    ]
    moved = [replace(one, id=new_id(), location="Elsewhere") for one in thousand[500:]]

    first = await sync(database, read_anew(MEETING), *thousand)
    again = await sync(database, read_anew(MEETING), *thousand)
    half = await sync(database, read_anew(MEETING), *moved)

    assert first.added == thousand
    assert again == NOTHING
    assert half.changed == [(one, replace(one, location="Elsewhere")) for one in thousand[500:]]
    assert sorted(one.id for one in half.cancelled) == sorted(one.id for one in thousand[:500])
