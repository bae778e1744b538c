"""A person at the page of a whole playground, in the system's Chromium."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
"""For what takes milliseconds on an idle machine."""

expect.set_options(timeout=PATIENCE_MS)


class NoBrowser(RuntimeError):  # noqa: N818 - reads as what is the matter
    """One line for the person who runs the tests."""


def chromium_path() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise NoBrowser("The tests in a browser need Chromium: apt-get install chromium")


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator["Visitor"]:
    """`options`: those of a browser context, such as `color_scheme`."""
    chosen: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**chosen)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield Visitor(page, address)
    finally:
        context.close()


class Visitor:
    """One tab. Everything is found as a person or a screen reader finds it: by role and by words."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.troubles: list[str] = []
        """What the browser complained of: script errors, things that the page's policy forbids."""
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", self._refuse)

    # Where

    def as_(self, user_id: str, place: str = "", **query: str) -> "Visitor":
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self.page.goto(f"{self.address}/as/{user_id}/{place}{'?' if asked else ''}{asked}")
        self.page.wait_for_selector("html[data-live=yes]")
        return self

    def become(self, name: str) -> None:
        """Through the switcher."""
        self.page.locator(".switcher summary").click()
        self.page.locator(".switcher").get_by_role("link", name=name).click()
        expect(self.page.locator(".switcher summary")).to_contain_text(name)
        self.page.wait_for_selector("html[data-live=yes]")

    def pane(self, name: str) -> Locator:
        """Clock, Mailbox, Calendar, Faults or Inspector, opened beside the conversation."""
        self.page.get_by_role("navigation", name="Conversations").get_by_role("link", name=name).click()
        pane = self.page.get_by_role("complementary", name="Playground")
        expect(pane.get_by_role("heading", name=name, exact=True)).to_be_visible()
        return pane

    # What is there

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("combobox", name=re.compile("^Message "))

    @property
    def modal(self) -> Locator:
        return self.page.locator("dialog#modal[open]")

    def message(self, *words: str) -> Locator:
        """The newest one with all these words."""
        found = self.page.get_by_role("log").get_by_role("article")
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    def sees(self, *words: str, within: Locator | None = None) -> Locator:
        """Wait until a message (or `within`) holds all these words."""
        place = within or self.message(*words)
        for word in words:
            expect(place).to_contain_text(word)
        return place

    # What to do

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def click(self, button: str, *, on: Locator) -> None:
        on.get_by_role("button", name=button, exact=True).first.click()

    def open_modal(self, button: str, *, on: Locator) -> Locator:
        self.click(button, on=on)
        expect(self.modal).to_be_visible()
        return self.modal

    def submit(self) -> None:
        """Send the form; it must be taken."""
        self.modal.locator("button[type=submit]").click()
        expect(self.modal).to_have_count(0)

    def confirm(self, button: str) -> None:
        self.page.locator("dialog#confirm[open]").get_by_role("button", name=button, exact=True).click()

    def move_clock(self, button: str) -> None:
        """A button of the clock's pane."""
        pane = self.pane("Clock")
        clock = pane.locator(".big-clock")
        before = clock.inner_text()
        pane.get_by_role("button", name=button, exact=True).click()
        expect(clock).not_to_have_text(before)

    def mails(self) -> Locator:
        """The cards of the mailbox, newest first."""
        return (self.pane("Mailbox")).get_by_role("listitem").filter(has=self.page.get_by_role("link"))

    def act(self, act: dict[str, str]) -> None:
        """What a button of the page sends, where the button itself cannot be reached just now."""
        answered = self.page.evaluate(
            """async ([address, act]) => {
                const sent = {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(act)};
                return (await fetch(address, sent)).status;
            }""",
            [f"{self.page.url.split('/as/')[0]}/as/{self.page.url.split('/as/')[1].split('/')[0]}/acts", act],
        )
        assert answered == 200

    # In the end

    def all_is_well(self) -> None:
        assert self.troubles == []
        pane = self.pane("Inspector")
        expect(pane).to_contain_text("Nothing that was sent broke one.")

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(message.text)

    def _refuse(self, dialog: Dialog) -> None:
        self.troubles.append(f"a script asked: {dialog.message}")
        dialog.dismiss()
