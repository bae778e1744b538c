"""Walks a message or a view as raw JSON and says what Slack would refuse in it.

Sizes are in characters as Python counts them; a view's size is in bytes of its JSON.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from playground.blockkit.blocks import BLOCKS, ON_SURFACE
from playground.blockkit.objects import plain
from playground.blockkit.rules import Rule, Shape, Violation, anything, array, boolean, refuse, string, typed

__all__ = ["Surface", "Violation", "text_size", "violations"]

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
LONGEST_MESSAGE_TEXT = 4000
LONGEST_BLOCKS_TEXT = 10_000
"""Undocumented; Slack begins to refuse somewhere from 11,000 to 13,300."""
LARGEST_VIEW = 250_000
MOST_CHARTS = 2
_TITLE = plain(24)

_VIEW_FIELDS: dict[str, Rule] = {
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(255, shortest=0),
}
_MODAL: dict[str, Rule] = {
    "close": _TITLE,
    "submit": _TITLE,
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def violations(payload: Mapping[str, Any], surface: Surface) -> list[Violation]:
    """Everything Slack would refuse in `payload`, in the order in which it stands there.

    `payload` is a message (`text`, `blocks`, `metadata`; other arguments of the call are not looked at) or a view.
    """
    check = _message if surface == "message" else _view
    return [*check(payload, surface), *_whole(payload)]


def _blocks(surface: Surface) -> Rule:
    return array(typed(BLOCKS, allowed=ON_SURFACE[surface]), most=MOST_BLOCKS[surface], least=0)


def _message(message: Mapping[str, Any], surface: Surface) -> Iterator[Violation]:
    text = message.get("text") or ""
    if not isinstance(text, str):
        yield from refuse("/text", "must be a string")
    elif len(text) > LONGEST_MESSAGE_TEXT:
        what = f"must be less than {LONGEST_MESSAGE_TEXT + 1} characters, has {len(text)}"
        yield from refuse("/text", what, code="msg_too_long")
    if message.get("blocks") is not None:
        yield from _blocks(surface)(message["blocks"], "/blocks")
    size = text_size(message.get("blocks"))
    if size > LONGEST_BLOCKS_TEXT:
        what = f"all texts together must stay within {LONGEST_BLOCKS_TEXT} characters, have {size}"
        yield from refuse("/blocks", what, code="msg_blocks_too_long")
    charts = [block for block in _objects(message.get("blocks")) if block.get("type") == "data_visualization"]
    if len(charts) > MOST_CHARTS:
        yield from refuse("/blocks", f"no more than {MOST_CHARTS} charts allowed, has {len(charts)}")
    if charts and not text:
        yield from refuse("/text", "a chart needs a text equivalent", code="no_text")
    if message.get("metadata"):
        yield from _metadata(message["metadata"])


def _metadata(metadata: Any) -> Iterator[Violation]:
    shape = Shape(required={"event_type": string(255), "event_payload": anything}, optional={"entities": anything})
    for found in shape(metadata, "/metadata"):
        yield Violation(path=found.path, what=found.what, code="invalid_metadata_format")


def _view(view: Mapping[str, Any], surface: Surface) -> Iterator[Violation]:
    required: dict[str, Rule] = {"blocks": _blocks(surface)}
    optional = dict(_VIEW_FIELDS)
    if surface == "modal":
        required["title"] = _TITLE
        optional |= _MODAL
    yield from Shape(required=required, optional=optional)(view, "")
    if view.get("type") != surface:
        yield from refuse("/type", f"must be {surface}, is {view.get('type')!r}")
    has_input = any(block.get("type") == "input" for block in _objects(view.get("blocks")))
    if surface == "modal" and has_input and not view.get("submit"):
        yield from refuse("/submit", "a modal with an input block needs submit")
    size = len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
    if size > LARGEST_VIEW:
        yield from refuse("", f"must not exceed {LARGEST_VIEW} bytes, has {size}", code="view_too_large")


def _whole(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """What must be unique: block ids in the whole payload, action ids inside their block, at most one focus."""
    blocks = list(_objects(payload.get("blocks")))
    for block_id, count in Counter(str(block["block_id"]) for block in blocks if block.get("block_id")).items():
        if count > 1:
            yield from refuse("/blocks", f"block_id {block_id!r} stands {count} times")
    focused = 0
    for index, block in enumerate(blocks):
        elements = elements_of(block)
        focused += sum(1 for element in elements if element.get("focus_on_load"))
        ids = Counter(str(element["action_id"]) for element in elements if element.get("action_id"))
        for action_id, count in ids.items():
            if count > 1:
                yield from refuse(f"/blocks/{index}", f"action_id {action_id!r} stands {count} times")
    if focused > 1:
        yield from refuse("/blocks", "only one element may have focus_on_load")


def elements_of(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements that stand directly in a block, in reading order."""
    found = [*_objects(block.get("elements")), *_objects([block.get("accessory"), block.get("element")])]
    return [element for element in found if element.get("type") not in ("mrkdwn", "plain_text", "image")]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def text_size(value: Any) -> int:
    """Characters of all texts anywhere inside: of text objects, markdown blocks, rich text and table cells."""
    if isinstance(value, list):
        return sum(text_size(item) for item in value)
    if not isinstance(value, Mapping):
        return 0
    own = value.get("text")
    nested = sum(text_size(item) for item in value.values())
    return nested + (len(own) if isinstance(own, str) else 0)
