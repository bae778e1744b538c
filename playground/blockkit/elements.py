"""Block elements: their fields, their sizes, and the places each may stand in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.blockkit.objects import (
    CONFIRM,
    OPTION_GROUPS,
    SELECT_OPTIONS,
    choices,
    either,
    option,
    plain,
)
from playground.blockkit.rules import (
    Extra,
    Rule,
    Shape,
    Violation,
    anything,
    array,
    boolean,
    integer,
    one_of,
    refuse,
    string,
    url,
)

LONGEST_TEXT_INPUT = 3000


def matching(pattern: str, example: str) -> Rule:
    compiled = re.compile(pattern)

    def check(value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield from refuse(path, f"must look like {example}")

    return check


DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "2030-01-31")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "09:30")
DECIMAL = matching(r"-?\d+(\.\d+)?", "12.5")
ID = string(255)
PLACEHOLDER = plain(150)
DISPATCH = Shape(
    optional={"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2)},
)
FILTER = Shape(
    optional={
        "include": array(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)


def _lengths(element: Mapping[str, Any], path: str) -> Iterator[Violation]:
    lowest, highest = element.get("min_length"), element.get("max_length")
    initial = element.get("initial_value")
    if isinstance(lowest, int) and isinstance(highest, int) and lowest > highest:
        yield from refuse(path, "min_length must not be above max_length")
    if isinstance(initial, str) and isinstance(highest, int) and len(initial) > highest:
        yield from refuse(f"{path}/initial_value", f"must be less than {highest + 1} characters, has {len(initial)}")


def element(**optional: Rule) -> Shape:
    """An interactive element: an action id is optional, since Slack makes one up."""
    return Shape(optional={"action_id": ID, **optional})


def _input(**optional: Rule) -> Shape:
    return element(placeholder=PLACEHOLDER, focus_on_load=boolean, **optional)


def _select(**optional: Rule) -> Shape:
    return _input(confirm=CONFIRM, **optional)


def _multi_select(**optional: Rule) -> Shape:
    return _select(max_selected_items=integer(1, 100), **optional)


def needing(shape: Shape, **required: Rule) -> Shape:
    return replace(shape, required=required)


def checked(shape: Shape, *checks: Extra) -> Shape:
    """The shape, with rules between several of its fields."""

    def check(value: Mapping[str, Any], path: str) -> Iterator[Violation]:
        for one in checks:
            yield from one(value, path)

    return replace(shape, extra=check)


_IDS = array(ID, most=100)
_TICK = option(with_markup=True)
_TEN = array(_TICK, most=10)
_QUERY = integer(0, 3000)
_ONE_KIND_OF_OPTIONS = either("options", "option_groups")

ELEMENTS: dict[str, Rule] = {
    "button": needing(
        element(
            value=string(2000, shortest=0),
            url=url(3000),
            style=one_of("primary", "danger"),
            confirm=CONFIRM,
            accessibility_label=string(75),
        ),
        text=plain(75),
    ),
    "checkboxes": checked(
        needing(element(initial_options=_TEN, confirm=CONFIRM, focus_on_load=boolean), options=_TEN), choices
    ),
    "radio_buttons": checked(
        needing(element(initial_option=_TICK, confirm=CONFIRM, focus_on_load=boolean), options=_TEN), choices
    ),
    "overflow": checked(needing(element(confirm=CONFIRM), options=array(option(with_url=True), most=5)), choices),
    "datepicker": _select(initial_date=DATE),
    "timepicker": _select(initial_time=TIME, timezone=string(100)),
    "datetimepicker": element(
        initial_date_time=integer(1_000_000_000, 9_999_999_999), confirm=CONFIRM, focus_on_load=boolean
    ),
    "static_select": checked(
        _select(options=SELECT_OPTIONS, option_groups=OPTION_GROUPS, initial_option=option()),
        _ONE_KIND_OF_OPTIONS,
        choices,
    ),
    "multi_static_select": checked(
        _multi_select(options=SELECT_OPTIONS, option_groups=OPTION_GROUPS, initial_options=SELECT_OPTIONS),
        _ONE_KIND_OF_OPTIONS,
        choices,
    ),
    "external_select": _select(initial_option=option(), min_query_length=_QUERY),
    "multi_external_select": _multi_select(initial_options=SELECT_OPTIONS, min_query_length=_QUERY),
    "users_select": _select(initial_user=ID),
    "multi_users_select": _multi_select(initial_users=_IDS),
    "conversations_select": _select(
        initial_conversation=ID, default_to_current_conversation=boolean, response_url_enabled=boolean, filter=FILTER
    ),
    "multi_conversations_select": _multi_select(
        initial_conversations=_IDS, default_to_current_conversation=boolean, filter=FILTER
    ),
    "channels_select": _select(initial_channel=ID, response_url_enabled=boolean),
    "multi_channels_select": _multi_select(initial_channels=_IDS),
    "plain_text_input": checked(
        _input(
            initial_value=string(LONGEST_TEXT_INPUT, shortest=0),
            multiline=boolean,
            min_length=integer(0, LONGEST_TEXT_INPUT),
            max_length=integer(1, LONGEST_TEXT_INPUT),
            dispatch_action_config=DISPATCH,
        ),
        _lengths,
    ),
    "email_text_input": _input(initial_value=string(LONGEST_TEXT_INPUT), dispatch_action_config=DISPATCH),
    "url_text_input": _input(initial_value=url(LONGEST_TEXT_INPUT), dispatch_action_config=DISPATCH),
    "number_input": needing(
        _input(initial_value=DECIMAL, min_value=DECIMAL, max_value=DECIMAL, dispatch_action_config=DISPATCH),
        is_decimal_allowed=boolean,
    ),
    "rich_text_input": _input(initial_value=anything, dispatch_action_config=DISPATCH),
    "file_input": element(filetypes=array(string(50), most=100), max_files=integer(1, 10)),
    "image": checked(
        Shape(required={"alt_text": string(2000)}, optional={"image_url": url(3000), "slack_file": anything}),
        either("image_url", "slack_file"),
    ),
}

_PICKERS = frozenset(
    name for name in ELEMENTS if name.endswith("picker") or "select" in name or name in {"checkboxes", "radio_buttons"}
)
IN_SECTION = (_PICKERS - {"datetimepicker"}) | {"button", "overflow", "image"}
IN_ACTIONS = _PICKERS | {"button", "overflow"}
IN_INPUT = _PICKERS | {name for name in ELEMENTS if name.endswith("_input")}
