"""Several processes on one PostgreSQL: who ends is made up for, who lives is left alone, everything happens once."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from domain.words import Lead, Option
from playground import SlackStandIn
from storage import migrate, outbox, reminders
from tests.support.crashes import Forge, Office, forge, office
from tests.support.databases import PostgreSQL, postgresql
from tests.support.like_meetings import FIRST_NUMBER, NOW, Seen, decided, reminded

__all__ = ["forge", "postgresql"]

NOBODY = "nobody"
"""A subject that never comes: a process that waits for it as well is not killed by itself."""


@pytest.fixture
def url(postgresql: PostgreSQL) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    made = postgresql.create(name)
    migrate.upgrade(made)
    yield made
    postgresql.drop(name)


@pytest.fixture
async def room(slack: SlackStandIn, forge: Forge, url: str, tmp_path: Path) -> AsyncIterator[Office]:
    made = office(slack, forge, url, tmp_path)
    yield made
    for process in made.started:
        await process.kill()


async def test_what_a_killed_process_had_begun_is_finished_by_another(room: Office) -> None:
    subject = await room.begin(FIRST_NUMBER, decided(Option.HANDOFF))
    reached = await room.run()
    expected = await room.seen(FIRST_NUMBER)
    boundaries = [word for about, word in reached if about == subject and not word.endswith("the start")]
    numbers = range(FIRST_NUMBER + 1, FIRST_NUMBER + 1 + len(boundaries))
    plan = {
        await room.begin(number, decided(Option.HANDOFF)): boundary
        for number, boundary in zip(numbers, boundaries, strict=True)
    }
    first = room.start(crash={**plan, NOBODY: "never"}, stay=True)
    for about, boundary in plan.items():
        await first.reaches(about, boundary)
    second = room.start(stay=True)
    before = [await room.seen(number) for number in numbers]
    await second.reaches("executors", "looked")
    await second.reaches("executors", "looked", times=10)
    meanwhile = [await room.seen(number) for number in numbers]

    await first.kill()
    after = [await _in_the_end(room, number, expected) for number in numbers]

    assert meanwhile == before
    assert after == [expected] * len(boundaries)


async def test_two_planners_at_once_start_everything_once(room: Office) -> None:
    both = [room.start(stay=True), room.start(stay=True)]
    for process in both:
        await process.reaches("executors", "looked")

    for number in range(FIRST_NUMBER, FIRST_NUMBER + 12):
        await room.begin(number, decided(Option.SHORTER))
        await room.begin(number + 100, reminded(Lead.DECIDE, NOW))
    await _all_done(room)

    told = [(await room.seen(number)).who_was_told for number in range(FIRST_NUMBER, FIRST_NUMBER + 12)]
    reminded_of = [(await room.seen(number + 100)).who_was_told for number in range(FIRST_NUMBER, FIRST_NUMBER + 12)]
    assert told == ["owner: decided, owner: ready"] * 12
    assert reminded_of == ["owner: reminder"] * 12


async def _in_the_end(room: Office, number: int, expected: Seen) -> Seen:
    """What is seen as soon as it is as expected, or after all the time that it may take."""
    for _ in range(200):
        if await room.seen(number) == expected:
            break
        await asyncio.sleep(0.1)
    return await room.seen(number)


async def _all_done(room: Office) -> None:
    quiet = 0
    while quiet < 5:
        count = len(room.slack.calls)
        await asyncio.sleep(0.1)
        left = await room.store(_left)
        quiet = quiet + 1 if left == 0 and len(room.slack.calls) == count else 0


def _left(session: Session) -> int:
    return len(outbox.promised(session)) + len(reminders.due(session, NOW, 100))
