"""What stands in the inputs of a view or message, and what Slack's client refuses before it sends a form."""

import re
from collections.abc import Iterator
from typing import Any

from playground.blockkit.objects import options_of
from playground.limits import elements_of
from playground.records import Json

_ONE, _MANY = "selected_option", "selected_options"
VALUE_KEYS: dict[str, str] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": _ONE,
    "external_select": _ONE,
    "radio_buttons": _ONE,
    "overflow": _ONE,
    "checkboxes": _MANY,
    "multi_static_select": _MANY,
    "multi_external_select": _MANY,
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
"""Element type → the field of its value object that holds what was entered."""

_INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_date_time": "initial_date_time",
}
REQUIRED = "Please complete this required field."


def initial_state(blocks: list[Json], kept: Json | None = None) -> Json:
    """block_id → action_id → value object for every element that holds a value.

    `kept` is the state of an earlier form: what a person entered stays where block id, action id and type are the same.
    """
    state: Json = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in VALUE_KEYS and element["type"] != "overflow":
                earlier = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
                same = earlier is not None and earlier["type"] == element["type"]
                values = state.setdefault(block["block_id"], {})
                values[element["action_id"]] = earlier if same else _initial(element)
    return state


def _initial(element: Json) -> Json:
    key = VALUE_KEYS[element["type"]]
    name = _INITIAL.get(key, key.replace("selected_", "initial_"))
    return {"type": element["type"], key: element.get(name, [] if _is_many(key) else None)}


def _is_many(key: str) -> bool:
    return key in {_MANY, "files"} or key in {"selected_users", "selected_conversations", "selected_channels"}


def value_object(element: Json, value: Any) -> Json:
    """The value object for what a person enters: a text, a date as `2030-01-31`, a user id, an option's value or label.

    None or an empty text clears it. LookupError where the option is not offered.
    """
    key = VALUE_KEYS[element["type"]]
    if value is None or value == "":
        return {"type": element["type"], key: [] if _is_many(key) else None}
    if key == _ONE:
        return {"type": element["type"], key: _option(element, value)}
    if key == _MANY:
        return {"type": element["type"], key: [_option(element, one) for one in value]}
    entered = list(value) if _is_many(key) else value
    return {"type": element["type"], key: str(entered) if key == "value" else entered}


def _option(element: Json, wanted: Any) -> Json:
    offered: list[Json] = options_of(element)
    if isinstance(wanted, dict) and "external" in element["type"]:
        return wanted
    for option in offered:
        if wanted == option or wanted in {option["value"], option["text"]["text"]}:
            return option
    listed = ", ".join(f"{option['value']!r} ({option['text']['text']})" for option in offered)
    raise LookupError(f"no option {wanted!r}; offered: {listed}")


def problems(blocks: list[Json], state: Json) -> dict[str, str]:
    """block_id → what Slack's client says beside an input that it does not send."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            held = state[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
            if held in (None, [], ""):
                wrong = "" if block.get("optional") else REQUIRED
            else:
                wrong = next(_wrong(element, held), "")
            if wrong:
                found[block["block_id"]] = wrong
    return found


def _wrong(element: Json, held: Any) -> Iterator[str]:
    kind = element["type"]
    if kind == "plain_text_input":
        longest, shortest = element.get("max_length", 3000), element.get("min_length", 0)
        if len(held) > longest:
            yield f"This must be less than {longest + 1} characters."
        if len(held) < shortest:
            yield f"This must be at least {shortest} characters."
        if not element.get("multiline") and "\n" in held:
            yield "This cannot have several lines."
    elif kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held):
        yield "Please enter a valid email address."
    elif kind == "url_text_input" and not re.match(r"https?://[^\s/]+", held):
        yield "Please enter a valid URL."
    elif kind == "number_input":
        yield from _wrong_number(element, held)
    elif kind == "datepicker" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", held):
        raise ValueError(f"a date picker holds dates like 2030-01-31, not {held!r}")
    elif kind == "timepicker" and not re.fullmatch(r"\d{2}:\d{2}", held):
        raise ValueError(f"a time picker holds times like 09:30, not {held!r}")
    elif kind.startswith("multi_") and len(held) > element.get("max_selected_items", 100):
        yield "Too many are selected."


def _wrong_number(element: Json, held: str) -> Iterator[str]:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, held):
        yield "Please enter a valid number."
    elif float(held) < float(element.get("min_value", "-inf")):
        yield f"This must be {element['min_value']} or more."
    elif float(held) > float(element.get("max_value", "inf")):
        yield f"This must be {element['max_value']} or less."
