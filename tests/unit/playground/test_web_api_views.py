"""Triggers, the stack of modals, hashes, and the Home tab."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.clocks import MovableClock
from tests.unit.playground.opening import FORM, opened, refusal, trigger_of_a_click, trigger_of_a_command
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import actions, button, home, modal, plain, question, section, text_input


async def test_a_trigger_opens_a_modal_for_its_person(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    answer = await client.views_open(trigger_id=await trigger_of_a_command(slack, bot), view=FORM)

    view = slack.as_user(OWNER).modal
    assert view is not None
    assert answer["view"]["id"] == view.id
    assert (view.title, view.callback_id, view.private_metadata) == ("Title", "form", "m1")
    assert slack.as_user(COLLEAGUE).modal is None
    (action_id,) = view.state["length"]
    assert view.state == {"length": {action_id: {"type": "plain_text_input", "value": None}}}


async def test_a_trigger_works_once(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    trigger = await trigger_of_a_command(slack, bot)
    await client.views_open(trigger_id=trigger, view=FORM)

    assert await refusal(client, "views.open", trigger_id=trigger, view=FORM) == "exchanged_trigger_id"


@pytest.mark.parametrize(("seconds", "error"), [(3.0, ""), (3.001, "expired_trigger_id")])
async def test_a_trigger_works_for_three_seconds(bot: ScriptedBot, seconds: float, error: str) -> None:
    clock = MovableClock()
    async with SlackStandIn(request_url=bot.url, clock=clock) as slack:
        slack.add_user(OWNER)
        trigger = await trigger_of_a_command(slack, bot)
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        clock.moment += timedelta(seconds=seconds)
        if error:
            assert await refusal(client, "views.open", trigger_id=trigger, view=FORM) == error
        else:
            assert (await client.views_open(trigger_id=trigger, view=FORM))["ok"] is True


async def test_made_up_triggers_are_refused(slack: SlackStandIn, client: AsyncWebClient) -> None:
    assert await refusal(client, "views.open", trigger_id="1.2.x", view=FORM) == "invalid_trigger_id"
    assert await refusal(client, "views.open", trigger_id="nonsense", view=FORM) == "invalid_arguments"
    assert await refusal(client, "views.open", view=FORM) == "invalid_arguments"


async def test_a_trigger_of_another_workspace_is_unknown(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    other = slack.add_workspace("T0OTHER", name="Other", domain="other")
    trigger = await trigger_of_a_command(slack, bot)

    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id=trigger, view=FORM, token=other.bot_token)


async def test_a_view_that_breaks_a_limit_is_refused(
    lenient_slack: SlackStandIn, bot: ScriptedBot, lenient_client: AsyncWebClient
) -> None:
    lenient_slack.request_url = bot.url
    trigger = await trigger_of_a_command(lenient_slack, bot)

    assert (
        await refusal(lenient_client, "views.open", trigger_id=trigger, view=modal(title=plain("x" * 25)))
        == "invalid_arguments"
    )
    assert [found.path for found in lenient_slack.violations] == ["/title/text"]


async def test_modals_stack_three_deep(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = modal(actions(button()))
    first = await opened(slack, bot, client, view)
    await client.views_push(trigger_id=await trigger_of_a_click(slack, bot, first), view=view)
    second = slack.as_user(OWNER).modal
    assert second is not None
    await client.views_push(trigger_id=await trigger_of_a_click(slack, bot, second), view=view)
    third = slack.as_user(OWNER).modal
    assert third is not None
    trigger = await trigger_of_a_click(slack, bot, third)

    assert await refusal(client, "views.push", trigger_id=trigger, view=view) == "push_limit_reached"
    assert (third.previous_id, third.root_id, second.root_id) == (second.id, first.id, first.id)


async def test_only_a_modal_can_be_pushed_upon(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    trigger = await trigger_of_a_command(slack, bot)

    assert await refusal(client, "views.push", trigger_id=trigger, view=FORM) == "not_found"


async def test_an_update_keeps_what_was_entered_in_the_same_inputs(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    first = question(text_input(), block_id="a")
    view = await opened(slack, bot, client, modal(first))
    slack.as_user(OWNER).fill(view, {"a": "Entered"})

    second = question(text_input(initial_value="Proposed"), block_id="b")
    await client.views_update(view_id=view.id, hash=view.hash, view=modal(first, second))

    assert view.state == {
        "a": {"words": {"type": "plain_text_input", "value": "Entered"}},
        "b": {"words": {"type": "plain_text_input", "value": "Proposed"}},
    }


async def test_an_update_of_what_changed_meanwhile_conflicts(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client, FORM)
    old = view.hash
    await client.views_update(view_id=view.id, view=FORM)

    assert await refusal(client, "views.update", view_id=view.id, hash=old, view=FORM) == "hash_conflict"


async def test_a_closed_or_unknown_view_cannot_be_updated(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client, FORM)
    await slack.as_user(OWNER).close_view(view)

    assert await refusal(client, "views.update", view_id=view.id, view=FORM) == "not_found"
    assert await refusal(client, "views.update", view_id="V0", view=FORM) == "not_found"
    assert await refusal(client, "views.update", view=FORM) == "invalid_arguments"


async def test_an_external_id_names_one_open_view(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    named = {**FORM, "external_id": "e1"}
    view = await opened(slack, bot, client, named)
    trigger = await trigger_of_a_command(slack, bot, COLLEAGUE)

    assert await refusal(client, "views.open", trigger_id=trigger, view=named) == "duplicate_external_id"
    await client.views_update(external_id="e1", view={**named, "callback_id": "other"})
    assert view.callback_id == "other"


async def test_the_home_tab_is_published_for_one_person(slack: SlackStandIn, client: AsyncWebClient) -> None:
    first = await client.views_publish(user_id=OWNER, view=home(section("One")))
    await client.views_publish(user_id=OWNER, view=home(section("Two")), hash=first["view"]["hash"])

    shown = slack.as_user(OWNER).home
    assert shown is not None
    assert shown.blocks[0]["text"]["text"] == "Two"
    assert slack.as_user(COLLEAGUE).home is None
    stale = first["view"]["hash"]
    assert await refusal(client, "views.publish", user_id=OWNER, view=home(), hash=stale) == "hash_conflict"
    assert await refusal(client, "views.publish", user_id="U0NOBODY", view=home()) == "invalid_arguments"
