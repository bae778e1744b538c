from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.support.page import MemoryWorld
from tests.support.slack import COLLEAGUE, OWNER
from tests.unit.playground.page.posting import act, fine, refused
from tests.unit.playground.shapes import modal, question

GONE = refused("This was changed meanwhile. Look again, please.")
CHOICES = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("red", "blue")]


def button(action_id: str = "go", value: str = "7") -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": action_id, "value": value}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "b", "elements": list(elements)}


async def posted(world: MemoryWorld, *elements: dict[str, Any]) -> str:
    """A message of the bot with these elements; the surface it is."""
    sent = await world.says("choose", blocks=[actions(*elements)])
    return f"message:{sent['channel']}:{sent['ts']}"


async def test_what_is_said_reaches_the_bot_escaped(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    assert await act(browser, "say", text="1 < 2 & <!channel>") == fine()

    assert world.bot.received[-1].payload["event"]["text"] == "1 &lt; 2 &amp; &lt;!channel&gt;"


async def test_a_command_is_delivered_with_its_words(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.bot.says({"response_type": "ephemeral", "text": "Here they are"})

    assert await act(browser, "say", text="/meetdown  acme & co ", place="C0GENERAL") == fine()

    form = world.bot.received[-1].form
    assert (form["command"], form["text"], form["channel_id"]) == ("/meetdown", "acme & co", "C0GENERAL")
    assert [one.text for one in world.slack.as_user(OWNER).ephemerals] == ["Here they are"]


@pytest.mark.parametrize(
    ("given", "notice"),
    [
        ({"text": "/nosuch thing"}, "/nosuch is not a valid command."),
        ({"text": "/meetdown", "thread": "1.2"}, "/meetdown is not supported in threads. Sorry!"),
        ({"text": "hello", "place": "C0NOWHERE"}, GONE["notice"]),
    ],
)
async def test_what_slack_does_not_send_is_said(
    browser: aiohttp.ClientSession, world: MemoryWorld, given: dict[str, Any], notice: str
) -> None:
    assert await act(browser, "say", **given) == refused(notice)
    assert world.bot.received == []


async def test_a_command_that_fails_says_how(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.bot.fails(500)

    assert await act(browser, "say", text="/meetdown") == refused("/meetdown failed with the error “dispatch_failed”")


async def test_nothing_is_said_where_nothing_was_typed(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    assert await act(browser, "say", text=" \n ") == fine()
    assert (world.slack.messages, world.bot.received) == ([], [])


async def test_what_is_said_in_a_channel_or_a_thread_stands_there(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    head = await world.says("head")
    await act(browser, "say", text="hello all", place="C0GENERAL")
    await act(browser, "say", text="an answer", thread=head["ts"])

    said = [(one.channel, one.text, one.thread_ts) for one in world.slack.messages[1:]]
    assert said == [("C0GENERAL", "hello all", ""), (head["channel"], "an answer", head["ts"])]
    assert world.bot.received[-1].payload["event"]["thread_ts"] == head["ts"]


async def test_a_button_is_pressed_with_its_value(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, button("go", "7"), button("stay", "8"))

    assert await act(browser, "click", surface=surface, block="b", action="stay", value="8") == fine()

    [pressed] = world.bot.received[-1].payload["actions"]
    assert (pressed["action_id"], pressed["value"]) == ("stay", "8")


async def test_half_a_character_does_not_stop_the_page_from_being_shown(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await act(browser, "say", text="half \ud800 and whole \U0001f600", place=world.slack.as_user(OWNER).dm.id)
    await world.says("half \udc00 of the bot")
    world.bot.answers.append(
        web.Response(text='{"text": "half \\ud800 in an answer"}', content_type="application/json")
    )
    await act(browser, "say", text="/meetdown", place=world.slack.as_user(OWNER).dm.id)

    async with browser.get("/") as answer:
        assert answer.status == 200
        page = await answer.text()
    for words in ("half \ufffd and whole \U0001f600", "half \ufffd of the bot", "half \ufffd in an answer"):
        assert words in page


@pytest.mark.parametrize(
    "place",
    [
        {"surface": "message:D0000000000:1.2", "block": "b", "action": "go"},
        {"surface": "view:V0000000000", "block": "b", "action": "go"},
        {"surface": "nonsense", "block": "b", "action": "go"},
        {"block": "b"},
        {},
    ],
)
async def test_what_is_not_on_the_screen_cannot_be_pressed(
    browser: aiohttp.ClientSession, world: MemoryWorld, place: dict[str, Any]
) -> None:
    assert await act(browser, "click", **place) == GONE
    assert world.bot.received == []


async def test_nobody_can_press_a_button_in_somebody_elses_conversation(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    surface = await posted(world, button())

    assert await act(browser, "click", user=COLLEAGUE, surface=surface, block="b", action="go", value="7") == GONE
    assert world.bot.received == []


async def test_a_button_that_failed_says_so(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, button())
    world.bot.fails()

    answer = await act(browser, "click", surface=surface, block="b", action="go", value="7")

    assert answer == refused("We had some trouble connecting. Try again?")


async def test_a_choice_in_a_message_is_told_at_once(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, {"type": "static_select", "action_id": "pick", "options": CHOICES})

    assert await act(browser, "choose", surface=surface, block="b", action="pick", value="blue") == fine()

    [chosen] = world.bot.received[-1].payload["actions"]
    assert chosen["selected_option"]["value"] == "blue"


async def test_a_choice_that_is_not_offered_is_refused(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, {"type": "static_select", "action_id": "pick", "options": CHOICES})

    answer = await act(browser, "choose", surface=surface, block="b", action="pick", value="green")

    assert not answer["ok"]
    assert "no option 'green'" in answer["notice"]
    assert world.bot.received == []


async def test_an_overflow_menu_sends_what_was_chosen_in_it(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, {"type": "overflow", "action_id": "more", "options": CHOICES})

    assert await act(browser, "click", surface=surface, block="b", action="more", value="red") == fine()

    assert world.bot.received[-1].payload["actions"][0]["selected_option"]["value"] == "red"


async def test_suggestions_come_from_the_bot(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, {"type": "external_select", "action_id": "find"})
    world.bot.says({"options": CHOICES})

    assert await act(browser, "suggest", surface=surface, block="b", action="find", value="re") == fine(found=CHOICES)
    assert world.bot.received[-1].payload["value"] == "re"


async def test_a_form_is_sent_with_what_was_typed_and_closes(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await world.shows(modal(question(block_id="name")))
    view = world.slack.as_user(OWNER).modal
    assert view is not None
    action_id = view.blocks[0]["element"]["action_id"]

    assert await act(browser, "submit", surface=f"view:{view.id}", values={"name": {action_id: "Acme"}}) == fine()

    state = world.bot.received[-1].payload["view"]["state"]["values"]
    assert state["name"][action_id]["value"] == "Acme"
    assert world.slack.as_user(OWNER).modal is None


async def test_a_form_with_a_wrong_field_stays_and_says_which(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await world.shows(modal(question(block_id="name")))
    view = world.slack.as_user(OWNER).modal
    assert view is not None

    assert await act(browser, "submit", surface=f"view:{view.id}", values={}) == refused("")
    assert view.errors == {"name": "Please complete this required field."}


async def test_an_answer_that_slack_does_not_take_is_shown_as_a_failure(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await world.shows(modal(question(block_id="name")))
    view = world.slack.as_user(OWNER).modal
    assert view is not None
    action_id = view.blocks[0]["element"]["action_id"]
    world.bot.says({"response_action": "dance"})

    answer = await act(browser, "submit", surface=f"view:{view.id}", values={"name": {action_id: "Acme"}})

    assert not answer["ok"]
    assert answer["notice"].startswith("We had some trouble connecting.")


async def test_closing_tells_the_bot_where_the_view_asked_for_it(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await world.shows({**modal(question(block_id="name")), "notify_on_close": True})
    view = world.slack.as_user(OWNER).modal
    assert view is not None

    assert await act(browser, "close_all", surface=f"view:{view.id}") == fine()

    assert world.bot.received[-1].payload["type"] == "view_closed"
    assert world.bot.received[-1].payload["is_cleared"] is True


async def test_opening_the_home_tab_is_told_to_the_bot(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    assert await act(browser, "open_home") == fine()

    assert world.bot.received[-1].payload["event"]["type"] == "app_home_opened"


async def test_a_message_shortcut_names_the_message(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    surface = await posted(world, button())

    assert await act(browser, "shortcut", surface=surface, value="take") == fine()

    sent = world.bot.received[-1].payload
    assert (sent["type"], sent["callback_id"], sent["message"]["text"]) == ("message_action", "take", "choose")


async def test_a_shortcut_needs_a_message(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    await world.shows(modal(question(block_id="name")))
    view = world.slack.as_user(OWNER).modal
    assert view is not None

    assert await act(browser, "shortcut", surface=f"view:{view.id}", value="take") == GONE
    assert await act(browser, "submit", surface="message:D0000000000:1.2") == GONE
