"""Triggers, the stack of modals, hashes, the Home tab, and the answers to a submitted form."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import BotMistake, NotOnScreen, SlackStandIn, View
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import actions, button, home, modal, plain, question, section, text_input

FORM = modal(question(block_id="length"), private_metadata="m1")


class MovableClock:
    def __init__(self) -> None:
        self.moment = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


async def trigger_of_a_command(slack: SlackStandIn, bot: ScriptedBot, user: str = OWNER) -> str:
    await slack.as_user(user).command("/meetdown")
    return bot.received[-1].form["trigger_id"]


async def trigger_of_a_click(slack: SlackStandIn, bot: ScriptedBot, view: View) -> str:
    await slack.as_user(view.user).click(view, action_id="go")
    return str(bot.received[-1].payload["trigger_id"])


async def opened(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient, view: dict[str, Any]) -> View:
    await client.views_open(trigger_id=await trigger_of_a_command(slack, bot), view=view)
    found = slack.as_user(OWNER).modal
    assert found is not None
    return found


async def refusal(client: AsyncWebClient, method: str, **args: Any) -> object:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=args)
    return refused.value.response["error"]


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


async def test_an_empty_answer_closes_the_form(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = await opened(slack, bot, client, FORM)

    reply = await slack.as_user(OWNER).submit(view, {"length": "30"})

    sent = bot.received[-1].payload
    (values,) = sent["view"]["state"]["values"]["length"].values()
    assert (reply.ok, view.is_open, slack.as_user(OWNER).modal) == (True, False, None)
    assert (sent["type"], sent["view"]["private_metadata"], values["value"]) == ("view_submission", "m1", "30")


async def test_errors_stand_beside_their_inputs(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = await opened(slack, bot, client, FORM)
    bot.says({"response_action": "errors", "errors": {"length": "Not shorter"}})

    reply = await slack.as_user(OWNER).submit(view, {"length": "90"})

    assert (reply.ok, reply.errors, view.errors) == (False, {"length": "Not shorter"}, {"length": "Not shorter"})
    assert slack.as_user(OWNER).modal is view


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"width": "Not shorter"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"length": ""}},
        {"response_action": "dance"},
        {"response_action": "update"},
        {"text": "Thank you"},
        "Thank you",
    ],
)
async def test_an_answer_that_slack_does_not_take_is_refused_loudly(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient, answer: Any
) -> None:
    view = await opened(slack, bot, client, FORM)
    bot.says(answer)

    with pytest.raises(BotMistake):
        await slack.as_user(OWNER).submit(view, {"length": "30"})


async def test_an_answer_may_replace_the_form(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = await opened(slack, bot, client, FORM)
    bot.says({"response_action": "update", "view": modal(section("Sure?"), callback_id="confirm")})

    await slack.as_user(OWNER).submit(view, {"length": "30"})

    assert (view.is_open, view.callback_id) == (True, "confirm")


async def test_an_answer_may_push_and_closing_leads_back(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    person = slack.as_user(OWNER)
    view = await opened(slack, bot, client, FORM)
    bot.says({"response_action": "push", "view": modal(section("More"), callback_id="more")})
    await person.submit(view, {"length": "30"})
    above = person.modal
    assert above is not None

    await person.close_view(above)

    assert (above.callback_id, person.modal) == ("more", view)


async def test_an_answer_may_not_push_a_fourth(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    person = slack.as_user(OWNER)
    await opened(slack, bot, client, FORM)
    for _ in range(3):
        bot.says({"response_action": "push", "view": FORM})

    async def submit_the_front() -> None:
        assert person.modal is not None
        await person.submit(person.modal, {"length": "30"})

    await submit_the_front()
    await submit_the_front()
    with pytest.raises(BotMistake, match="push_limit_reached"):
        await submit_the_front()


async def test_an_answer_may_clear_the_whole_stack(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client, FORM)
    bot.says({"response_action": "clear"})

    await slack.as_user(OWNER).submit(view, {"length": "30"})

    assert slack.as_user(OWNER).modal is None


async def test_a_form_in_an_answer_is_checked_against_the_limits(
    lenient_slack: SlackStandIn, bot: ScriptedBot, lenient_client: AsyncWebClient
) -> None:
    lenient_slack.request_url = bot.url
    view = await opened(lenient_slack, bot, lenient_client, FORM)
    bot.says({"response_action": "update", "view": modal(title=plain("x" * 25))})

    with pytest.raises(BotMistake, match="/title/text"):
        await lenient_slack.as_user(OWNER).submit(view, {"length": "30"})
    assert len(lenient_slack.violations) == 1


@pytest.mark.parametrize("asked", [True, False])
async def test_closing_is_told_only_where_asked_for(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient, asked: bool
) -> None:
    view = await opened(slack, bot, client, {**FORM, "notify_on_close": asked})

    await slack.as_user(OWNER).close_view(view, all_of_them=True)

    told = [one.payload for one in bot.received[1:]]
    assert [(one["type"], one["is_cleared"], one["view"]["id"]) for one in told] == [
        ("view_closed", True, view.id)
    ] * asked


async def test_a_view_may_take_the_stack_with_it_when_it_closes(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    person = slack.as_user(OWNER)
    view = await opened(slack, bot, client, FORM)
    bot.says({"response_action": "push", "view": {**FORM, "clear_on_close": True}})
    await person.submit(view, {"length": "30"})
    assert person.modal is not None

    await person.close_view(person.modal)

    assert person.modal is None


async def test_a_failed_submission_leaves_the_form_open(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client, FORM)
    bot.fails()

    reply = await slack.as_user(OWNER).submit(view, {"length": "30"})

    assert (reply.error, view.is_open) == ("dispatch_failed", True)


async def test_a_closed_form_cannot_be_sent(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = await opened(slack, bot, client, FORM)
    await slack.as_user(OWNER).close_view(view)

    with pytest.raises(NotOnScreen):
        await slack.as_user(OWNER).submit(view, {"length": "30"})
