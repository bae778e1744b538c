"""A first meeting is told by the history each time it is asked, on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.meeting import Meeting
from domain.planned import Calendar
from domain.words import MeetingKind
from storage import calendars, clients, coming, kinds, meetings, overviews, timelines
from storage.database import Database
from tests.support.stored import ACME, CALENDAR, NOW, OWNER, TEAM, VAULT, meeting

LONG_AGO = NOW - timedelta(days=30)
BOLT = replace(ACME, id="bolt", name="Bolt", domains=("bolt.example",), contacts=())


def plain(number: int, **changes: object) -> Meeting:
    return meeting(number, **{"kind": MeetingKind.ORDINARY, "title": "Coffee", **changes})


@pytest.fixture
async def known(database: Database) -> Database:
    """The owner's calendar has been connected and read for thirty days."""
    await database.run(clients.add, ACME)
    await database.run(clients.add, BOLT)
    await connect(database, replace(CALENDAR, connected_at=LONG_AGO, synced_at=NOW))
    return database


async def connect(database: Database, calendar: Calendar) -> None:
    await database.run(calendars.add, VAULT, calendar)


async def kinds_of(database: Database, *several: Meeting) -> list[MeetingKind]:
    """As each is judged, and as all are listed: the two must agree."""
    judged = [(await database.read(overviews.load, TEAM, one.id, NOW)).meeting.kind for one in several]
    listed = {one.id: one.kind for one in (await database.read(coming.load, TEAM, OWNER, NOW, 20)).meetings}
    assert judged == [listed[one.id] for one in several]
    return judged


async def test_the_next_meeting_with_a_new_client_is_the_first_and_those_after_it_are_not(known: Database) -> None:
    several = [plain(number, uid="series", occurrence=f"o{number}") for number in (1, 8, 15)]
    for one in several:
        await known.run(meetings.add, one)

    assert await kinds_of(known, *several) == [MeetingKind.FIRST_MEETING, MeetingKind.ORDINARY, MeetingKind.ORDINARY]


async def test_whom_anybody_in_the_workspace_has_met_is_not_new(known: Database) -> None:
    await known.run(meetings.add, plain(-400, owner_id="U2"))
    await known.run(meetings.add, plain(1))

    assert await kinds_of(known, plain(1)) == [MeetingKind.ORDINARY]


async def test_a_meeting_that_was_cancelled_or_was_with_another_client_does_not_count(known: Database) -> None:
    await known.run(meetings.add, plain(-3, cancelled=True))
    await known.run(meetings.add, plain(-2, client_id=BOLT.id))
    await known.run(meetings.add, plain(1))

    assert await kinds_of(known, plain(1)) == [MeetingKind.FIRST_MEETING]


async def test_the_same_meeting_in_two_calendars_is_the_first_in_both(known: Database) -> None:
    await known.run(meetings.add, plain(1))
    await known.run(meetings.add, replace(plain(1), id="copy", owner_id="U2"))

    assert await kinds_of(known, plain(1)) == [MeetingKind.FIRST_MEETING]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"connected_at": LONG_AGO}, MeetingKind.FIRST_MEETING),
        ({"connected_at": None}, MeetingKind.FIRST_MEETING),
        ({"connected_at": LONG_AGO + timedelta(seconds=1)}, MeetingKind.ORDINARY),
        ({"connected_at": LONG_AGO, "synced_at": None}, MeetingKind.ORDINARY),
        ({"connected_at": LONG_AGO, "owner_id": "U2"}, MeetingKind.ORDINARY),
    ],
)
async def test_nothing_follows_from_a_history_that_is_not_really_known(
    database: Database, changes: dict[str, Any], kind: MeetingKind
) -> None:
    await database.run(clients.add, ACME)
    await connect(database, replace(CALENDAR, **{"synced_at": NOW, **changes}))
    await database.run(meetings.add, plain(1))

    assert await kinds_of(database, plain(1)) == [kind]


async def test_what_the_title_or_the_owner_says_counts_for_more(known: Database) -> None:
    kickoff, told = plain(1, kind=MeetingKind.KICKOFF), plain(2, client_id=BOLT.id)
    await known.run(meetings.add, kickoff)
    await known.run(meetings.add, told)
    before = await kinds_of(known, kickoff, told)
    await known.run(kinds.correct, told, MeetingKind.ORDINARY, NOW)

    assert before == [MeetingKind.KICKOFF, MeetingKind.FIRST_MEETING]
    assert await kinds_of(known, kickoff, told) == [MeetingKind.KICKOFF, MeetingKind.ORDINARY]


async def test_a_meeting_with_nobody_in_the_client_book_is_no_first_meeting(known: Database) -> None:
    await known.run(meetings.add, plain(1, client_id=None))

    assert await kinds_of(known, plain(1)) == [MeetingKind.ORDINARY]


async def test_the_next_protected_meeting_of_a_client_may_be_its_first(known: Database) -> None:
    first, kickoff = plain(3), plain(9, kind=MeetingKind.KICKOFF)
    await known.run(meetings.add, kickoff)
    await known.run(meetings.add, first)

    found = await known.read(timelines.next_protected, TEAM, ACME.id, NOW)

    assert found == replace(first, kind=MeetingKind.FIRST_MEETING)
