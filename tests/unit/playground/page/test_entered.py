import json
from typing import Any

import pytest

from playground import NotOnScreen, View
from playground.forms import initial_state
from playground.page.entered import as_browser_has_it, as_slack_has_it, enter, spot_at

OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("red", "blue")]
EXTERNAL = {"text": {"type": "plain_text", "text": "From afar"}, "value": "far"}


def form(element: dict[str, Any]) -> View:
    label = {"type": "plain_text", "text": "Which?"}
    block = {"type": "input", "block_id": "b", "label": label, "element": {**element, "action_id": "a"}}
    payload = {"type": "modal", "blocks": [block]}
    view = View(id="V1", team_id="T1", user="U1", payload=payload, hash="h", root_id="V1")
    view.state = initial_state(view.blocks)
    return view


CASES: list[tuple[dict[str, Any], Any, dict[str, Any]]] = [
    ({"type": "plain_text_input"}, "words", {"value": "words"}),
    ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
    ({"type": "static_select", "options": OPTIONS}, "blue", {"selected_option": OPTIONS[1]}),
    ({"type": "radio_buttons", "options": OPTIONS}, "red", {"selected_option": OPTIONS[0]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["red", "blue"], {"selected_options": OPTIONS}),
    ({"type": "multi_static_select", "options": OPTIONS}, ["red"], {"selected_options": OPTIONS[:1]}),
    ({"type": "users_select"}, "U0ANNA", {"selected_user": "U0ANNA"}),
    ({"type": "multi_users_select"}, ["U0ANNA"], {"selected_users": ["U0ANNA"]}),
    ({"type": "datepicker"}, "2030-01-31", {"selected_date": "2030-01-31"}),
    ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ({"type": "datetimepicker"}, "2030-01-01T12:00", {"selected_date_time": 1893495600}),
]


@pytest.mark.parametrize(("element", "typed", "held"), CASES, ids=[case[0]["type"] for case in CASES])
def test_what_is_entered_is_held_as_slack_has_it_and_shown_again(
    element: dict[str, Any], typed: Any, held: dict[str, Any]
) -> None:
    view = form(element)

    enter(view, view.state, {"b": {"a": typed}}, "Europe/Amsterdam")

    assert view.state == {"b": {"a": {"type": element["type"], **held}}}
    assert as_browser_has_it(element, view.state["b"]["a"], "Europe/Amsterdam") == typed


@pytest.mark.parametrize("element", [case[0] for case in CASES], ids=[case[0]["type"] for case in CASES])
def test_an_empty_input_clears_what_was_held(element: dict[str, Any]) -> None:
    view = form(element)

    enter(view, view.state, {"b": {"a": ""}}, "Europe/Amsterdam")

    assert view.state == initial_state(view.blocks)


def test_options_of_an_external_select_come_as_they_were_suggested() -> None:
    one, many = form({"type": "external_select"}), form({"type": "multi_external_select"})

    enter(one, one.state, {"b": {"a": json.dumps(EXTERNAL)}}, "UTC")
    enter(many, many.state, {"b": {"a": [json.dumps(EXTERNAL)]}}, "UTC")

    assert one.state["b"]["a"]["selected_option"] == EXTERNAL
    assert many.state["b"]["a"]["selected_options"] == [EXTERNAL]


def test_rich_text_is_held_as_blocks_and_shown_as_words() -> None:
    view = form({"type": "rich_text_input"})

    enter(view, view.state, {"b": {"a": "two\nlines"}}, "UTC")

    assert view.state["b"]["a"]["rich_text_value"]["type"] == "rich_text"
    assert as_browser_has_it(view.blocks[0]["element"], view.state["b"]["a"], "UTC") == "two\nlines"


def test_inputs_that_are_not_sent_stay_and_unknown_ones_are_passed_over() -> None:
    view = form({"type": "plain_text_input", "initial_value": "kept"})

    enter(view, view.state, {"other": {"a": "x"}, "b": {"z": "x"}}, "UTC")

    assert view.state["b"]["a"]["value"] == "kept"


def test_an_option_that_is_not_offered_is_refused() -> None:
    view = form({"type": "static_select", "options": OPTIONS})

    with pytest.raises(LookupError):
        enter(view, view.state, {"b": {"a": "green"}}, "UTC")


@pytest.mark.parametrize(
    "raw", ['"one"', "{}", '{"text": "One", "value": "one"}', '{"text": {"text": "One"}}', "no JSON"]
)
def test_what_was_never_suggested_is_refused(raw: str) -> None:
    element = {"type": "external_select", "action_id": "a"}
    with pytest.raises(ValueError, match=r"option|Expecting"):
        as_slack_has_it(element, raw, "UTC")


def test_an_element_that_is_gone_is_not_on_the_screen() -> None:
    with pytest.raises(NotOnScreen):
        spot_at(form({"type": "plain_text_input"}), "b", "other")
