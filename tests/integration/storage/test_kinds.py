"""The kind that an owner named: for the meeting and the coming dates of its series, on both engines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.ids import new_id
from domain.meeting import Meeting, SyncWindow
from domain.words import MeetingKind
from storage import calendars, coming, kinds, meetings
from storage.database import Database
from tests.support.stored import CALENDAR, MEETING, NOW, OTHER_TEAM, TEAM, VAULT, agency, meeting

WINDOW = SyncWindow.around(NOW)
SERIES = "weekly@agency.example"
WORD = MeetingKind.RENEWAL
GUESS = MeetingKind.ORDINARY


def date_of(number: int, uid: str = SERIES) -> Meeting:
    """One date of a weekly series, so many weeks from now."""
    starts_at = NOW + timedelta(weeks=number, hours=1)
    return meeting(number, id=f"week-{number}", uid=uid, occurrence=f"{starts_at:%Y%m%dT%H%M%SZ}", starts_at=starts_at)


async def with_series(database: Database, *numbers: int) -> None:
    await database.run(agency)
    for number in numbers:
        await database.run(meetings.add, replace(date_of(number), kind=GUESS))


async def kind_of(database: Database, meeting_id: str) -> MeetingKind:
    found = await database.run(meetings.get, TEAM, meeting_id)
    assert found is not None
    return found.kind


async def coming_up(database: Database) -> list[Meeting]:
    found = await database.run(coming.load, TEAM, MEETING.owner_id, NOW, 50)
    return [one for line in found.meetings if (one := await database.run(meetings.get, TEAM, line.id)) is not None]


async def sync(database: Database, wanted: Sequence[Meeting]) -> None:
    anew = [replace(one, id=new_id(), kind=GUESS) for one in wanted]
    await database.run(meetings.apply, CALENDAR, anew, WINDOW, NOW)


async def test_the_owners_word_holds_for_the_coming_dates_and_not_for_the_past(database: Database) -> None:
    await with_series(database, -1, 1, 2)
    await database.run(meetings.add, replace(date_of(1), id="somebody-elses", owner_id="U9", kind=GUESS))
    await database.run(meetings.add, replace(date_of(3, "another"), kind=GUESS))

    await database.run(kinds.correct, date_of(1), WORD, NOW)

    said = {name: await kind_of(database, name) for name in ("week--1", "week-1", "week-2", "week-3", "somebody-elses")}
    assert said == {"week--1": GUESS, "week-1": WORD, "week-2": WORD, "week-3": GUESS, "somebody-elses": GUESS}
    assert await database.run(kinds.is_corrected, TEAM, "week-2")
    assert not await database.run(kinds.is_corrected, TEAM, "week--1")
    assert not await database.run(kinds.is_corrected, OTHER_TEAM, "week-2")


async def test_a_date_that_a_later_sync_brings_has_the_kind_that_was_named(database: Database) -> None:
    await with_series(database, 1)
    await database.run(kinds.correct, date_of(1), WORD, NOW)

    await sync(database, [date_of(1), date_of(2), date_of(3, "another")])
    ahead = await coming_up(database)

    kinds_by_uid = {(one.uid, one.occurrence): one.kind for one in ahead}
    assert kinds_by_uid == {
        (SERIES, date_of(1).occurrence): WORD,
        (SERIES, date_of(2).occurrence): WORD,
        ("another", date_of(3).occurrence): GUESS,
    }
    corrected = {one.uid: await database.run(kinds.is_corrected, TEAM, one.id) for one in ahead}
    assert corrected == {SERIES: True, "another": False}


async def test_the_last_word_counts(database: Database) -> None:
    await with_series(database, 1, 2)

    await database.run(kinds.correct, date_of(1), WORD, NOW)
    await database.run(kinds.correct, date_of(2), MeetingKind.KICKOFF, NOW + timedelta(minutes=1))
    await sync(database, [date_of(1), date_of(2), date_of(3)])

    ahead = await coming_up(database)
    assert [one.kind for one in ahead] == [MeetingKind.KICKOFF] * 3


async def test_the_series_keeps_its_kind_when_the_calendar_is_connected_anew(database: Database) -> None:
    await with_series(database, 1)
    await database.run(kinds.correct, date_of(1), WORD, NOW)
    again = replace(CALENDAR, id="again", url="https://calendar.example/again.ics")
    await database.run(calendars.add, VAULT, again)

    await database.run(
        meetings.apply, again, [replace(date_of(5), id="new", calendar_id="again", kind=GUESS)], WINDOW, NOW
    )

    assert await kind_of(database, "new") is WORD


async def test_a_name_longer_than_the_index_takes_is_known_again(database: Database) -> None:
    await database.run(agency)
    long = "x" * 5000
    await sync(database, [date_of(1, long)])
    (known,) = [one for one in await coming_up(database) if one.id != MEETING.id]

    await database.run(kinds.correct, known, WORD, NOW)
    await sync(database, [date_of(1, long), date_of(2, long)])

    ahead = await coming_up(database)
    assert [one.kind for one in ahead] == [WORD, WORD]


async def test_a_meeting_without_a_name_is_corrected_alone(database: Database) -> None:
    await database.run(agency)
    for number in (1, 2):
        await database.run(meetings.add, meeting(number, uid="", kind=GUESS))

    await database.run(kinds.correct, meeting(1, uid=""), WORD, NOW)

    assert (await kind_of(database, "meeting-1"), await kind_of(database, "meeting-2")) == (WORD, GUESS)


async def test_those_with_a_live_message_are_named(database: Database) -> None:
    await with_series(database, 1, 2, 3)
    for number in (3, 1):
        await database.run(meetings.set_live_message, TEAM, f"week-{number}", "D1", f"{number}.5")

    assert await database.run(kinds.correct, date_of(2), WORD, NOW) == ["week-1", "week-3"]


@pytest.mark.parametrize("uids", [[], ["nobody-asked"]])
async def test_nothing_is_said_of_what_nobody_named(database: Database, uids: list[str]) -> None:
    await database.run(agency)

    assert await database.run(kinds.said_of_series, CALENDAR, uids) == {}
