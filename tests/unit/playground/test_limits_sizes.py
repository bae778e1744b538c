"""Each limit twice: at the limit nothing is said, one over names the place."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from playground.limits import Surface, violations
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

Build = Callable[[int], dict[str, Any]]


def _x(count: int) -> str:
    return "x" * count


def _confirm(**sizes: int) -> dict[str, Any]:
    words = {"title": 1, "text": 1, "confirm": 1, "deny": 1, **sizes}
    return {name: plain(_x(size)) for name, size in words.items()}


def _ticks(kind: str, count: int) -> dict[str, Any]:
    return {"type": kind, "action_id": "tick", "options": options(count)}


def _radio(one: dict[str, Any]) -> dict[str, Any]:
    return {"type": "radio_buttons", "action_id": "r", "options": [one]}


def _buttons(count: int) -> list[dict[str, Any]]:
    return [button(action_id=f"b{number}") for number in range(count)]


IN_MESSAGES: dict[str, tuple[int, Build, str]] = {
    "blocks": (50, lambda n: message(*[{"type": "divider"}] * n), "/blocks"),
    "top text": (4000, lambda n: {"text": _x(n)}, "/text"),
    "section text": (3000, lambda n: message(section(_x(n))), "/blocks/0/text/text"),
    "section fields": (
        10,
        lambda n: message({"type": "section", "fields": [mrkdwn("x")] * n}),
        "/blocks/0/fields",
    ),
    "one field": (2000, lambda n: message({"type": "section", "fields": [mrkdwn(_x(n))]}), "/blocks/0/fields/0/text"),
    "header": (150, lambda n: message({"type": "header", "text": plain(_x(n))}), "/blocks/0/text/text"),
    "block_id": (255, lambda n: message({"type": "divider", "block_id": _x(n)}), "/blocks/0/block_id"),
    "action_id": (255, lambda n: message(actions(button(action_id=_x(n)))), "/blocks/0/elements/0/action_id"),
    "button text": (75, lambda n: message(actions(button(_x(n)))), "/blocks/0/elements/0/text/text"),
    "button value": (2000, lambda n: message(actions(button(value=_x(n)))), "/blocks/0/elements/0/value"),
    "button url": (
        3000,
        lambda n: message(actions(button(url="https://acme.example/" + _x(n - 21)))),
        "/blocks/0/elements/0/url",
    ),
    "actions": (25, lambda n: message(actions(*_buttons(n))), "/blocks/0/elements"),
    "context": (10, lambda n: message({"type": "context", "elements": [mrkdwn("x")] * n}), "/blocks/0/elements"),
    "checkboxes": (10, lambda n: message(actions(_ticks("checkboxes", n))), "/blocks/0/elements/0/options"),
    "radio buttons": (10, lambda n: message(actions(_ticks("radio_buttons", n))), "/blocks/0/elements/0/options"),
    "overflow": (5, lambda n: message(actions(_ticks("overflow", n))), "/blocks/0/elements/0/options"),
    "select": (100, lambda n: message(actions(select(n))), "/blocks/0/elements/0/options"),
    "option text": (
        75,
        lambda n: message(actions(_radio(option(text=_x(n))))),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "option value": (
        75,
        lambda n: message(actions(_radio(option(value=_x(n))))),
        "/blocks/0/elements/0/options/0/value",
    ),
    "option description": (
        75,
        lambda n: message(actions(_radio({**option(), "description": plain(_x(n))}))),
        "/blocks/0/elements/0/options/0/description/text",
    ),
    "placeholder": (
        150,
        lambda n: message(actions(select(placeholder=plain(_x(n))))),
        "/blocks/0/elements/0/placeholder/text",
    ),
    "confirm title": (
        100,
        lambda n: message(actions(button(confirm=_confirm(title=n)))),
        "/blocks/0/elements/0/confirm/title/text",
    ),
    "confirm text": (
        300,
        lambda n: message(actions(button(confirm=_confirm(text=n)))),
        "/blocks/0/elements/0/confirm/text/text",
    ),
    "confirm button": (
        30,
        lambda n: message(actions(button(confirm=_confirm(confirm=n)))),
        "/blocks/0/elements/0/confirm/confirm/text",
    ),
    "deny button": (
        30,
        lambda n: message(actions(button(confirm=_confirm(deny=n)))),
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    "all texts together": (10_000, lambda n: message(*[section(_x(2000))] * 4, section(_x(n - 8000))), "/blocks"),
    "chart title": (50, lambda n: message(pie(title=_x(n))), "/blocks/0/title"),
    "pie segments": (6, lambda n: message(pie(n)), "/blocks/0/chart/segments"),
    "series": (6, lambda n: message(bars(series=n)), "/blocks/0/chart/series"),
    "charts": (2, lambda n: message(*[pie()] * n), "/blocks"),
}

IN_VIEWS: dict[str, tuple[int, Build, str, Surface]] = {
    "modal blocks": (100, lambda n: modal(*[{"type": "divider"}] * n), "/blocks", "modal"),
    "home blocks": (100, lambda n: home(*[{"type": "divider"}] * n), "/blocks", "home"),
    "title": (24, lambda n: modal(title=plain(_x(n))), "/title/text", "modal"),
    "submit": (24, lambda n: modal(submit=plain(_x(n))), "/submit/text", "modal"),
    "close": (24, lambda n: modal(close=plain(_x(n))), "/close/text", "modal"),
    "callback_id": (255, lambda n: modal(callback_id=_x(n)), "/callback_id", "modal"),
    "external_id": (255, lambda n: modal(external_id=_x(n)), "/external_id", "modal"),
    "private_metadata": (3000, lambda n: modal(private_metadata=_x(n)), "/private_metadata", "modal"),
    "label": (2000, lambda n: modal(question(label=plain(_x(n)))), "/blocks/0/label/text", "modal"),
    "hint": (2000, lambda n: modal(question(hint=plain(_x(n)))), "/blocks/0/hint/text", "modal"),
    "max_length": (
        3000,
        lambda n: modal(question(text_input(max_length=n))),
        "/blocks/0/element/max_length",
        "modal",
    ),
    "initial_value": (
        3000,
        lambda n: modal(question(text_input(initial_value=_x(n)))),
        "/blocks/0/element/initial_value",
        "modal",
    ),
    "initial_value against max_length": (
        20,
        lambda n: modal(question(text_input(initial_value=_x(n), max_length=20))),
        "/blocks/0/element/initial_value",
        "modal",
    ),
}


@pytest.mark.parametrize("name", IN_MESSAGES)
def test_a_message_may_reach_a_limit_and_not_pass_it(name: str) -> None:
    limit, build, path = IN_MESSAGES[name]

    at_the_limit, one_over = violations(build(limit), "message"), violations(build(limit + 1), "message")

    assert at_the_limit == []
    assert [found.path for found in one_over] == [path]


@pytest.mark.parametrize("name", IN_VIEWS)
def test_a_view_may_reach_a_limit_and_not_pass_it(name: str) -> None:
    limit, build, path, surface = IN_VIEWS[name]

    at_the_limit, one_over = violations(build(limit), surface), violations(build(limit + 1), surface)

    assert at_the_limit == []
    assert [found.path for found in one_over] == [path]


def test_a_series_has_at_most_twenty_points() -> None:
    at_the_limit, one_over = (
        violations(message(bars(points=20)), "message"),
        violations(message(bars(points=21)), "message"),
    )

    assert at_the_limit == []
    assert [found.path for found in one_over] == [
        "/blocks/0/chart/series/0/data",
        "/blocks/0/chart/axis_config/categories",
    ]


def test_chart_labels_stay_within_twenty_characters() -> None:
    chart = pie()
    chart["chart"]["segments"][0]["label"] = "x" * 21

    assert [found.path for found in violations(message(chart), "message")] == ["/blocks/0/chart/segments/0/label"]


def test_a_view_may_weigh_250_kilobytes_and_no_more() -> None:
    def weighing(bytes_: int) -> dict[str, Any]:
        view = modal(*[section("é" * 1410)] * 86)
        spare = bytes_ - _weight(view) - len(',"private_metadata":""')
        return {**view, "private_metadata": "x" * spare}

    at_the_limit, one_over = violations(weighing(250_000), "modal"), violations(weighing(250_001), "modal")

    assert at_the_limit == []
    assert [(found.path, found.code) for found in one_over] == [("", "view_too_large")]


def _weight(view: dict[str, Any]) -> int:
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
