from datetime import timedelta
from typing import Any

import aiohttp

from playground import SlackStandIn
from playground.records import Message
from tests.support.slack import OWNER, with_people
from tests.unit.playground.clocks import MovableClock
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import actions, button, section


async def respond(url: str, body: Any) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.json()


async def url_after_a_command(slack: SlackStandIn, bot: ScriptedBot) -> str:
    await slack.as_user(OWNER).command("/meetdown")
    return bot.received[-1].form["response_url"]


async def url_after_a_click(slack: SlackStandIn, bot: ScriptedBot) -> tuple[str, Message]:
    person = slack.as_user(OWNER)
    bot.says({"text": "Choose", "blocks": [actions(button())], "response_type": "in_channel"})
    reply = await person.command("/meetdown")
    assert isinstance(reply.shown, Message)
    await person.click(reply.shown, label="Go")
    return str(bot.received[-1].payload["response_url"]), reply.shown


async def test_a_response_is_seen_by_the_person_alone(slack: SlackStandIn, bot: ScriptedBot) -> None:
    url = await url_after_a_command(slack, bot)

    answer = await respond(url, {"text": "Done", "blocks": [section()]})

    assert answer == (200, {"ok": True})
    assert [one.text for one in slack.as_user(OWNER).ephemerals] == ["Done"]
    assert slack.messages == []


async def test_a_response_may_be_for_all(slack: SlackStandIn, bot: ScriptedBot) -> None:
    await respond(await url_after_a_command(slack, bot), {"text": "Done", "response_type": "in_channel"})

    assert [one.text for one in slack.messages] == ["Done"]


async def test_a_response_may_replace_what_was_clicked(slack: SlackStandIn, bot: ScriptedBot) -> None:
    url, message = await url_after_a_click(slack, bot)

    await respond(url, {"text": "Chosen", "replace_original": True})

    assert (message.text, message.blocks, len(slack.messages)) == ("Chosen", [], 1)


async def test_a_response_may_replace_an_ephemeral(slack: SlackStandIn, bot: ScriptedBot) -> None:
    person = slack.as_user(OWNER)
    bot.says({"text": "Choose", "blocks": [actions(button())]})
    reply = await person.command("/meetdown")
    assert reply.shown is not None
    await person.click(reply.shown, label="Go")

    await respond(bot.received[-1].payload["response_url"], {"text": "Chosen", "replace_original": True})

    assert [(one.text, one.blocks) for one in person.ephemerals] == [("Chosen", [])]


async def test_a_response_may_delete_what_was_clicked(slack: SlackStandIn, bot: ScriptedBot) -> None:
    url, _ = await url_after_a_click(slack, bot)

    await respond(url, {"delete_original": True})

    assert slack.messages == []


async def test_a_response_url_works_five_times(slack: SlackStandIn, bot: ScriptedBot) -> None:
    url = await url_after_a_command(slack, bot)

    answers = [await respond(url, {"text": f"No. {number}"}) for number in range(6)]

    assert answers == [(200, {"ok": True})] * 5 + [(404, {"ok": False, "error": "used_url"})]


async def test_a_response_url_works_for_thirty_minutes(bot: ScriptedBot) -> None:
    clock = MovableClock()
    async with SlackStandIn(request_url=bot.url, clock=clock) as slack:
        with_people(slack)
        url = await url_after_a_command(slack, bot)
        clock.moment += timedelta(minutes=30)
        in_time = await respond(url, {"text": "In time"})
        clock.moment += timedelta(seconds=1)
        too_late = await respond(url, {"text": "Too late"})

    assert (in_time[0], too_late) == (200, (404, {"ok": False, "error": "expired_url"}))


async def test_a_response_that_breaks_a_limit_is_refused(lenient_slack: SlackStandIn, bot: ScriptedBot) -> None:
    lenient_slack.request_url = bot.url
    url = await url_after_a_command(lenient_slack, bot)

    assert await respond(url, {"text": "x", "blocks": [{"type": "carpet"}]}) == (
        400,
        {"ok": False, "error": "invalid_blocks"},
    )
    assert await respond(url, {}) == (400, {"ok": False, "error": "no_text"})
    assert await respond(url, []) == (400, {"ok": False, "error": "invalid_payload"})
    assert [found.path for found in lenient_slack.violations] == ["/blocks/0/type"]


async def test_an_unknown_response_url_leads_nowhere(slack: SlackStandIn) -> None:
    assert (await respond(f"{slack.base_url}/response/T0ACME/nothing", {"text": "x"}))[0] == 404
