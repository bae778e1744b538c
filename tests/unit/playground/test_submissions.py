"""What the bot's answer to a submitted form does to the modals."""

from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from playground import BotMistake, NotOnScreen, SlackStandIn
from tests.support.slack import OWNER
from tests.unit.playground.opening import FORM, opened
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import modal, plain, section


async def test_an_empty_answer_closes_the_form(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    view = await opened(slack, bot, client, FORM)

    reply = await slack.as_user(OWNER).submit(view, {"length": "30"})

    sent = bot.received[-1].payload
    (values,) = sent["view"]["state"]["values"]["length"].values()
    assert (reply.ok, view.is_open, slack.as_user(OWNER).modal) == (True, False, None)
    assert (sent["type"], sent["view"]["private_metadata"], values["value"]) == ("view_submission", "m1", "30")


async def test_what_slacks_client_refuses_is_never_sent(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client, FORM)

    reply = await slack.as_user(OWNER).submit(view, {"length": ""})

    assert (reply.answer, list(reply.errors), len(bot.received)) == (None, ["length"], 1)
    assert view.is_open


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


@pytest.mark.parametrize("action", ["push", "update", "clear"])
async def test_an_answer_that_comes_after_the_form_was_closed_opens_nothing(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient, action: str
) -> None:
    view, anna = await opened(slack, bot, client, FORM), slack.as_user(OWNER)

    async def late() -> web.Response:
        await anna.close_view(view, all_of_them=True)
        return web.json_response({"response_action": action, "view": FORM})

    bot.answers.append(late)
    reply = await anna.submit(view, {"length": "30"})

    assert (reply.ok, anna.modal) == (True, None)


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
