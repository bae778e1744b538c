"""The app's Home tab."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, button, section


def test_the_home_tab_is_there_once_it_is_published_and_changes_while_it_is_open(page: Page, house: House) -> None:
    expect(page.get_by_role("link", name="Home")).to_have_count(0)
    house.calls("views.publish", user_id=OWNER, view={"type": "home", "blocks": [section("Your week")]})
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("Your week")).to_be_visible()
    assert house.last_payload(1)["event"]["type"] == "app_home_opened"

    again = {"type": "home", "blocks": [section("Your new week"), actions(button("Refresh"))]}
    house.calls("views.publish", user_id=OWNER, view=again)
    page.get_by_role("button", name="Refresh").click()

    expect(page.get_by_text("Your new week")).to_be_visible()
    pressed = house.last_payload(2)
    assert (pressed["type"], pressed["container"]["type"]) == ("block_actions", "view")
