from typing import Any

from playground.page.scene import Address, Scene
from tests.support.page import MemoryWorld
from tests.support.slack import COLLEAGUE, OWNER


def seen_by(world: MemoryWorld, user: str = OWNER) -> Scene:
    return Scene(world.slack.store, world.slack.store.users[user])


def unread(scene: Scene) -> dict[str, int]:
    return {one.name: one.unread for one in scene.conversations}


async def test_messages_of_others_are_unread_until_they_are_seen(world: MemoryWorld) -> None:
    await world.says("one")
    world.slack.as_user(COLLEAGUE).write(world.slack.store.channels["C0GENERAL"], "two")
    anna, ben = seen_by(world), seen_by(world, COLLEAGUE)

    assert (unread(anna), unread(ben)) == ({"Meetdown": 1, "general": 1}, {"Meetdown": 0, "general": 0})
    assert (anna.read_all(anna.dm), anna.read_all(anna.dm)) == (True, False)
    assert unread(anna) == {"Meetdown": 0, "general": 1}


async def test_messages_in_one_breath_stand_under_one_name(world: MemoryWorld) -> None:
    await world.says("one")
    await world.says("two")
    await world.slack.as_user(OWNER).send_dm("three")
    scene = seen_by(world)

    lines = scene.lines(scene.dm)

    assert [(line.author, line.continued, line.new_day) for line in lines] == [
        ("Meetdown", False, True),
        ("Meetdown", True, False),
        ("Anna Berg", False, False),
    ]


async def test_an_ephemeral_message_is_seen_by_one_person_only(world: MemoryWorld) -> None:
    await world.calls("chat.postEphemeral", channel="C0GENERAL", user=OWNER, text="psst")
    general = world.slack.store.channels["C0GENERAL"]

    assert [(line.message.text, line.only_for_you) for line in seen_by(world).lines(general)] == [("psst", True)]
    assert seen_by(world, COLLEAGUE).lines(general) == []


async def test_answers_stand_in_their_thread_and_are_counted_at_its_head(world: MemoryWorld) -> None:
    head = await world.says("head")
    await world.says("answer", thread_ts=head["ts"])
    scene = seen_by(world)

    [line] = scene.lines(scene.dm)

    assert (line.message.text, line.replies) == ("head", 1)
    assert [one.message.text for one in scene.thread(scene.dm, str(head["ts"]))] == ["head", "answer"]


def test_an_address_keeps_what_is_not_changed() -> None:
    query: dict[str, Any] = {"pane": "mail", "about": "7", "thread": "", "more": "x"}

    address = Address.of("U1", "C1", query)

    assert address.link() == "/as/U1/C1?pane=mail&about=7"
    assert address.link(pane="", about="", thread="1.2") == "/as/U1/C1?thread=1.2"
    assert Address.of("U1", "C1", {"pane": "../../etc"}).pane == ""
