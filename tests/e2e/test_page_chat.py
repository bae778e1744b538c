"""Reading and writing."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.support.slack import COLLEAGUE
from tests.unit.playground.shapes import actions, button, section

BOX = "#composer-text"


def test_a_slash_offers_the_commands_and_the_keyboard_takes_one(page: Page, house: House) -> None:
    page.fill(BOX, "/me")
    expect(page.get_by_role("option")).to_have_count(1)
    page.press(BOX, "Tab")
    expect(page.locator(BOX)).to_have_value("/meetdown ")
    page.press(BOX, "ArrowDown")
    page.press(BOX, "Enter")
    expect(page.locator(BOX)).to_have_value(re.compile(r"/meetdown \w+ "))

    page.fill(BOX, "/meetdown help")
    page.press(BOX, "Enter")

    assert house.heard(1)[0].form["text"] == "help"
    expect(page.locator(BOX)).to_have_value("")


def test_enter_sends_and_shift_enter_breaks_the_line(page: Page, house: House) -> None:
    page.focus(BOX)
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")

    expect(page.locator("article")).to_have_text(re.compile("one.*two", re.DOTALL))
    assert house.last_payload(1)["event"]["text"] == "one\ntwo"


def test_a_command_that_fails_says_so_and_gives_the_words_back(page: Page, house: House) -> None:
    page.fill(BOX, "/nosuch thing")
    page.press(BOX, "Enter")

    expect(page.locator("#composer-notice")).to_have_text("/nosuch is not a valid command.")
    expect(page.locator(BOX)).to_have_value("/nosuch thing")


def test_a_hostile_message_is_shown_as_it_was_typed_and_runs_nothing(page: Page, house: House) -> None:
    hostile = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'
    page.fill(BOX, hostile)
    page.press(BOX, "Enter")
    house.says("&lt;script&gt;document.title='taken'&lt;/script&gt;")

    expect(page.locator("article .prose")).to_have_text([hostile, "<script>document.title='taken'</script>"])
    assert page.title() == "Meetdown playground"


def test_news_arrive_without_reload_and_change_only_what_is_new(page: Page, house: House) -> None:
    sent = house.says("x", blocks=[section("before"), actions(button("Go"))])
    page.get_by_role("button", name="Go").wait_for()
    page.evaluate("window.kept = document.querySelector('article')")
    page.fill(BOX, "half a sen")

    update = [{**section("after"), "block_id": "new"}, actions(button("Go"))]
    house.calls("chat.update", channel=sent["channel"], ts=sent["ts"], text="x", blocks=update)

    expect(page.locator("article .prose")).to_have_text(["after"])
    expect(page.locator(BOX)).to_have_value("half a sen")
    expect(page.locator(BOX)).to_be_focused()
    assert page.evaluate("window.kept.isConnected")


def test_a_button_tells_the_bot_and_keeps_the_focus(page: Page, house: House) -> None:
    house.says("x", blocks=[actions(button("Go", value="7"), button("Stay", action_id="stay"))])
    page.get_by_role("button", name="Go").click()

    assert house.last_payload(1)["actions"][0]["value"] == "7"
    expect(page.get_by_role("button", name="Go")).to_be_focused()


def test_a_confirmation_is_asked_for_first(page: Page, house: House) -> None:
    plain = {"type": "plain_text", "text": "Undo it?"}
    asked = {"title": plain, "text": plain, "confirm": {**plain, "text": "Yes"}, "deny": {**plain, "text": "No"}}
    house.says("x", blocks=[actions(button("Undo", confirm=asked))])

    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="No").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert house.world.bot.received == []

    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Yes").click()
    assert house.last_payload(1)["type"] == "block_actions"


def test_unread_marks_come_and_go_and_somebody_else_sees_their_own(page: Page, house: House) -> None:
    general = house.world.slack.store.channels["C0GENERAL"]
    house.loop.call(lambda: house.world.slack.as_user(COLLEAGUE).write(general, "hello all"))
    room = page.get_by_role("link", name=re.compile("general"))
    expect(room).to_contain_text("1")

    room.click()
    expect(page.locator("article")).to_have_text(re.compile("hello all"))
    expect(room).not_to_contain_text("1")

    page.get_by_text("You are").click()
    page.get_by_role("link", name=re.compile("Ben Visser")).click()
    expect(page.locator(".switcher > summary")).to_contain_text("Ben Visser")
    expect(page.locator(BOX)).to_be_visible()


def test_answers_in_a_thread_stand_beside_their_message(page: Page, house: House) -> None:
    house.says("the head")
    page.locator("article").hover()
    page.get_by_role("link", name="Reply in a thread").click()
    page.get_by_label("Reply", exact=True).fill("an answer")
    page.get_by_label("Reply", exact=True).press("Enter")

    expect(page.locator("#pane article")).to_have_count(2)
    expect(page.locator("#messages article")).to_have_count(1)
    expect(page.get_by_role("link", name="1 reply")).to_be_visible()
    assert house.last_payload(1)["event"]["thread_ts"] != ""


def test_the_way_back_leads_back(page: Page, house: House) -> None:
    page.get_by_role("link", name="Mailbox").click()
    expect(page.get_by_role("heading", name="Mailbox")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Mailbox")).to_have_count(0)


def test_a_lost_playground_is_said_and_found_again(page: Page, house: House, complaints: list[str]) -> None:
    page.context.set_offline(True)
    page.fill(BOX, "hello")
    page.press(BOX, "Enter")
    expect(page.locator("#composer-notice")).to_have_text("The playground does not answer.")
    expect(page.locator(BOX)).to_have_value("hello")

    page.context.set_offline(False)
    page.press(BOX, "Enter")
    expect(page.locator("article")).to_have_text(re.compile("hello"))
    complaints.clear()
