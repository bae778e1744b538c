from typing import Any

import pytest

from playground.limits import Surface, Violation, text_size, violations
from tests.support.slack import lost_in_the_sdk
from tests.unit.playground.shapes import (
    actions,
    bars,
    button,
    home,
    message,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    question,
    section,
    select,
    text_input,
)

RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
IMAGE = {"type": "image", "image_url": "https://acme.example/x.png", "alt_text": "A bar"}
TASK = {"type": "task_card", "task_id": "1", "title": "Read the brief", "status": "complete"}
GROUPS = [{"label": plain("Group"), "options": options(2)}]
EVERY_VALID_BLOCK: list[dict[str, Any]] = [
    section(),
    {"type": "section", "fields": [mrkdwn("a"), plain("b")], "accessory": button()},
    {"type": "section", "text": plain("a"), "accessory": IMAGE},
    {"type": "divider", "block_id": "d"},
    {"type": "header", "text": plain("Head")},
    IMAGE,
    actions(button(style="danger", value=""), select(2, action_id="other")),
    actions({"type": "overflow", "action_id": "more", "options": options(2)}),
    actions({"type": "datepicker", "action_id": "d", "initial_date": "2030-01-31"}),
    actions({"type": "timepicker", "action_id": "t", "initial_time": "09:30"}),
    actions(
        {"type": "static_select", "action_id": "s", "option_groups": GROUPS, "initial_option": option("v1", "Option 1")}
    ),
    {"type": "context", "elements": [mrkdwn("a"), IMAGE]},
    RICH,
]
MESSAGES_ONLY: list[dict[str, Any]] = [
    {"type": "markdown", "text": "**x**"},
    pie(),
    bars(2, 3),
    bars(kind="line"),
    bars(kind="area"),
    {"type": "data_table", "caption": "T", "rows": [[{"type": "raw_text", "text": "a"}]] * 2, "page_size": 10},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, RICH]]},
    TASK,
    {"type": "plan", "title": "Hand over", "tasks": [TASK]},
]
INPUTS: list[dict[str, Any]] = [
    text_input(multiline=True, min_length=1, max_length=3000, initial_value="x"),
    {"type": "email_text_input", "action_id": "a"},
    {"type": "url_text_input", "action_id": "a"},
    {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, "min_value": "0"},
    {"type": "users_select", "action_id": "a", "initial_user": "U1"},
    {"type": "multi_users_select", "action_id": "a", "max_selected_items": 3},
    {"type": "checkboxes", "action_id": "a", "options": options(3), "initial_options": options(1)},
    {"type": "datetimepicker", "action_id": "a"},
    {"type": "external_select", "action_id": "a", "min_query_length": 0},
    {"type": "conversations_select", "action_id": "a", "filter": {"include": ["im"]}},
    {"type": "multi_static_select", "action_id": "a", "options": options(3)},
    {"type": "rich_text_input", "action_id": "a"},
]


@pytest.mark.parametrize("block", EVERY_VALID_BLOCK + MESSAGES_ONLY, ids=lambda block: str(block["type"]))
def test_valid_blocks_pass_and_the_sdk_agrees(block: dict[str, Any]) -> None:
    assert (violations(message(block), "message"), lost_in_the_sdk([block])) == ([], [])


@pytest.mark.parametrize("element", INPUTS, ids=lambda element: str(element["type"]))
def test_valid_inputs_pass_and_the_sdk_agrees(element: dict[str, Any]) -> None:
    block = question(element, optional=True)

    assert (violations(modal(block), "modal"), lost_in_the_sdk([block])) == ([], [])


