"""Forms: where the focus goes, what stays, what the bot hears."""

import asyncio
import re

from aiohttp import web
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, button, modal, plain, question, section, select, text_input

FORM = modal(question(text_input(), block_id="name", label=plain("Name")), notify_on_close=True)


def test_a_modal_takes_the_focus_keeps_it_and_gives_it_back(page: Page, house: House) -> None:
    house.says("x", blocks=[actions(button("Open"))])
    page.get_by_role("button", name="Open").focus()
    house.shows(FORM)
    expect(page.get_by_role("dialog", name="Title")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()

    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#modal')")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Open")).to_be_focused()
    closed = house.last_payload(2)
    assert (closed["type"], closed["is_cleared"]) == ("view_closed", False)


def test_enter_in_a_field_sends_the_form(page: Page, house: House) -> None:
    house.shows(FORM)
    page.get_by_label("Name").fill("Acme")
    page.get_by_label("Name").press("Enter")

    expect(page.get_by_role("dialog")).to_have_count(0)
    values = house.last_payload(2)["view"]["state"]["values"]
    assert values == {"name": {"words": {"type": "plain_text_input", "value": "Acme"}}}


def test_errors_stand_at_their_fields_and_what_was_typed_stays(page: Page, house: House) -> None:
    house.shows(FORM)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Please complete this required field.")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()

    house.answers({"response_action": "errors", "errors": {"name": "Nobody is called that."}})
    page.get_by_label("Name").fill("Zzz")
    page.get_by_role("button", name="Send", exact=True).click()

    field = page.get_by_label("Name")
    expect(field).to_have_accessible_description("Nobody is called that.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("Zzz")


def test_a_form_shows_that_it_is_being_sent(page: Page, house: House) -> None:
    released = asyncio.Event()

    async def slowly() -> web.Response:
        await released.wait()
        return web.Response()

    house.shows(FORM)
    house.world.bot.answers.append(slowly)
    page.get_by_label("Name").fill("Acme")
    send = page.get_by_role("button", name="Send", exact=True)
    send.click()
    expect(send).to_have_attribute("aria-busy", "true")

    house.loop.call(released.set)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_form_that_the_bot_does_not_take_stays_and_says_so(page: Page, house: House) -> None:
    house.shows(FORM)
    house.world.bot.fails(500)
    page.get_by_label("Name").fill("Acme")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("#modal").get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    expect(page.get_by_label("Name")).to_have_value("Acme")


def test_a_form_that_is_updated_keeps_what_was_typed_in_the_same_field(page: Page, house: House) -> None:
    asking = question(select(), block_id="kind", label=plain("Kind"), dispatch_action=True)
    named = question(text_input(), block_id="name", label=plain("Name"))
    view = house.shows(modal(asking, named))
    page.get_by_label("Name").fill("half ty")
    page.get_by_label("Kind").focus()
    page.get_by_label("Kind").select_option(label="Option 1")

    told = house.last_payload(2)
    assert told["view"]["state"]["values"]["name"]["words"]["value"] == "half ty"
    more = modal(asking, {**section("Because of that"), "block_id": "why"}, named)
    house.calls("views.update", view_id=view.id, view=more)

    expect(page.get_by_text("Because of that")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("half ty")
    expect(page.get_by_label("Kind")).to_have_value("v1")
    expect(page.get_by_label("Kind")).to_be_focused()


def test_modals_stack_and_the_one_below_comes_back_as_it_was(page: Page, house: House) -> None:
    house.shows(FORM)
    page.get_by_label("Name").fill("below")
    above = modal(question(text_input(), block_id="other", label=plain("Other")), title=plain("Above"))
    house.answers({"response_action": "push", "view": above})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("dialog", name="Above")).to_be_visible()
    expect(page.get_by_label("Other")).to_be_focused()

    page.get_by_role("button", name="Back").click()

    expect(page.get_by_role("dialog", name="Title")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("below")


def test_the_cross_closes_the_whole_stack(page: Page, house: House) -> None:
    house.shows(FORM)
    page.get_by_label("Name").fill("x")
    house.answers({"response_action": "push", "view": modal(section("Above"), notify_on_close=True)})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Above")).to_be_visible()

    page.get_by_role("button", name="Close", exact=True).click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert house.last_payload(3)["is_cleared"] is True
    assert house.world.slack.as_user(OWNER).modal is None


def test_an_answer_may_replace_the_form_or_clear_all(page: Page, house: House) -> None:
    house.shows(FORM)
    page.get_by_label("Name").fill("x")
    house.answers({"response_action": "update", "view": modal(section("Are you sure?"), title=plain("Sure"))})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("dialog", name="Sure")).to_be_visible()

    house.answers({"response_action": "clear"})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_form_survives_a_reload(page: Page, house: House) -> None:
    house.shows(FORM)
    expect(page.get_by_label("Name")).to_be_visible()
    page.reload()
    expect(page.get_by_role("dialog", name=re.compile("Title"))).to_be_visible()
