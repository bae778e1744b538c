"""Finding what a person would point at, and what clicking it sends."""

from collections.abc import Iterator
from typing import Any

from playground.forms import VALUE_KEYS
from playground.limits import elements_of
from playground.records import Json, Surface

Spot = tuple[Json, Json]
"""A block and an element in it."""


class NotOnScreen(LookupError):  # noqa: N818 - reads as what happened
    """Nothing there answers the description, or several things do; the message lists what there is."""


def spots(on: Surface) -> Iterator[Spot]:
    for block in on.blocks:
        for element in elements_of(block):
            yield block, element


def find(
    on: Surface,
    *,
    action_id: str = "",
    label: str = "",
    block_id: str = "",
    value: Any = None,
    types: frozenset[str] | None = None,
) -> Spot:
    """The one element that fits all that is given. A label may be a part of the words, where that is clear enough.

    `value` tells buttons with one action id apart.
    """
    candidates = [
        (block, element)
        for block, element in spots(on)
        if (not action_id or element.get("action_id") == action_id)
        and (not block_id or block["block_id"] == block_id)
        and (value is None or element.get("value") == value)
        and (types is None or element["type"] in types)
    ]
    if label:
        exact = [spot for spot in candidates if label_of(spot) == label]
        candidates = exact or [spot for spot in candidates if label.casefold() in label_of(spot).casefold()]
    if len(candidates) != 1:
        there = "\n".join(f"  {_described(spot)}" for spot in spots(on)) or "  (nothing to act on)"
        wanted = {"action_id": action_id, "label": label, "block_id": block_id, "value": value}
        given = ", ".join(f"{name}={item!r}" for name, item in wanted.items() if item)
        raise NotOnScreen(f"{len(candidates)} elements answer {given}; there are:\n{there}\n{words(on)}")
    return candidates[0]


def find_input(on: Surface, key: str) -> Spot:
    """An input by its action id, its block id or its label."""
    holding = [(block, element) for block, element in spots(on) if element["type"] in VALUE_KEYS]
    for matches in (
        [spot for spot in holding if spot[1]["action_id"] == key],
        [spot for spot in holding if spot[0]["block_id"] == key],
        [spot for spot in holding if label_of(spot) == key],
    ):
        if len(matches) == 1:
            return matches[0]
    there = "\n".join(f"  {_described(spot)}" for spot in holding) or "  (no inputs)"
    raise NotOnScreen(f"no single input {key!r}; there are:\n{there}")


def label_of(spot: Spot) -> str:
    """The words on a button, or beside an input."""
    block, element = spot
    text = element.get("text") or block.get("label") or element.get("placeholder") or {}
    return str(text.get("text", ""))


def _described(spot: Spot) -> str:
    block, element = spot
    return (
        f"{element['type']} {label_of(spot)!r} action_id={element['action_id']!r} "
        f"block_id={block['block_id']!r} value={element.get('value')!r}"
    )


def words(on: Surface) -> str:
    """All texts of a surface as a person reads them, one a line."""
    lines = [str(on.payload.get("text") or "")] if isinstance(on.payload.get("text"), str) and not on.blocks else []
    return "\n".join([*lines, *_texts(on.payload.get("title")), *_texts(on.blocks)])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        own = value.get("text")
        if isinstance(own, str):
            yield own
        for name, item in value.items():
            if name not in {"confirm", "options", "option_groups"} and not isinstance(item, str):
                yield from _texts(item)


def action(spot: Spot, value: Json | None = None) -> Json:
    """An entry of `actions`: the element's names, and its button value or what was chosen."""
    block, element = spot
    sent: Json = {"type": element["type"], "block_id": block["block_id"], "action_id": element["action_id"]}
    for name in ("text", "value", "style", "url", "placeholder", "initial_option", "initial_options"):
        if name in element:
            sent[name] = element[name]
    return {**sent, **(value or {})}
