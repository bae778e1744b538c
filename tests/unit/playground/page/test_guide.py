from datetime import timedelta

from playground.page.guide import steps
from tests.support.page import MemoryWorld
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.shapes import modal, question


def done(world: MemoryWorld, user: str = OWNER) -> list[bool]:
    return [step.done for step in steps(world, world.slack.store.users[user])]


async def test_steps_are_ticked_off_by_what_really_happened(world: MemoryWorld) -> None:
    before = done(world)
    await world.shows(modal(question(block_id="name")))
    asked = done(world)
    anna = world.slack.as_user(OWNER)
    view = anna.modal
    assert view is not None
    await anna.submit(view, {"name": "Acme"})
    sent = done(world)
    world.clock.move(timedelta(hours=1))

    assert (before, asked, sent) == ([False] * 3, [True, False, False], [True, True, False])
    assert done(world) == []


async def test_each_person_has_their_own_steps(world: MemoryWorld) -> None:
    await world.slack.as_user(OWNER).command("/meetdown")

    assert (done(world)[0], done(world, COLLEAGUE)[0]) == (True, False)
