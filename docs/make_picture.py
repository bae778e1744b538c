"""Makes docs/playground.png, the picture at the top of the README: `uv run python docs/make_picture.py`.

It starts the playground on a Monday morning in a folder of its own and does in a browser what a person would do.
"""

import asyncio
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.settings import read_settings
from playground.run import Options, playground

PICTURE = Path(__file__).parent / "playground.png"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIZE = {"width": 1280, "height": 800}
LARGEST = 300_000
"""Bytes: it is the first thing that the README loads."""


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"MEETDOWN_DATA_DIR": folder, "MEETDOWN_PORT": "0"})
        async with playground(settings, Options(at=MONDAY)) as world:
            await world.slack.wait_for(lambda: world.seeded, 30)
            await _photograph(world.slack.base_url)
    size = PICTURE.stat().st_size
    sys.stdout.write(f"{PICTURE}: {size:,} bytes\n")
    return 0 if size <= LARGEST else 1


async def _photograph(url: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
        await page.goto(url)
        await _decide(page)
        await page.screenshot(path=PICTURE)
        await browser.close()


async def _decide(page: Page) -> None:
    """One meeting is stepped down, the next reminder stands below it, and the client's mail lies in the mailbox."""
    messages = page.get_by_role("log").get_by_role("article")
    await messages.filter(has_text="Weekoverleg").get_by_role("button", name="Make it shorter").first.click()
    await page.locator("dialog#modal[open] button[type=submit]").click()
    await messages.filter(has_text="E-mail sent").first.wait_for()
    await page.get_by_role("button", name="Dismiss the guide").click()
    sidebar = page.get_by_role("navigation", name="Conversations")
    await sidebar.get_by_role("link", name="Clock").click()
    await page.get_by_role("button", name="To the next reminder").click()
    await messages.filter(has_text="Campaign review").first.wait_for()
    await sidebar.get_by_role("link", name="Mailbox").click()
    await page.get_by_role("complementary").get_by_text("20 minuten?").click()
    await page.locator("article.mail").wait_for()
    await page.reload()  # leaves the passing notice of the new time out of the picture
    await page.wait_for_selector("html[data-live=yes]")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
