"""One browser for all tests of a process; for each test a stand-in of its own, served from a loop in a thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from playground import View
from tests.support.page import MemoryWorld
from tests.support.slack import OWNER

T = TypeVar("T")

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 5000


class Loop:
    """An event loop in a thread, since Playwright's own interface here is not asynchronous."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    def call(self, function: Callable[[], T]) -> T:
        """Run a plain function in the loop's thread, where what it touches lives."""

        async def run() -> T:
            return function()

        return self.run(run())

    def enter(self, context: AbstractAsyncContextManager[T]) -> T:
        return self.run(context.__aenter__())

    def leave(self, context: AbstractAsyncContextManager[Any]) -> None:
        self.run(context.__aexit__(None, None, None))

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass(frozen=True, kw_only=True)
class House:
    """A world and the loop it lives in."""

    world: MemoryWorld
    loop: Loop

    def says(self, text: str, **args: Any) -> dict[str, Any]:
        return dict(self.loop.run(self.world.says(text, **args)))

    def calls(self, method: str, **args: Any) -> dict[str, Any]:
        return dict(self.loop.run(self.world.calls(method, **args)))

    def shows(self, view: dict[str, Any]) -> View:
        """Opens a modal for Anna."""
        self.loop.run(self.world.shows(view))
        modal = self.world.slack.as_user(OWNER).modal
        assert modal is not None
        return modal

    def answers(self, body: Any) -> None:
        """What the bot says to the next thing it is sent."""
        self.world.bot.says(body)

    def heard(self, count: int) -> list[Any]:
        """Everything the bot was sent, once it is that many."""
        bot, store = self.world.bot, self.world.slack.store
        self.loop.run(store.wait_for(lambda: len(bot.received) >= count, 5))
        return bot.received

    def last_payload(self, count: int) -> Any:
        return self.heard(count)[-1].payload


@pytest.fixture
def house(loop: Loop) -> Iterator[House]:
    context = MemoryWorld.running()
    yield House(world=loop.enter(context), loop=loop)
    loop.leave(context)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of; a test that expects complaints empties it."""
    return []


@pytest.fixture
def page(browser: Browser, house: House, complaints: list[str]) -> Iterator[Page]:
    """Anna's page, live. Ends with an assertion that nothing was blocked and no script failed."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, base_url=house.world.base_url)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    opened.on("console", note)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    live(opened)
    yield opened
    context.close()
    assert complaints == []


def live(page: Page) -> None:
    """Wait until the page gets news."""
    page.wait_for_selector("html[data-live=yes]")
