"""What is coming for a member, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.decision import DecisionState
from domain.planned import Proposal
from domain.upcoming import Coming, Upcoming
from storage import coming, decisions, meetings, proposals
from storage.database import Database
from tests.support.stored import ACME, DECISION, MEETING, NOW, OTHER_TEAM, OWNER, TEAM, agency, meeting

LISTED = Upcoming(
    id=MEETING.id,
    title=MEETING.title,
    starts_at=MEETING.starts_at,
    ends_at=MEETING.ends_at,
    mode=MEETING.mode,
    kind=MEETING.kind,
    client_name=ACME.name,
    tier=ACME.tier,
)


async def test_what_is_coming_is_listed_with_client_and_decision(database: Database) -> None:
    await database.run(agency)
    by_hand = meeting(1, client_id=None, uid="", calendar_id=None, organiser=None)
    for one in (by_hand, meeting(-1), meeting(0), meeting(3, cancelled=True), meeting(4, owner_id="U2")):
        await database.run(meetings.add, one)
    await database.run(decisions.record, DECISION, None)
    await database.run(proposals.propose, TEAM, "globex.example", "hank@globex.example", OWNER, NOW)

    found = await database.read(coming.load, TEAM, OWNER, NOW, 10)

    unknown = replace(
        LISTED,
        id="meeting-1",
        starts_at=by_hand.starts_at,
        ends_at=by_hand.ends_at,
        client_name=None,
        tier=None,
        attendees=by_hand.attendees,
    )
    asked = Proposal(
        team_id=TEAM, domain="globex.example", sample_email="hank@globex.example", member_id=OWNER, seen_at=NOW
    )
    assert found == Coming(
        meetings=(unknown, replace(LISTED, terms=DECISION.terms)), total=2, has_calendar=True, proposals=(asked,)
    )


async def test_a_list_is_cut_and_sorted_by_start_and_counts_all(database: Database) -> None:
    await database.run(agency)
    for number in (5, 3, 4):
        await database.run(meetings.add, meeting(number))

    found = await database.read(coming.load, TEAM, OWNER, NOW, 3)

    assert [one.id for one in found.meetings] == ["meeting", "meeting-3", "meeting-4"]
    assert found.total == 4


async def test_an_ended_decision_is_not_listed(database: Database) -> None:
    await database.run(agency)
    await database.run(decisions.record, replace(DECISION, id="first"), None)
    await database.run(decisions.record, DECISION, None)
    await database.run(decisions.end, TEAM, DECISION.id, DecisionState.UNDONE, NOW)

    assert (await database.read(coming.load, TEAM, OWNER, NOW, 10)).meetings == (LISTED,)


async def test_where_nothing_is_coming_it_is_known_whether_a_calendar_is_connected(database: Database) -> None:
    await database.run(agency)
    later = NOW + timedelta(days=30)

    assert await database.read(coming.load, TEAM, OWNER, later, 10) == Coming(meetings=(), total=0, has_calendar=True)
    assert await database.read(coming.load, TEAM, "U2", NOW, 10) == Coming(meetings=(), total=0, has_calendar=False)
    assert await database.read(coming.has_calendar, TEAM, OWNER)
    assert not await database.read(coming.has_calendar, OTHER_TEAM, OWNER)


async def test_people_are_known_where_they_are_looked_for(database: Database) -> None:
    await database.run(agency)

    assert await database.read(coming.with_people, TEAM, OWNER, NOW, 10) == [
        replace(LISTED, attendees=MEETING.attendees)
    ]


async def test_coming_meetings_are_counted_by_client(database: Database) -> None:
    await database.run(agency)
    for one in (meeting(1), meeting(-1), meeting(2, cancelled=True), meeting(3, client_id=None)):
        await database.run(meetings.add, one)

    assert await database.read(coming.count_by_client, TEAM, OWNER, NOW) == {ACME.id: 2}
