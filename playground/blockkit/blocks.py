"""Layout blocks: their fields, and the surfaces each may stand on."""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.blockkit.charts import CHART, DATA_TABLE, PLAN, TABLE, TASK_CARD
from playground.blockkit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from playground.blockkit.objects import either, markup, plain
from playground.blockkit.rules import (
    Rule,
    Shape,
    Violation,
    anything,
    array,
    boolean,
    one_of,
    refuse,
    string,
    typed,
    url,
)

_ID = {"block_id": string(255)}


def _section_says_something(block: Mapping[str, Any], path: str) -> Iterator[Violation]:
    if block.get("text") is None and block.get("fields") is None:
        yield from refuse(path, "a section needs text or fields")


def _context_element(value: Any, path: str) -> Iterator[Violation]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    rule = ELEMENTS["image"] if kind == "image" else markup(3000)
    yield from rule(value, path)


def _dispatching(block: Mapping[str, Any], path: str) -> Iterator[Violation]:
    element = block.get("element")
    if isinstance(element, Mapping) and element.get("dispatch_action_config") and not block.get("dispatch_action"):
        yield from refuse(path, "dispatch_action_config needs dispatch_action: true")


BLOCKS: dict[str, Rule] = {
    "section": Shape(
        optional={
            **_ID,
            "text": markup(3000),
            "fields": array(markup(2000), most=10),
            "accessory": typed(ELEMENTS, allowed=IN_SECTION),
            "expand": boolean,
        },
        extra=_section_says_something,
    ),
    "divider": Shape(optional=_ID),
    "header": Shape(required={"text": plain(150)}, optional=_ID),
    "image": Shape(
        required={"alt_text": string(2000)},
        optional={**_ID, "image_url": url(3000), "slack_file": anything, "title": plain(2000)},
        extra=either("image_url", "slack_file"),
    ),
    "actions": Shape(required={"elements": array(typed(ELEMENTS, allowed=IN_ACTIONS), most=25)}, optional=_ID),
    "context": Shape(required={"elements": array(_context_element, most=10)}, optional=_ID),
    "input": Shape(
        required={"label": plain(2000), "element": typed(ELEMENTS, allowed=IN_INPUT)},
        optional={**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        extra=_dispatching,
    ),
    "rich_text": Shape(required={"elements": array(anything, most=1000)}, optional=_ID),
    "markdown": Shape(required={"text": string(12000)}, optional=_ID),
    "video": Shape(
        required={"alt_text": string(2000), "title": plain(200), "thumbnail_url": url(3000), "video_url": url(3000)},
        optional={
            **_ID,
            "title_url": url(3000),
            "author_name": string(49),
            "description": plain(200),
            "provider_name": string(200),
            "provider_icon_url": url(3000),
        },
    ),
    "alert": Shape(
        required={"text": markup(3000)},
        optional={**_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "data_visualization": Shape(required={"title": string(50), "chart": CHART}, optional=_ID),
    "data_table": DATA_TABLE,
    "table": TABLE,
    "plan": PLAN,
    "task_card": TASK_CARD,
}

_EVERYWHERE = frozenset({"section", "divider", "header", "image", "actions", "context", "input", "rich_text", "video"})
ON_SURFACE: dict[str, frozenset[str]] = {
    "message": _EVERYWHERE | {"markdown", "alert", "data_visualization", "data_table", "table", "plan", "task_card"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE,
}
