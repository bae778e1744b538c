"""Promises: one for the same work, in the order in which they are due, not before."""

from datetime import timedelta

from storage import outbox
from storage.database import Database
from storage.outbox import LONGEST_KEY, Promise, Work
from tests.support.stored import NOW, TEAM

LATER = NOW + timedelta(minutes=15)


async def test_the_same_work_is_promised_once_and_an_edition_anew(database: Database) -> None:
    keys = [
        await database.run(outbox.promise, TEAM, Work.SHOW_MEETING, "m", NOW),
        await database.run(outbox.promise, TEAM, Work.SHOW_MEETING, "m", LATER),
        await database.run(outbox.promise, TEAM, Work.SHOW_MEETING, "m", NOW, edition="2"),
    ]

    promised = await database.read(outbox.promised)

    assert keys == ["show_meeting-m", "show_meeting-m", "show_meeting-m-2"]
    assert [one.key for one in promised] == ["show_meeting-m", "show_meeting-m-2"]


async def test_a_promise_for_later_is_not_seen_before(database: Database) -> None:
    await database.run(outbox.promise, TEAM, Work.CARRY_OUT, "d", LATER, edition="again1", attempt=1)

    before = await database.read(outbox.promised, LATER - timedelta(seconds=1))
    then = await database.read(outbox.promised, LATER)
    await database.run(outbox.kept, "carry_out-d-again1")

    assert before == []
    assert then == [Promise(key="carry_out-d-again1", team_id=TEAM, work="carry_out", subject_id="d", attempt=1)]
    assert await database.read(outbox.promised) == []


async def test_long_subjects_have_keys_of_their_own_that_fit(database: Database) -> None:
    """A domain may be as long as a key."""
    keys = {
        await database.run(outbox.promise, TEAM, Work.PROPOSAL_SETTLED, "x" * 252 + last, NOW) for last in ("a", "b")
    }

    assert len(keys) == 2
    assert max(map(len, keys)) <= LONGEST_KEY
