from datetime import timedelta

from playground.page.guide import Guide
from tests.support.page import MemoryWorld
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.shapes import modal, question


def done(guide: Guide, world: MemoryWorld, user: str = OWNER) -> list[bool]:
    return [step.done for step in guide.steps(world.slack.store.users[user])]


async def test_steps_are_ticked_off_by_what_really_happened(world: MemoryWorld) -> None:
    guide = Guide(world)
    before = done(guide, world)
    await world.shows(modal(question(block_id="name")))
    asked = done(guide, world)
    anna = world.slack.as_user(OWNER)
    view = anna.modal
    assert view is not None
    await anna.submit(view, {"name": "Acme"})
    sent = done(guide, world)
    world.clock.move(timedelta(hours=1))

    assert (before, asked, sent) == ([False] * 3, [True, False, False], [True, True, False])
    assert done(guide, world) == []


async def test_what_was_done_stays_done_when_the_clock_goes_back(world: MemoryWorld) -> None:
    guide = Guide(world)
    world.clock.move(timedelta(hours=1))
    moved = done(guide, world)
    world.clock.back_to_now()

    assert (moved, done(guide, world)) == ([False, False, True], [False, False, True])


async def test_each_person_has_their_own_steps(world: MemoryWorld) -> None:
    await world.slack.as_user(OWNER).command("/meetdown")

    guide = Guide(world)
    assert (done(guide, world)[0], done(guide, world, COLLEAGUE)[0]) == (True, False)
