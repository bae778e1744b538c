"""One browser for all tests of a process; for each test a stand-in of its own, served from a loop in a thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from playground import View
from tests.support.browsing import FLAGS, Visitor, chromium_path, visiting
from tests.support.page import MemoryWorld
from tests.support.playground_process import served
from tests.support.slack import OWNER

T = TypeVar("T")

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
def _started() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        playwrights = asyncio.get_running_loop()
        _run_in(None)
        yield chromium, playwrights
        _run_in(playwrights)
        chromium.close()


@pytest.fixture
def browser(_started: tuple[Browser, asyncio.AbstractEventLoop]) -> Iterator[Browser]:
    """The session's. Playwright's loop counts as running in this thread from its start to its end; outside these tests
    it must not, or no asynchronous test after them in the same process could start a loop.
    """
    chromium, playwrights = _started
    _run_in(playwrights)
    yield chromium
    _run_in(None)


def _run_in(loop: asyncio.AbstractEventLoop | None) -> None:
    asyncio._set_running_loop(loop)


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


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A playground in a process of its own, with the real bot and the sample agency."""
    with served(tmp_path) as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody there with a desktop browser. In the end the browser has nothing to complain of, and the bot broke no
    limit of Slack's.
    """
    with visiting(browser, address) as somebody:
        yield somebody
        somebody.all_is_well()
