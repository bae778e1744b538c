"""The helpers cut whatever they are given to what Slack takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import blocks
from messages.blocks import Message
from messages.escape import escape
from tests.support.wording import EXTREMES, assert_slack_takes


def assert_element_fits(element: dict[str, Any]) -> None:
    assert_slack_takes(blocks.message("x", [blocks.actions([element])]), "message")


@pytest.mark.parametrize("text", EXTREMES)
def test_every_text_block_takes_every_extreme(text: str) -> None:
    escaped = escape(text)
    parts = [
        blocks.header(text),
        blocks.section(escaped, accessory=blocks.button(text, action_id="a")),
        blocks.fields([escaped] * 12),
        blocks.context(*[escaped] * 12),
        blocks.divider(),
    ]

    for part in parts:
        assert_slack_takes(blocks.message(escaped, [part]), "message")


@pytest.mark.parametrize("text", EXTREMES)
def test_every_element_takes_every_extreme(text: str) -> None:
    options = [blocks.option(text, f"v{number}", description=text) for number in range(120)]

    for element in (
        blocks.button(text, action_id="a", confirm=blocks.confirm(title=text, text=text, yes=text, no=text)),
        blocks.radios(action_id="a", options=options, initial="v1"),
        blocks.checkboxes(action_id="a", options=options, ticked=["v0", "v2"]),
        blocks.users_select(action_id="a", placeholder=text),
    ):
        assert_element_fits(element)


@pytest.mark.parametrize("text", EXTREMES)
def test_every_input_takes_every_extreme(text: str) -> None:
    options = [blocks.option(text, f"v{number}", description=text) for number in range(120)]
    elements = [
        blocks.select(action_id="value", options=options, initial="v1", placeholder=text),
        blocks.text_input(action_id="value", initial=text, multiline=True, max_length=9000, placeholder=text),
        blocks.url_input(action_id="value", initial=text, placeholder=text),
        blocks.email_input(action_id="value", initial=text, placeholder=text),
        blocks.number_input(action_id="value", initial="60", minimum=5, maximum=100),
        blocks.date_picker(action_id="value", initial="2026-11-24"),
        blocks.time_picker(action_id="value", initial="10:00"),
    ]
    inputs = [blocks.input_(text, element, block_id=f"b{number}", hint=text) for number, element in enumerate(elements)]

    view = blocks.modal(title=text, blocks=inputs, callback_id="c", submit=text or "Save", close=text)

    assert_slack_takes(view, "modal")


@given(st.lists(st.text(st.sampled_from("a&<> "), min_size=1, max_size=2500), max_size=70))
def test_a_message_of_any_length_fits(texts: list[str]) -> None:
    parts = [blocks.section(escape(text)) for text in texts]

    made = blocks.message(escape(" ".join(texts)), parts)

    assert_slack_takes(made, "message")


def test_paragraphs_go_but_buttons_stay() -> None:
    row = blocks.actions([blocks.button("Undo", action_id="undo")])
    parts = [blocks.section("a" * 3000) for _ in range(5)]

    made = blocks.message("x", [*parts, row])

    assert made.blocks == [*parts[:3], row]


def test_after_the_first_paragraph_without_room_none_follows() -> None:
    long, short = blocks.section("a" * 3000), blocks.section("b")

    made = blocks.message("x", [long, long, long, long, short])

    assert made.blocks == [long, long, long]


def test_a_short_message_stays_as_it_is() -> None:
    parts = [blocks.section("Hello"), blocks.divider()]

    assert blocks.message("Hello", parts) == Message(text="Hello", blocks=parts)


def test_user_text_is_verbatim_so_that_slack_makes_no_links_of_it() -> None:
    assert blocks.section("https://acme.example")["text"] == {
        "type": "mrkdwn",
        "text": "https://acme.example",
        "verbatim": True,
    }


def test_an_initial_choice_that_is_not_offered_is_left_out() -> None:
    offered = [blocks.option("One", "1")]

    assert "initial_option" not in blocks.select(action_id="a", options=offered, initial="2")
    assert "initial_option" not in blocks.radios(action_id="a", options=offered, initial=None)
    assert "initial_options" not in blocks.checkboxes(action_id="a", options=offered, ticked=["2"])
