"""Acting on the page as its script does."""

from typing import Any

import aiohttp

from tests.support.slack import OWNER


async def act(browser: aiohttp.ClientSession, name: str, *, user: str = OWNER, **given: Any) -> dict[str, Any]:
    """The answer; an assertion where the page refuses."""
    async with browser.post(f"/as/{user}/acts", json={"act": name, **given}) as answer:
        assert answer.status == 200, await answer.text()
        body: dict[str, Any] = await answer.json()
        return body


def fine(notice: str = "", found: list[Any] | None = None) -> dict[str, Any]:
    return {"ok": True, "notice": notice, "found": found or []}


def refused(notice: str) -> dict[str, Any]:
    return {"ok": False, "notice": notice, "found": []}
