"""Reminders on both engines."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.meeting import Meeting
from domain.planned import Reminder, ReminderState
from domain.words import Lead
from storage import meetings, reminders
from storage.database import Database
from tests.support.stored import MEETING, NOW, OTHER_TEAM, OWNER, TEAM, agency, meeting

HOUR = timedelta(hours=1)
PLAN = [(Lead.DECIDE, NOW), (Lead.LAST_CALL, NOW + HOUR)]
MOVED = replace(MEETING, starts_at=MEETING.starts_at + HOUR, ends_at=MEETING.ends_at + HOUR)

Line = tuple[Lead, datetime, datetime, ReminderState]


@pytest.fixture
async def planned(database: Database) -> Database:
    await database.run(agency)
    await database.run(reminders.replan, MEETING, PLAN)
    return database


async def lines(database: Database) -> list[Line]:
    found = await database.run(reminders.of_meeting, TEAM, "meeting")
    return [(one.lead, one.due_at, one.starts_at, one.state) for one in found]


def line(lead: Lead, due_at: datetime, state: ReminderState, of: Meeting = MEETING) -> Line:
    return lead, due_at, of.starts_at, state


async def test_a_plan_is_stored_and_the_same_plan_changes_nothing(planned: Database) -> None:
    before = await planned.run(reminders.of_meeting, TEAM, "meeting")

    await planned.run(reminders.replan, MEETING, PLAN)

    assert await planned.run(reminders.of_meeting, TEAM, "meeting") == before
    assert before == [
        Reminder(
            id=one.id,
            team_id=TEAM,
            meeting_id="meeting",
            owner_id=OWNER,
            lead=lead,
            due_at=due_at,
            starts_at=MEETING.starts_at,
        )
        for one, (lead, due_at) in zip(before, PLAN, strict=True)
    ]


async def test_a_moved_meeting_moves_its_reminders(planned: Database) -> None:
    ids = [one.id for one in await planned.run(reminders.of_meeting, TEAM, "meeting")]

    await planned.run(reminders.replan, MOVED, [(lead, due_at + HOUR) for lead, due_at in PLAN])

    found = await planned.run(reminders.of_meeting, TEAM, "meeting")
    assert [one.id for one in found] == ids
    assert await lines(planned) == [line(lead, at + HOUR, ReminderState.PLANNED, MOVED) for lead, at in PLAN]


async def test_a_lead_that_is_not_due_any_more_is_withdrawn(planned: Database) -> None:
    await planned.run(reminders.replan, MEETING, PLAN[:1])

    assert await lines(planned) == [
        line(Lead.DECIDE, NOW, ReminderState.PLANNED),
        line(Lead.LAST_CALL, NOW + HOUR, ReminderState.WITHDRAWN),
    ]


@pytest.mark.parametrize("over", [ReminderState.SENT, ReminderState.SKIPPED])
async def test_what_had_its_turn_is_not_planned_again_for_the_same_start(
    planned: Database, over: ReminderState
) -> None:
    decide, _ = await planned.run(reminders.of_meeting, TEAM, "meeting")
    await planned.run(reminders.finish, decide.id, over, NOW)

    await planned.run(reminders.replan, MEETING, [(lead, due_at + HOUR) for lead, due_at in PLAN])

    assert await lines(planned) == [
        line(Lead.DECIDE, NOW, over),
        line(Lead.LAST_CALL, NOW + 2 * HOUR, ReminderState.PLANNED),
    ]


async def test_a_moved_meeting_is_reminded_of_anew(planned: Database) -> None:
    decide, _ = await planned.run(reminders.of_meeting, TEAM, "meeting")
    await planned.run(reminders.finish, decide.id, ReminderState.SENT, NOW)

    await planned.run(reminders.replan, MOVED, [(Lead.DECIDE, NOW + HOUR)])

    assert sorted(await lines(planned)) == sorted(
        [
            line(Lead.DECIDE, NOW, ReminderState.SENT),
            line(Lead.DECIDE, NOW + HOUR, ReminderState.PLANNED, MOVED),
            line(Lead.LAST_CALL, NOW + HOUR, ReminderState.WITHDRAWN),
        ]
    )


async def test_remind_me_later_stays_while_the_start_does(planned: Database) -> None:
    later = await planned.run(reminders.add_later, MEETING, NOW + 5 * HOUR)

    await planned.run(reminders.replan, MEETING, PLAN)
    same_start = await planned.run(reminders.get, later.id)
    await planned.run(reminders.replan, MOVED, PLAN)

    assert same_start == later
    assert await planned.run(reminders.get, later.id) == replace(later, state=ReminderState.WITHDRAWN)


async def test_the_newest_remind_me_later_counts(planned: Database) -> None:
    first = await planned.run(reminders.add_later, MEETING, NOW + 5 * HOUR)
    second = await planned.run(reminders.add_later, MEETING, NOW + 6 * HOUR)

    assert await planned.run(reminders.get, first.id) == replace(first, state=ReminderState.WITHDRAWN)
    assert await planned.run(reminders.get, second.id) == second


async def test_a_cancelled_meeting_has_no_reminders(planned: Database) -> None:
    await planned.run(reminders.add_later, MEETING, NOW + 5 * HOUR)

    await planned.run(reminders.replan, replace(MEETING, cancelled=True), PLAN)

    assert {state for *_, state in await lines(planned)} == {ReminderState.WITHDRAWN}


async def test_withdrawing_counts_what_was_planned(planned: Database) -> None:
    assert await planned.run(reminders.withdraw, OTHER_TEAM, "meeting") == 0
    assert await planned.run(reminders.withdraw, TEAM, "meeting") == 2
    assert await planned.run(reminders.withdraw, TEAM, "meeting") == 0


async def test_what_is_due_comes_oldest_first(planned: Database) -> None:
    await planned.run(meetings.add, meeting(5))
    await planned.run(reminders.replan, meeting(5), [(Lead.DECIDE, NOW - HOUR)])

    async def due(now: datetime, limit: int = 10) -> list[tuple[str, Lead]]:
        return [(one.meeting_id, one.lead) for one in await planned.run(reminders.due, now, limit)]

    assert await planned.run(reminders.next_due) == NOW - HOUR
    assert await due(NOW - 2 * HOUR) == []
    assert await due(NOW) == [("meeting-5", Lead.DECIDE), ("meeting", Lead.DECIDE)]
    assert await due(NOW + HOUR, limit=1) == [("meeting-5", Lead.DECIDE)]


async def test_a_reminder_ends_once(planned: Database) -> None:
    decide, last_call = await planned.run(reminders.of_meeting, TEAM, "meeting")

    assert await planned.run(reminders.finish, decide.id, ReminderState.SENT, NOW)
    assert not await planned.run(reminders.finish, decide.id, ReminderState.SKIPPED, NOW)
    assert await planned.run(reminders.get, decide.id) == replace(decide, state=ReminderState.SENT)
    assert await planned.run(reminders.due, NOW + HOUR, 10) == [last_call]
    assert await planned.run(reminders.next_due) == last_call.due_at


async def test_nothing_is_due_where_nothing_is_planned(database: Database) -> None:
    assert await database.run(reminders.next_due) is None
    assert await database.run(reminders.get, "unknown") is None
