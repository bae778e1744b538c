"""Every block and element that Slack's rules know is shown, or says that it is not; none breaks the page."""

import html
import re
from typing import Any

import aiohttp
import pytest

from playground.blockkit.blocks import BLOCKS, ON_SURFACE
from playground.blockkit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from tests.support.page import MemoryWorld
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, modal, mrkdwn, option, options, plain, question, section, text_input

RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Seen"}]}],
}
TASK = {"type": "task_card", "task_id": "t", "title": "Seen", "status": "complete", "details": RICH,
        "sources": [{"type": "url", "url": "https://acme.example", "text": "Source"}]}  # fmt: skip
CELLS = [[{"type": "raw_text", "text": "Seen"}], [{"type": "raw_number", "value": 3}], [RICH]]
PIE = {"type": "pie", "segments": [{"label": "call", "value": 1}, {"label": "e-mail", "value": 2}]}
URL = "https://acme.example/x"
SHOWN: dict[str, dict[str, Any]] = {
    "section": {**section("Seen"), "fields": [mrkdwn("*one*"), plain("two")]},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain("Seen")},
    "image": {"type": "image", "image_url": URL, "alt_text": "Seen"},
    "actions": actions({"type": "button", "text": plain("Seen")}),
    "context": {"type": "context", "elements": [mrkdwn("Seen"), {"type": "image", "image_url": URL, "alt_text": "x"}]},
    "input": question(text_input(), label=plain("Seen"), hint=plain("Hint"), optional=True),
    "rich_text": RICH,
    "markdown": {"type": "markdown", "text": "Seen"},
    "video": {"type": "video", "alt_text": "x", "title": plain("x"), "thumbnail_url": URL, "video_url": URL},
    "alert": {"type": "alert", "text": mrkdwn("Seen"), "level": "warning"},
    "data_visualization": {"type": "data_visualization", "title": "Seen", "chart": PIE},
    "data_table": {"type": "data_table", "caption": "Seen", "rows": CELLS[:2], "row_header_column_index": 0},
    "table": {"type": "table", "rows": CELLS},
    "plan": {"type": "plan", "title": "Plan", "tasks": [TASK]},
    "task_card": TASK,
}
NEEDED: dict[str, dict[str, Any]] = {
    "button": {"text": plain("Seen"), "style": "danger", "accessibility_label": "Seen"},
    "checkboxes": {"options": options(2), "initial_options": options(1)},
    "radio_buttons": {"options": [{**option(), "description": plain("More")}]},
    "overflow": {"options": [{**option(), "url": URL}, option("two", "Two")]},
    "static_select": {"option_groups": [{"label": plain("Group"), "options": options(2)}]},
    "multi_static_select": {"options": options(2)},
    "number_input": {"is_decimal_allowed": True},
    "image": {"image_url": URL, "alt_text": "Seen"},
}


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


async def seen(browser: aiohttp.ClientSession, region: str) -> str:
    async with browser.get("/") as answer:
        assert answer.status == 200
        page = await answer.text()
    return page.partition(f'data-region="{region}"')[2].partition("data-region")[0]


@pytest.mark.parametrize("kind", sorted(BLOCKS))
async def test_every_block_is_shown_in_a_message(browser: aiohttp.ClientSession, world: MemoryWorld, kind: str) -> None:
    await world.says("x", blocks=[SHOWN[kind]])

    shown = await seen(browser, "messages")

    if kind == "divider":
        assert "<hr>" in shown
    elif kind == "video":
        assert "“video” is not supported by this page" in words_of(shown)
    else:
        assert "Seen" in words_of(shown) + "".join(re.findall(r'aria-label="([^"]*)"', shown))


@pytest.mark.parametrize("kind", sorted(ON_SURFACE["modal"]))
async def test_every_block_of_a_modal_is_shown_in_one(
    browser: aiohttp.ClientSession, world: MemoryWorld, kind: str
) -> None:
    await world.shows(modal(SHOWN[kind]))

    assert f"block-{kind}" in await seen(browser, "modal")


def element(kind: str) -> dict[str, Any]:
    return {"type": kind, **NEEDED.get(kind, {}), **({} if kind == "image" else {"action_id": "the-element"})}


@pytest.mark.parametrize("kind", sorted(IN_INPUT))
async def test_every_input_has_its_label_or_says_that_it_is_not_supported(
    browser: aiohttp.ClientSession, world: MemoryWorld, kind: str
) -> None:
    await world.shows(modal(question(element(kind), label=plain("The label"), hint=plain("A hint"))))

    shown = await seen(browser, "modal")

    if kind == "file_input":
        assert "“file_input” is not supported by this page" in words_of(shown)
    else:
        assert 'data-action="the-element"' in shown
        [named] = re.findall(r'(?:label class="label" for="(\w+)"|span class="label" id="(\w+)-label")', shown)
        assert f'id="{"".join(named)}"' in shown


@pytest.mark.parametrize("kind", sorted(IN_SECTION | IN_ACTIONS))
async def test_every_element_of_a_message_is_shown(
    browser: aiohttp.ClientSession, world: MemoryWorld, kind: str
) -> None:
    block = actions(element(kind)) if kind in IN_ACTIONS else {**section(), "accessory": element(kind)}
    await world.says("x", blocks=[block])

    shown = await seen(browser, "messages")

    assert ('data-action="the-element"' in shown) or (kind == "image" and "Seen" in shown)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JavaScript:alert(1)", "vbscript:x"])
async def test_a_link_that_would_run_something_is_none(
    browser: aiohttp.ClientSession, world: MemoryWorld, url: str
) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [{**option(), "url": url}, option("two", "Two")]}
    task = {**TASK, "sources": [{"type": "url", "url": url, "text": "Source"}]}
    pressed = {"type": "button", "action_id": "go", "text": plain("Go"), "url": url}
    await world.says(f"<{url}|words>", blocks=[actions(pressed, menu), section(f"<{url}|words>"), task])

    shown = await seen(browser, "messages")

    assert 'href="' not in shown.partition('class="tools"')[0]
    assert shown.count("<button") >= 3
    assert "Source" in words_of(shown)


async def test_attachments_are_not_shown_and_say_so(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    await world.says("", attachments=[{"text": "Never seen"}])

    shown = words_of(await seen(browser, "messages"))

    assert "“attachments” is not supported by this page" in shown
    assert "Never seen" not in shown


def test_no_element_is_forgotten_here() -> None:
    assert set(SHOWN) == set(BLOCKS)
    assert set(ELEMENTS) == IN_INPUT | IN_SECTION | IN_ACTIONS


async def test_what_stands_in_a_form_is_shown_after_a_reload(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    await world.shows(modal(question(text_input(multiline=True), block_id="b")))
    view = world.slack.as_user(OWNER).modal
    assert view is not None
    world.slack.as_user(OWNER).fill(view, {"b": "\nkept </textarea> as it is"})

    assert ">\n\nkept &lt;/textarea&gt; as it is</textarea>" in await seen(browser, "modal")
