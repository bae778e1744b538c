"""Follow-ups on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.planned import FollowUp, FollowUpKind, FollowUpState
from storage import decisions, follow_ups
from storage.database import Database
from tests.support.stored import (
    DECISION,
    MEETING,
    NOW,
    OTHER_TEAM,
    OWNER,
    TEAM,
    agency,
)

LATER = NOW + timedelta(hours=1)
FOLLOW_UP = FollowUp(
    id="confirm",
    team_id=TEAM,
    decision_id=DECISION.id,
    meeting_id=MEETING.id,
    member_id=OWNER,
    kind=FollowUpKind.CONFIRM,
    due_at=NOW,
)


@pytest.fixture
async def stocked(database: Database) -> Database:
    await database.run(agency)
    return database


async def test_a_follow_up_is_planned_once(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    call = replace(FOLLOW_UP, id="call", kind=FollowUpKind.CALL, due_at=NOW - timedelta(days=1))

    await stocked.run(follow_ups.plan, [FOLLOW_UP, call])
    await stocked.run(follow_ups.plan, [replace(FOLLOW_UP, due_at=LATER)])

    assert await stocked.run(follow_ups.get, TEAM, "confirm") == FOLLOW_UP
    assert await stocked.run(follow_ups.due, NOW, 10) == [call, FOLLOW_UP]
    assert await stocked.run(follow_ups.due, NOW, 1) == [call]
    assert await stocked.run(follow_ups.of_decision, TEAM, DECISION.id) == [call, FOLLOW_UP]
    with pytest.raises(IntegrityError):
        await stocked.run(follow_ups.plan, [replace(FOLLOW_UP, id="lost", decision_id="unknown")])


async def test_a_follow_up_goes_from_planned_over_sent_to_done(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP])

    async def finish(state: FollowUpState, team: str = TEAM) -> bool:
        return await stocked.run(follow_ups.finish, team, "confirm", state, "yes", now=NOW)

    assert not await finish(FollowUpState.SENT, OTHER_TEAM)
    assert [await finish(FollowUpState.SENT), await finish(FollowUpState.SENT)] == [True, False]
    assert await stocked.run(follow_ups.due, LATER, 10) == []
    assert [await finish(FollowUpState.DONE), await finish(FollowUpState.DONE)] == [True, False]
    assert not await finish(FollowUpState.WITHDRAWN)
    assert not await stocked.run(follow_ups.move, TEAM, "confirm", LATER)
    assert await stocked.run(follow_ups.get, TEAM, "confirm") == replace(
        FOLLOW_UP, state=FollowUpState.DONE, outcome="yes"
    )


async def test_a_snoozed_follow_up_is_due_again(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP])
    await stocked.run(follow_ups.finish, TEAM, "confirm", FollowUpState.SENT, now=NOW)

    assert not await stocked.run(follow_ups.move, OTHER_TEAM, "confirm", LATER)
    assert await stocked.run(follow_ups.move, TEAM, "confirm", LATER)

    assert await stocked.run(follow_ups.due, NOW, 10) == []
    assert await stocked.run(follow_ups.due, LATER, 10) == [replace(FOLLOW_UP, due_at=LATER)]


async def test_withdrawing_leaves_what_is_done(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP, replace(FOLLOW_UP, id="done"), replace(FOLLOW_UP, id="sent")])
    await stocked.run(follow_ups.finish, TEAM, "done", FollowUpState.DONE, now=NOW)
    await stocked.run(follow_ups.finish, TEAM, "sent", FollowUpState.SENT, now=NOW)

    assert await stocked.run(follow_ups.withdraw, OTHER_TEAM, DECISION.id) == 0
    assert await stocked.run(follow_ups.withdraw, TEAM, DECISION.id) == 2
    found = await stocked.run(follow_ups.of_decision, TEAM, DECISION.id)
    assert {one.id: one.state for one in found} == {
        "confirm": FollowUpState.WITHDRAWN,
        "done": FollowUpState.DONE,
        "sent": FollowUpState.WITHDRAWN,
    }
