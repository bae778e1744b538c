"""The first decision with the keyboard alone."""

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import Visitor

ANNA = "U0ANNA"


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """As a person does who looks where the focus is."""
    for _ in range(80):
        page.keyboard.press(key)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead to {wanted}")


def test_a_meeting_is_made_shorter_without_a_mouse(visitor: Visitor) -> None:
    page = visitor.as_(ANNA).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()

    page.keyboard.type("/me")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("help")
    page.keyboard.press("Enter")
    visitor.sees("Only visible to you", "/meetdown connect")

    shorter = visitor.message("Can you make this one?", "Tulp").get_by_role("button", name="Make it shorter")
    press_until(page, "Shift+Tab", shorter)
    page.keyboard.press("Enter")
    expect(visitor.modal).to_be_visible()
    expect(visitor.modal.get_by_label("Why?")).to_be_focused()

    page.keyboard.press("Escape")
    expect(visitor.modal).to_have_count(0)
    expect(shorter).to_be_focused()

    page.keyboard.press("Enter")
    expect(visitor.modal).to_be_visible()
    press_until(page, "Tab", visitor.modal.get_by_role("button", name="Send the e-mail"))
    page.keyboard.press("Enter")
    expect(visitor.modal).to_have_count(0)
    visitor.sees("Shorter: 20 min instead of 60")
