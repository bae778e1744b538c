"""axe-core looks at the page as a person has it before them: nothing serious, nothing critical."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support import npm
from tests.support.browsing import Visitor, visiting

ANNA, BEN = "U0ANNA", "U0BEN"
PANES = ("Clock", "Mailbox", "Calendar", "Faults", "Inspector")


def findings(page: Page, where: str) -> list[str]:
    """The serious and critical ones: rule, what is said of it, and the elements."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.add_script_tag(path=npm.installed() / "axe-core" / "axe.min.js")
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{where}: {one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)], ids=lambda value: str(value)
)
def test_nothing_serious_is_found(browser: Browser, address: str, scheme: str, width: int) -> None:
    # The page's policy would keep axe out: it is set aside for this browser only.
    options = {"bypass_csp": True, "color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with visiting(browser, address, **options) as visitor:
        found = [*walk(visitor), *home_and_dutch(visitor)]

    assert found == []


def walk(visitor: Visitor) -> list[str]:
    visitor.as_(ANNA)
    visitor.say("/meetdown")
    visitor.sees("client meetings are coming up")
    found = findings(visitor.page, "messages")
    modal = visitor.open_modal("Hand over", on=visitor.message("Can you make this one?", "Kite Studio"))
    found += findings(visitor.page, "a modal")
    modal.locator("button[type=submit]").click()
    visitor.sees("Please complete this required field.", within=modal)
    found += findings(visitor.page, "a modal with errors")
    visitor.page.keyboard.press("Escape")
    for name in PANES:
        visitor.as_(ANNA, pane="mail" if name == "Mailbox" else name.casefold())
        found += findings(visitor.page, name)
    return found


def home_and_dutch(visitor: Visitor) -> list[str]:
    visitor.as_(ANNA, "home")
    found = findings(visitor.page, "Home")
    visitor.as_(BEN)
    visitor.say("/meetdown help")
    visitor.sees("/meetdown connect")
    return found + findings(visitor.page, "Ben's messages")
