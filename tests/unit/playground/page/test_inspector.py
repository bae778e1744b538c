import json

import pytest
from slack_sdk.errors import SlackApiError

from playground.page import inspector
from tests.support.page import MemoryWorld
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, button


async def test_both_ways_are_shown_newest_first_without_secrets(world: MemoryWorld) -> None:
    await world.says("hello")
    await world.slack.as_user(OWNER).command("/meetdown", "acme")

    found = inspector.traffic(world.slack)

    assert [(one.to_bot, one.title, one.ok) for one in found] == [
        (True, "/meetdown acme", True),
        (False, "chat.postMessage", True),
    ]
    assert json.loads(found[0].request)["token"] == "…"
    assert json.loads(found[1].request)["text"] == "hello"


async def test_a_call_that_was_refused_shows_slacks_name_for_it(world: MemoryWorld) -> None:
    world.slack.faults.fail("users.info", "user_not_found")

    with pytest.raises(SlackApiError):
        await world.calls("users.info", user=OWNER)

    [one] = inspector.traffic(world.slack)
    assert (one.ok, one.outcome, one.fault) == (False, "user_not_found", "user_not_found")


async def test_only_what_touches_a_message_is_shown_for_it(world: MemoryWorld) -> None:
    await world.says("another")
    sent = await world.says("this", blocks=[actions(button())])
    message = world.slack.messages[-1]
    await world.slack.as_user(OWNER).click(message, action_id="go")

    titles = [one.title for one in inspector.traffic(world.slack, str(sent["ts"]))]

    assert titles == ["block_actions go", "chat.postMessage"]


def test_what_is_long_is_cut_and_says_how_much() -> None:
    shown = inspector.as_json({"text": "x" * 30_000})

    assert shown.endswith("characters more)")
    assert len(shown) < 21_000
