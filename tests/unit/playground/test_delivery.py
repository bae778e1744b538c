"""The acknowledgement limit, retries, doubles, and what a person sees when the bot is silent."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from playground import BotMistake, SlackStandIn
from playground.delivery.courier import RETRY_AFTER
from tests.support.slack import OWNER, with_people
from tests.unit.playground.scripted_bot import ScriptedBot


@pytest_asyncio.fixture
async def impatient(bot: ScriptedBot) -> AsyncIterator[SlackStandIn]:
    """A Slack that waits 50 ms instead of 3 s."""
    async with SlackStandIn(request_url=bot.url, ack_seconds=0.05, time_scale=0.0001) as stand_in:
        with_people(stand_in)
        yield stand_in


async def test_an_acknowledged_command_shows_the_answer(slack: SlackStandIn, bot: ScriptedBot) -> None:
    bot.says({"text": "Two meetings", "response_type": "ephemeral"})

    reply = await slack.as_user(OWNER).command("/meetdown")

    assert reply.ok
    assert reply.shown is not None
    assert reply.shown.text == "Two meetings"


async def test_a_command_answered_in_plain_text_shows_it(slack: SlackStandIn, bot: ScriptedBot) -> None:
    bot.answers.append(web.Response(text="Two meetings"))

    reply = await slack.as_user(OWNER).command("/meetdown")

    assert [one.text for one in slack.as_user(OWNER).ephemerals] == ["Two meetings"]
    assert reply.shown is not None


async def test_an_empty_answer_shows_nothing(slack: SlackStandIn, bot: ScriptedBot) -> None:
    reply = await slack.as_user(OWNER).command("/meetdown")

    assert (reply.ok, reply.shown, slack.as_user(OWNER).ephemerals) == (True, None, [])


async def test_an_answer_that_breaks_a_limit_is_refused_loudly(lenient_slack: SlackStandIn, bot: ScriptedBot) -> None:
    lenient_slack.request_url = bot.url
    bot.says({"text": "x", "blocks": [{"type": "carpet"}]})

    with pytest.raises(BotMistake, match="carpet"):
        await lenient_slack.as_user(OWNER).command("/meetdown")

    assert len(lenient_slack.violations) == 1


async def test_a_person_sees_a_timeout_after_the_limit(impatient: SlackStandIn, bot: ScriptedBot) -> None:
    bot.hangs(0.1)

    reply = await impatient.as_user(OWNER).command("/meetdown")

    assert (reply.ok, reply.error) == (False, "operation_timeout")


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_person_sees_a_failed_dispatch_for_any_other_status(
    slack: SlackStandIn, bot: ScriptedBot, status: int
) -> None:
    bot.fails(status)

    reply = await slack.as_user(OWNER).command("/meetdown")

    assert reply.error == "dispatch_failed"
    assert reply.answer is not None
    assert reply.answer.status == status


async def test_a_person_sees_a_failed_dispatch_where_nobody_listens(slack: SlackStandIn) -> None:
    slack.request_url = "http://127.0.0.1:9/slack/events"

    assert (await slack.as_user(OWNER).command("/meetdown")).error == "dispatch_failed"


async def test_commands_are_not_repeated(impatient: SlackStandIn, bot: ScriptedBot) -> None:
    bot.fails()

    await impatient.as_user(OWNER).command("/meetdown")
    await impatient.as_user(OWNER).command("/meetdown")

    assert len(bot.received) == 2


async def test_an_event_comes_three_times_more_under_one_id(impatient: SlackStandIn, bot: ScriptedBot) -> None:
    for _ in range(4):
        bot.fails(503)

    await impatient.as_user(OWNER).send_dm("Hello")
    await impatient.wait_for(lambda: len(impatient.courier.delivered) == 4)

    assert [one.headers.get("X-Slack-Retry-Num") for one in bot.received] == [None, "1", "2", "3"]
    assert {one.headers.get("X-Slack-Retry-Reason") for one in bot.received[1:]} == {"http_error"}
    assert len({one.payload["event_id"] for one in bot.received}) == 1


def test_retries_come_at_once_then_after_one_and_five_minutes() -> None:
    assert list(RETRY_AFTER) == [0.0, 60.0, 300.0]


async def test_retries_end_with_an_acknowledgement(impatient: SlackStandIn, bot: ScriptedBot) -> None:
    bot.hangs(0.1)

    await impatient.as_user(OWNER).send_dm("Hello")
    await impatient.wait_for(lambda: len(impatient.courier.delivered) == 2)

    assert [answer.error for _, answer in impatient.courier.delivered] == ["http_timeout", ""]
    assert bot.received[1].headers["X-Slack-Retry-Reason"] == "http_timeout"


async def test_a_bot_may_refuse_retries(impatient: SlackStandIn, bot: ScriptedBot) -> None:
    bot.fails(500, **{"X-Slack-No-Retry": "1"})

    await impatient.as_user(OWNER).send_dm("Hello")
    await impatient.courier.stop()

    assert len(bot.received) == 1


async def test_everything_can_come_twice(slack: SlackStandIn, bot: ScriptedBot) -> None:
    slack.faults.deliver_twice = True

    await slack.as_user(OWNER).command("/meetdown")

    assert len(bot.received) == 2
    assert bot.received[0].form == bot.received[1].form


async def test_what_was_sent_can_be_replayed(slack: SlackStandIn, bot: ScriptedBot) -> None:
    person = slack.as_user(OWNER)
    await person.command("/meetdown")

    await person.replay(slack.courier.delivered[0][0])

    assert bot.received[0].form == bot.received[1].form


async def test_uninstalling_tells_the_bot_and_kills_the_token(slack: SlackStandIn, bot: ScriptedBot) -> None:
    await slack.uninstall()

    assert {one.payload["event"]["type"] for one in bot.received} == {"app_uninstalled", "tokens_revoked"}
    assert slack.store.grants[slack.bot_token].error == "account_inactive"


async def test_waiting_ends_with_the_change_or_the_time(slack: SlackStandIn, bot: ScriptedBot) -> None:
    with pytest.raises(TimeoutError):
        await slack.wait_for(lambda: bot.received, timeout=0.01)

    slack.emit("T0ACME", {"type": "app_home_opened"})

    assert await slack.wait_for(lambda: bot.received) == bot.received
