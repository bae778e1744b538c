from typing import Any

import pytest

from playground.forms import REQUIRED, initial_state, problems, value_object
from tests.unit.playground.shapes import Json, actions, option, options, question, section, select, text_input


def held(element: Json, value: Any) -> Json:
    """The state of a form with one question, block `q`, in which this was entered."""
    return {"q": {element["action_id"]: value_object(element, value)}}


def said(element: Json, value: Any, **fields: Any) -> dict[str, str]:
    return problems([question(element, block_id="q", **fields)], held(element, value))


EMAIL = {"type": "email_text_input", "action_id": "a"}
URL = {"type": "url_text_input", "action_id": "a"}
WHOLE = {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}
DECIMAL = {**WHOLE, "is_decimal_allowed": True}
TICKS = {"type": "checkboxes", "action_id": "a", "options": options(2)}
PEOPLE = {"type": "multi_users_select", "action_id": "a", "max_selected_items": 2}


def test_a_state_begins_with_the_initial_values_of_all_elements_that_hold_one() -> None:
    blocks: list[Json] = [
        {**section(), "block_id": "s", "accessory": select(initial_option=option("v1", "Option 1"))},
        {**actions({"type": "datepicker", "action_id": "d", "initial_date": "2030-01-31"}), "block_id": "a"},
        {**actions({"type": "button", "action_id": "go"}), "block_id": "b"},
        question(text_input(initial_value="Words"), block_id="q"),
        question({**TICKS, "initial_options": options(1)}, block_id="t"),
        question({"type": "users_select", "action_id": "u", "initial_user": "U1"}, block_id="u"),
        question({"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1_900_000_000}, block_id="dt"),
    ]

    assert initial_state(blocks) == {
        "s": {"pick": {"type": "static_select", "selected_option": option("v1", "Option 1")}},
        "a": {"d": {"type": "datepicker", "selected_date": "2030-01-31"}},
        "q": {"words": {"type": "plain_text_input", "value": "Words"}},
        "t": {"a": {"type": "checkboxes", "selected_options": options(1)}},
        "u": {"u": {"type": "users_select", "selected_user": "U1"}},
        "dt": {"dt": {"type": "datetimepicker", "selected_date_time": 1_900_000_000}},
    }


def test_nothing_entered_is_null_or_an_empty_list() -> None:
    blocks = [question(text_input(), block_id="q"), question(TICKS, block_id="t"), question(PEOPLE, block_id="p")]

    assert initial_state(blocks) == {
        "q": {"words": {"type": "plain_text_input", "value": None}},
        "t": {"a": {"type": "checkboxes", "selected_options": []}},
        "p": {"a": {"type": "multi_users_select", "selected_users": []}},
    }


def test_options_are_chosen_by_value_or_by_words() -> None:
    chosen = {"type": "static_select", "selected_option": option("v1", "Option 1")}

    assert (value_object(select(), "v1"), value_object(select(), "Option 1")) == (chosen, chosen)


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(LookupError, match="offered: 'v0'"):
        value_object(select(), "v7")


@pytest.mark.parametrize(
    ("element", "value"),
    [(text_input(), ""), (text_input(), None), (TICKS, []), (PEOPLE, None), (select(), None)],
    ids=["empty text", "no text", "no ticks", "no people", "no choice"],
)
def test_a_required_input_must_be_filled_and_an_optional_one_need_not(element: Json, value: Any) -> None:
    assert said(element, value) == {"q": REQUIRED}
    assert said(element, value, optional=True) == {}


@pytest.mark.parametrize(
    ("element", "fine", "refused"),
    [
        (text_input(max_length=5), "12345", "123456"),
        (text_input(min_length=5), "12345", "1234"),
        (text_input(), "x" * 3000, "x" * 3001),
        (text_input(), "one line", "two\nlines"),
        (EMAIL, "anna@acme.example", "anna@acme"),
        (URL, "https://acme.example/x", "acme.example"),
        (WHOLE, "9", "9.5"),
        (WHOLE, "1", "0"),
        (DECIMAL, "8.5", "9.5"),
        (WHOLE, 5, "five"),
        (PEOPLE, ["U1", "U2"], ["U1", "U2", "U3"]),
    ],
    ids=["long", "short", "3000", "lines", "email", "url", "whole", "least", "most", "number", "people"],
)
def test_slacks_client_refuses_a_bad_value_itself(element: Json, fine: Any, refused: Any) -> None:
    assert said(element, fine) == {}
    assert list(said(element, refused)) == ["q"]


@pytest.mark.parametrize(
    ("kind", "value"), [("datepicker", "31-01-2030"), ("timepicker", "9:30")], ids=["date", "time"]
)
def test_a_picker_cannot_hold_what_it_does_not_offer(kind: str, value: str) -> None:
    with pytest.raises(ValueError, match="picker holds"):
        said({"type": kind, "action_id": "a"}, value)
