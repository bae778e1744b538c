"""The payloads of what people do, and how they find what they act on."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import BotMistake, Message, NotOnScreen, SlackStandIn, words
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.scripted_bot import ScriptedBot
from tests.unit.playground.shapes import actions, button, modal, option, options, plain, question, section, select

TEAM = {"id": "T0ACME", "domain": "acme"}
ANNA = {"id": OWNER, "username": "anna", "name": "anna", "team_id": "T0ACME"}
BUTTONS = [
    {**section("Monday"), "block_id": "m1"},
    {**actions(button("Shorter", value="m1", action_id="step"), button("Call", action_id="call")), "block_id": "a1"},
    {**actions(button("Shorter", value="m2", action_id="step")), "block_id": "a2"},
]


async def posted(slack: SlackStandIn, client: AsyncWebClient, blocks: list[dict[str, Any]]) -> Message:
    await client.chat_postMessage(channel=OWNER, text="Meetings", blocks=blocks)
    return slack.as_user(OWNER).messages[-1]


async def test_a_command_is_slacks_form(slack: SlackStandIn, bot: ScriptedBot) -> None:
    person = slack.as_user(OWNER)

    await person.command("/meetdown", "acme")

    form = bot.received[0].form
    assert form.pop("trigger_id") in slack.store.triggers
    assert form.pop("response_url").startswith(f"{slack.base_url}/response/T0ACME/")
    assert form == {
        "token": "verification-token",
        "team_id": "T0ACME",
        "team_domain": "acme",
        "channel_id": person.dm.id,
        "channel_name": "directmessage",
        "user_id": OWNER,
        "user_name": "anna",
        "command": "/meetdown",
        "text": "acme",
        "api_app_id": "A0MEETDOWN",
        "is_enterprise_install": "false",
    }


async def test_a_command_may_be_typed_in_a_channel_of_an_organisation(slack: SlackStandIn, bot: ScriptedBot) -> None:
    slack.workspace.enterprise_id = "E0ACME"
    slack.add_channel("C0TEAM", name="team", members={OWNER})

    await slack.as_user(OWNER).command("/meetdown", channel="C0TEAM")

    form = bot.received[0].form
    assert (form["channel_id"], form["channel_name"], form["enterprise_id"]) == ("C0TEAM", "team", "E0ACME")


async def test_a_click_on_a_message_is_slacks_payload(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, BUTTONS)

    reply = await slack.as_user(OWNER).click(message, label="Call")

    payload = bot.received[0].payload
    (action,) = payload.pop("actions")
    assert reply.ok
    assert payload.pop("trigger_id") in slack.store.triggers
    assert payload.pop("response_url").startswith(slack.base_url)
    assert action.pop("action_ts") > message.ts
    assert action == {"type": "button", "block_id": "a1", "action_id": "call", "text": plain("Call")}
    assert payload.pop("message")["ts"] == message.ts
    assert payload == {
        "type": "block_actions",
        "team": TEAM,
        "user": ANNA,
        "api_app_id": "A0MEETDOWN",
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": False,
        },
        "channel": {"id": message.channel, "name": "directmessage"},
        "state": {"values": {}},
    }


async def test_buttons_with_one_action_id_are_told_apart(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, BUTTONS)
    person = slack.as_user(OWNER)

    await person.click(message, action_id="step", value="m2")
    await person.click(message, label="short", block_id="a1")

    assert [one.payload["actions"][0]["value"] for one in bot.received] == ["m2", "m1"]


async def test_what_is_unclear_or_not_there_is_answered_with_what_there_is(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, BUTTONS)
    person = slack.as_user(OWNER)

    with pytest.raises(NotOnScreen, match="2 elements answer label='Shorter'"):
        await person.click(message, label="Shorter")
    with pytest.raises(NotOnScreen, match=r"0 elements(.|\n)*button 'Call' action_id='call'"):
        await person.click(message, label="E-mail")
    with pytest.raises(NotOnScreen, match="no inputs"):
        await person.select(message, "step", "x")


async def test_a_choice_in_a_message_is_sent_with_the_state(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    ticks = {"type": "checkboxes", "action_id": "tick", "options": options(3)}
    message = await posted(slack, client, [{**actions(ticks), "block_id": "list"}])
    person = slack.as_user(OWNER)

    await person.select(message, "tick", ["v0", "v2"])

    chosen = {"type": "checkboxes", "selected_options": [option("v0", "Option 0"), option("v2", "Option 2")]}
    payload = bot.received[0].payload
    assert payload["state"] == {"values": {"list": {"tick": chosen}}}
    assert payload["actions"][0]["selected_options"] == chosen["selected_options"]
    assert person.user.id in message.states
    assert COLLEAGUE not in message.states


async def test_an_ephemeral_travels_without_its_words(slack: SlackStandIn, bot: ScriptedBot) -> None:
    person = slack.as_user(OWNER)
    bot.says({"text": "Choose", "blocks": [actions(button())]})
    reply = await person.command("/meetdown")
    assert reply.shown is not None

    await person.click(reply.shown, action_id="go")

    payload = bot.received[1].payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_an_input_tells_the_bot_only_where_it_dispatches(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    person = slack.as_user(OWNER)
    await person.command("/meetdown")
    quiet, loud = question(select(), block_id="quiet"), question(select(), block_id="loud", dispatch_action=True)
    await client.views_open(trigger_id=bot.received[0].form["trigger_id"], view=modal(quiet, loud))
    view = await person.wait_for_modal()

    first = await person.select(view, "quiet", "v0")
    second = await person.select(view, "loud", "v1")

    assert (first.answer, second.ok, len(bot.received)) == (None, True, 2)
    payload = bot.received[1].payload
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert payload["view"]["hash"] == view.hash
    assert payload["view"]["state"]["values"] == view.state
    assert "response_url" not in payload


async def test_an_external_select_asks_for_options(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, [actions({"type": "external_select", "action_id": "client"})])
    person = slack.as_user(OWNER)
    bot.says({"options": options(2)})

    offered = await person.suggest(message, "client", "ac")
    await person.select(message, "client", offered[0])

    asked, chosen = (one.payload for one in bot.received)
    assert (asked["type"], asked["value"], asked["action_id"]) == ("block_suggestion", "ac", "client")
    assert "trigger_id" not in asked
    assert chosen["actions"][0]["selected_option"] == options(1)[0]


async def test_a_suggestion_without_options_is_a_mistake_of_the_bot(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, [actions({"type": "external_select", "action_id": "client"})])

    with pytest.raises(BotMistake):
        await slack.as_user(OWNER).suggest(message, "client", "ac")


async def test_a_dm_is_an_event_with_its_authorisation(slack: SlackStandIn, bot: ScriptedBot) -> None:
    person = slack.as_user(OWNER)

    await person.send_dm("Can't make it at 3")

    payload = bot.received[0].payload
    event = payload["event"]
    assert (payload["type"], payload["team_id"], payload["api_app_id"]) == ("event_callback", "T0ACME", "A0MEETDOWN")
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "UBT0ACME"
    assert (event["type"], event["channel_type"], event["channel"], event["user"], event["text"]) == (
        "message",
        "im",
        person.dm.id,
        OWNER,
        "Can't make it at 3",
    )
    assert slack.messages[0].ts == event["ts"]
    assert person.messages == []


async def test_shortcuts_name_their_callback(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    message = await posted(slack, client, [section()])
    person = slack.as_user(OWNER)

    await person.shortcut("new_meeting")
    await person.message_shortcut("step_down", message)
    await person.open_home()

    anywhere, on_message, at_home = (one.payload for one in bot.received)
    assert (anywhere["type"], anywhere["callback_id"]) == ("shortcut", "new_meeting")
    assert (on_message["type"], on_message["message"]["ts"]) == ("message_action", message.ts)
    assert (at_home["event"]["type"], at_home["event"]["tab"]) == ("app_home_opened", "home")


async def test_a_person_waits_for_the_words_of_a_message(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await posted(slack, client, [section("Quarterly review")])

    found = await slack.as_user(OWNER).wait_for_message("Quarterly", timeout=1)

    assert words(found) == "Quarterly review"
    with pytest.raises(TimeoutError):
        await slack.as_user(OWNER).wait_for_message("Kickoff", timeout=0.01)


def test_a_user_has_only_known_fields(slack: SlackStandIn) -> None:
    with pytest.raises(TypeError, match="no 'colour'"):
        slack.add_user("U0X", colour="red")


async def test_a_message_carries_its_initial_choices_with_any_click(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    chosen = option("v1", "Option 1")
    blocks = [{**actions(select(initial_option=chosen), button()), "block_id": "a"}]
    message = await posted(slack, client, blocks)

    await slack.as_user(OWNER).click(message, action_id="go")

    state = bot.received[0].payload["state"]
    assert state == {"values": {"a": {"pick": {"type": "static_select", "selected_option": chosen}}}}


async def test_an_overflow_menu_sends_what_was_picked(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    message = await posted(slack, client, [actions({"type": "overflow", "action_id": "more", "options": options(2)})])

    await slack.as_user(OWNER).select(message, "more", "v1")

    assert bot.received[0].payload["actions"][0]["selected_option"] == option("v1", "Option 1")


async def test_a_changed_profile_is_told(slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient) -> None:
    await slack.as_user(OWNER).change(locale="nl-NL")

    assert bot.received[0].payload["event"]["type"] == "user_change"
    assert (await client.users_info(user=OWNER, include_locale=True))["user"]["locale"] == "nl-NL"


async def test_own_messages_come_back_where_the_app_listens_to_dms(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    slack.app.hears_own_messages = True
    message = await posted(slack, client, [section()])

    await client.chat_update(channel=message.channel, ts=message.ts, text="Bye")
    await slack.wait_for(lambda: len(slack.courier.delivered) == 2)

    events = [one.payload["event"] for one in bot.received]
    assert [(event["channel_type"], event.get("bot_id"), event.get("subtype")) for event in events] == [
        ("im", "BT0ACME", None),
        ("im", None, "message_changed"),
    ]
