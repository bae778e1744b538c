"""What a browser sends for the inputs of a surface, as the values that Slack knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground import forms
from playground.incoming import from_json
from playground.page.rich_text import typed_rich_text, words_of
from playground.records import Json, Surface
from playground.screen import NotOnScreen, Spot, spots

LOCAL = "%Y-%m-%dT%H:%M"
"""What a datetime-local input holds."""


def spot_at(on: Surface, block_id: str, action_id: str) -> Spot:
    """NotOnScreen where it is gone, such as after the message was changed."""
    for block, element in spots(on):
        if (block["block_id"], element.get("action_id")) == (block_id, action_id):
            return block, element
    raise NotOnScreen(f"nothing at {block_id}/{action_id}")


def enter(on: Surface, state: Json, given: Mapping[str, Any], zone: str) -> None:
    """Write what was typed and chosen into `state`; inputs that are not in `given` stay.

    `given`: block_id → action_id → text, or list of texts. Raises LookupError for an option that is not offered.
    """
    for block, element in spots(on):
        inputs = given.get(block["block_id"])
        if not isinstance(inputs, Mapping) or element.get("action_id") not in inputs:
            continue
        if element["type"] in forms.VALUE_KEYS and element["type"] != "overflow":
            value = as_slack_has_it(element, inputs[element["action_id"]], zone)
            state[block["block_id"]][element["action_id"]] = forms.value_object(element, value)


def as_slack_has_it(element: Json, raw: Any, zone: str) -> Any:
    """`raw` is a text or a list of texts. Options of an external select come as their JSON."""
    kind = element["type"]
    if not isinstance(raw, str):
        texts = [str(one) for one in raw] if isinstance(raw, list) else []
        return [_suggested(one) for one in texts] if kind == "multi_external_select" else texts
    if not raw:
        return None
    if kind == "external_select":
        return _suggested(raw)
    if kind == "rich_text_input":
        return typed_rich_text(raw)
    if kind == "datetimepicker":
        return int(datetime.strptime(raw, LOCAL).replace(tzinfo=ZoneInfo(zone)).timestamp())
    return raw


def _suggested(raw: str) -> Json:
    """An option that the bot suggested earlier, as the page gave it back. ValueError where it is none."""
    option = from_json(raw)
    text = option.get("text") if isinstance(option, dict) else None
    if not isinstance(text, dict) or not isinstance(text.get("text"), str) or not isinstance(option.get("value"), str):
        raise ValueError("that is no option")
    return dict(option)


def as_browser_has_it(element: Json, held: Mapping[str, Any] | None, zone: str) -> Any:
    """What stands in the input, for the page: a text, or the list of chosen values."""
    key = forms.VALUE_KEYS[element["type"]]
    value = (held or {}).get(key)
    if value is None:
        return ""
    if element["type"] == "rich_text_input":
        return words_of(value)
    if element["type"] == "datetimepicker":
        return datetime.fromtimestamp(value, UTC).astimezone(ZoneInfo(zone)).strftime(LOCAL)
    if key == "selected_option":
        return value["value"]
    if key == "selected_options":
        return [one["value"] for one in value]
    return value
