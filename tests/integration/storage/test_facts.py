"""What went before with a client, counted on both engines."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.decision import DecisionState
from domain.history import History
from domain.meeting import Meeting
from domain.policy import Policy
from domain.words import Option, Reason
from storage import decisions, facts, meetings
from storage.database import Database
from tests.support.stored import ACME, DECISION, MEETING, NOW, OTHER_TEAM, agency, meeting


@pytest.fixture
async def stocked(database: Database) -> Database:
    await database.run(agency)
    return database


async def held(database: Database, *several: Meeting) -> None:
    for one in several:
        await database.run(meetings.add, one)


async def stepped_down(
    database: Database, one: Meeting, days_ago: int = 1, reason: Reason | None = Reason.CONFLICT, **changes: Any
) -> None:
    decision = replace(
        DECISION,
        id=f"decision-{one.id}",
        meeting_id=one.id,
        reason=reason,
        made_at=NOW - timedelta(days=days_ago),
        **changes,
    )
    await database.run(decisions.record, decision, None)


async def gather(database: Database, of: Meeting = MEETING) -> History:
    return await database.run(facts.gather, of, ACME, Policy(), NOW)


async def test_there_is_no_history_with_a_new_client_or_with_nobody(stocked: Database) -> None:
    await held(stocked, meeting(-1, client_id=None), meeting(1), meeting(-2, cancelled=True))

    assert await gather(stocked) == History()
    assert await stocked.run(facts.gather, MEETING, None, Policy(), NOW) == History()


async def test_meetings_count_from_the_first_and_in_the_last_thirty_days(stocked: Database) -> None:
    await held(stocked, *(meeting(-days) for days in (1, 29, 31, 400)))
    await held(stocked, meeting(-30))

    assert await gather(stocked) == History(meetings_total=5, meetings_30d=3)


async def test_a_meeting_in_the_calendars_of_two_members_counts_once(stocked: Database) -> None:
    one = meeting(-1)
    copy = replace(one, id="copy", owner_id="U2")
    await held(stocked, one, copy)
    await stepped_down(stocked, copy)

    assert await gather(stocked) == History(
        meetings_total=1, meetings_30d=1, step_downs_90d=1, last_stepped_down=True, last_five_stepped_down=1
    )


async def test_step_downs_count_for_ninety_days(stocked: Database) -> None:
    for days in (100, 80, 10):
        await held(stocked, meeting(-days))
        await stepped_down(stocked, meeting(-days), days_ago=days)
    await held(stocked, meeting(-1))

    assert await gather(stocked) == History(
        meetings_total=4, meetings_30d=2, step_downs_90d=2, last_stepped_down=False, last_five_stepped_down=3
    )


@pytest.mark.parametrize("reason", [Reason.ILLNESS, Reason.EMERGENCY])
async def test_illness_and_emergency_are_felt_but_not_held_against_the_owner(stocked: Database, reason: Reason) -> None:
    await held(stocked, meeting(-1))
    await stepped_down(stocked, meeting(-1), reason=reason)

    assert await gather(stocked) == History(meetings_total=1, meetings_30d=1, last_five_stepped_down=1)


@pytest.mark.parametrize("state", [DecisionState.SUPERSEDED, DecisionState.UNDONE, DecisionState.DECLINED])
async def test_a_decision_that_does_not_stand_counts_nothing(stocked: Database, state: DecisionState) -> None:
    await held(stocked, meeting(-1))
    await stepped_down(stocked, meeting(-1), state=state)

    assert await gather(stocked) == History(meetings_total=1, meetings_30d=1)


async def test_keep_is_no_step_down(stocked: Database) -> None:
    await held(stocked, meeting(-1))
    await stepped_down(stocked, meeting(-1), option=Option.KEEP, reason=None)

    assert await gather(stocked) == History(meetings_total=1, meetings_30d=1)


async def test_what_is_decided_about_the_meeting_itself_does_not_count(stocked: Database) -> None:
    await stepped_down(stocked, MEETING)

    assert await gather(stocked) == History()


async def test_a_meeting_that_was_cancelled_by_its_step_down_is_still_the_last_one(stocked: Database) -> None:
    await held(stocked, meeting(-3), meeting(-1, cancelled=True))
    await stepped_down(stocked, meeting(-1))

    assert await gather(stocked) == History(
        meetings_total=1, meetings_30d=1, step_downs_90d=1, last_stepped_down=True, last_five_stepped_down=1
    )


async def test_only_the_last_five_meetings_make_a_pattern(stocked: Database) -> None:
    for days in range(1, 8):
        await held(stocked, meeting(-days))
        if days in (2, 4, 6, 7):
            await stepped_down(stocked, meeting(-days))

    found = await gather(stocked)

    assert (found.last_five_stepped_down, found.step_downs_90d, found.last_stepped_down) == (2, 4, False)


async def test_occurrences_of_the_series_that_passed_untouched_are_counted(stocked: Database) -> None:
    series = [
        meeting(-days, uid=MEETING.uid, occurrence=f"202602{20 - days:02}T100000Z", client_id=None)
        for days in (1, 2, 3, 4)
    ]
    await held(stocked, *series)
    await held(stocked, meeting(-5), replace(series[0], id="colleague", owner_id="U2"))
    untouched = await gather(stocked)
    await stepped_down(stocked, series[2], option=Option.KEEP, reason=None, client_id=None)

    assert untouched.series_idle == 4
    assert (await gather(stocked)).series_idle == 2
    assert (await gather(stocked, meeting(5))).series_idle == 0


async def test_another_team_has_its_own_history(stocked: Database) -> None:
    await held(stocked, meeting(-1, team_id=OTHER_TEAM))
    await stepped_down(stocked, meeting(-1), team_id=OTHER_TEAM)

    assert await gather(stocked) == History()


async def test_ten_thousand_meetings_are_counted_in_milliseconds(sqlite_url: str) -> None:
    def fill(session: Session) -> None:
        agency(session)
        extra = {"kind_corrected": False, "live_channel": "", "live_ts": ""}
        hours = range(1, 10_001)
        past = (replace(meeting(-1), id=f"m{n}", uid=f"m{n}", starts_at=NOW - timedelta(hours=n)) for n in hours)
        session.execute(insert(meetings.MEETINGS), [{**meetings.MEETING.values(one), **extra} for one in past])

    database = Database.open(sqlite_url)
    await database.run(fill)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        found = await gather(database)
        took.append(time.perf_counter() - started)

    assert found == History(meetings_total=1_000, meetings_30d=720)
    # All of them with one client, the worst there is: a few milliseconds, with room for a busy machine.
    assert min(took) < 0.03
    await database.close()


async def test_each_step_down_of_the_budget_leaves_it_after_ninety_days(stocked: Database) -> None:
    several = [meeting(-days) for days in (1, 2, 3, 4, 5)]
    await held(stocked, *several)
    await stepped_down(stocked, several[0], days_ago=10)
    await stepped_down(stocked, several[1], days_ago=90)
    await stepped_down(stocked, several[2], days_ago=91)
    await stepped_down(stocked, several[3], reason=Reason.ILLNESS)
    await stepped_down(stocked, several[4], option=Option.KEEP)

    eases_in = await stocked.run(facts.budget_eases_in, MEETING, ACME, Policy(), NOW)

    assert eases_in == (timedelta(microseconds=1), timedelta(days=80, microseconds=1))
    assert (await gather(stocked)).step_downs_90d == 2
    for wait in eases_in:
        then = await stocked.run(facts.budget_eases_in, MEETING, ACME, Policy(), NOW + wait)
        assert len(then) == sum(one > wait for one in eases_in)
    assert await stocked.run(facts.budget_eases_in, MEETING, None, Policy(), NOW) == ()