@pytest.mark.parametrize("surface", ["modal", "home"])
@pytest.mark.parametrize("block", MESSAGES_ONLY, ids=lambda block: str(block["type"]))
def test_charts_tables_and_plans_stand_in_messages_only(block: dict[str, Any], surface: Surface) -> None:
    view = modal(block) if surface == "modal" else home(block)

    assert [found.path for found in violations(view, surface)] == ["/blocks/0/type"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown block": ({"type": "carpet"}, "/blocks/0/type"),
    "a block without a type": ({"text": plain("x")}, "/blocks/0/type"),
    "a header in mrkdwn": ({"type": "header", "text": mrkdwn("x")}, "/blocks/0/text/type"),
    "an empty text": (section(""), "/blocks/0/text/text"),
    "a section without text": ({"type": "section"}, "/blocks/0"),
    "an unknown field": ({**section(), "colour": "red"}, "/blocks/0"),
    "verbatim in plain text": ({"type": "header", "text": {**plain("x"), "verbatim": True}}, "/blocks/0/text"),
    "emoji in mrkdwn": ({"type": "section", "text": {**mrkdwn("x"), "emoji": True}}, "/blocks/0/text"),
    "actions without elements": (actions(), "/blocks/0/elements"),
    "an input element among actions": (actions(text_input()), "/blocks/0/elements/0/type"),
    "a button as an input": (question(button()), "/blocks/0/element/type"),
    "an image among actions": (actions(IMAGE), "/blocks/0/elements/0/type"),
    "a date and time picker beside a section": (
        {**section(), "accessory": {"type": "datetimepicker", "action_id": "a"}},
        "/blocks/0/accessory/type",
    ),
    "a button in a context": ({"type": "context", "elements": [button()]}, "/blocks/0/elements/0/type"),
    "a wrong style": (actions(button(style="default")), "/blocks/0/elements/0/style"),
    "a url that is none": (actions(button(url="acme")), "/blocks/0/elements/0/url"),
    "no options": (actions(select(0)), "/blocks/0/elements/0/options"),
    "options and groups": (actions(select(options=[option("z")], option_groups=GROUPS)), "/blocks/0/elements/0"),
    "an initial option that is not offered": (
        actions(select(initial_option=option("other"))),
        "/blocks/0/elements/0/initial_option",
    ),
    "an initial option with other words": (
        actions(select(initial_option=option("v1", "Else"))),
        "/blocks/0/elements/0/initial_option",
    ),
    "two options with one value": (actions(select(options=[option(), option()])), "/blocks/0/elements/0"),
    "a confirmation without a title": (
        actions(button(confirm={"text": plain("x"), "confirm": plain("x"), "deny": plain("x")})),
        "/blocks/0/elements/0/confirm",
    ),
    "a date that is none": (
        actions({"type": "datepicker", "action_id": "a", "initial_date": "31-01-2030"}),
        "/blocks/0/elements/0/initial_date",
    ),
    "two elements with one action id in a block": (actions(button(), button("Other")), "/blocks/0"),
    "an alien table cell": ({"type": "table", "rows": [[mrkdwn("x")]]}, "/blocks/0/rows/0/0/type"),
    "rows of unequal length": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_text", "text": "a"}] * 2]},
        "/blocks/0/rows",
    ),
    "a table header in rich text": (
        {"type": "data_table", "caption": "T", "rows": [[RICH], [RICH]]},
        "/blocks/0/rows/0/0/type",
    ),
    "a pie piece of nothing": (
        {**pie(), "chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]}},
        "/blocks/0/chart/segments/0/value",
    ),
    "a chart of an unknown type": ({**pie(), "chart": {"type": "radar"}}, "/blocks/0/chart/type"),
    "a task in an unknown state": ({**TASK, "status": "done"}, "/blocks/0/status"),
    "text that is no string": ({"type": "header", "text": {"type": "plain_text", "text": 7}}, "/blocks/0/text/text"),
    "a text that is no object": ({"type": "header", "text": "x"}, "/blocks/0/text"),
    "a switch that is none": (question(optional="yes"), "/blocks/0/optional"),
    "a whole number that is none": (question(text_input(max_length="9")), "/blocks/0/element/max_length"),
    "elements that are no list": ({"type": "actions", "elements": {}}, "/blocks/0/elements"),
    "an option that is no object": (actions(select(options=["x"])), "/blocks/0/elements/0/options/0"),
    "a url with a broken host": (actions(button(url="https://[x")), "/blocks/0/elements/0/url"),
    "a shortest length above the longest": (
        question(text_input(min_length=9, max_length=8)),
        "/blocks/0/element",
    ),
    "a dispatch that nobody asked for": (
        question(text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]})),
        "/blocks/0",
    ),
    "a value that is no number": (
        {**pie(), "chart": {"type": "pie", "segments": [{"label": "a", "value": "1"}]}},
        "/blocks/0/chart/segments/0/value",
    ),
    "a block that is no object": ("text", "/blocks/0"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("name", WRONG)
def test_what_slack_refuses_is_named_with_its_place(name: str) -> None:
    block, path = WRONG[name]

    assert [found.path for found in violations(message(block), "message")] == [path]


def test_a_series_must_name_the_categories() -> None:
    chart = bars(points=2)
    chart["chart"]["axis_config"]["categories"] = ["C0", "Other"]

    assert [found.path for found in violations(message(chart), "message")] == ["/blocks/0/chart/series/0/data"]


def test_two_series_have_two_names() -> None:
    chart = bars(series=2)
    chart["chart"]["series"][1]["name"] = "N0"

    assert [found.path for found in violations(message(chart), "message")] == ["/blocks/0/chart/series"]


def test_a_chart_needs_words_for_those_who_cannot_see_it() -> None:
    found = violations(message(pie(), text=""), "message")

    assert found == [Violation(path="/text", what="a chart needs a text equivalent", code="no_text")]


def test_a_block_id_stands_once_in_a_message() -> None:
    twice = message({**section(), "block_id": "a"}, {**section(), "block_id": "a"})

    assert [found.what for found in violations(twice, "message")] == ["block_id 'a' stands 2 times"]


def test_an_action_id_may_stand_in_several_blocks() -> None:
    assert violations(message(actions(button()), actions(button())), "message") == []


def test_a_form_needs_a_way_to_send_it() -> None:
    view = modal(question())
    del view["submit"]

    assert [found.path for found in violations(view, "modal")] == ["/submit"]


def test_a_modal_needs_a_title_and_a_home_may_not_have_one() -> None:
    without = modal(section())
    del without["title"]

    assert [found.what for found in violations(without, "modal")] == ["missing required field: title"]
    assert [found.what for found in violations({**home(section()), "title": plain("T")}, "home")] == [
        "invalid additional property: title"
    ]


def test_a_view_says_which_surface_it_is_for() -> None:
    assert [found.path for found in violations(home(section()), "modal")][-1] == "/type"


def test_only_one_element_gets_the_focus() -> None:
    view = modal(question(text_input(focus_on_load=True)), question(text_input(focus_on_load=True)))

    assert [found.what for found in violations(view, "modal")] == ["only one element may have focus_on_load"]


def test_metadata_has_a_type_and_a_payload() -> None:
    found = violations({"text": "x", "metadata": {"event_type": "decision"}}, "message")

    assert [(one.path, one.code) for one in found] == [("/metadata", "invalid_metadata_format")]


def test_text_is_counted_wherever_it_stands() -> None:
    blocks = [section("12345"), {"type": "section", "fields": [mrkdwn("123")], "accessory": button("12")}, RICH]

    assert text_size(blocks) == 5 + 3 + 2 + 1
