"""Small valid pieces of Block Kit that the tests stretch."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str = "Words") -> Json:
    return {"type": "section", "text": mrkdwn(text)}


def button(text: str = "Go", **fields: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": "go", **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "one", text: str = "One") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(f"v{number}", f"Option {number}") for number in range(count)]


def select(count: int = 2, **fields: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(count), **fields}


def text_input(**fields: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "words", **fields}


def question(element: Json | None = None, **fields: Any) -> Json:
    return {"type": "input", "label": plain("Question"), "element": element or text_input(), **fields}


def message(*blocks: Json, text: str = "Words") -> Json:
    return {"text": text, "blocks": list(blocks)}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **fields,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


def pie(count: int = 2, **fields: Any) -> Json:
    segments = [{"label": f"S{number}", "value": 1 + number} for number in range(count)]
    return {"type": "data_visualization", "title": "Hours", "chart": {"type": "pie", "segments": segments}, **fields}


def bars(series: int = 1, points: int = 2, *, kind: str = "bar") -> Json:
    categories = [f"C{number}" for number in range(points)]
    data = [{"label": name, "value": 1.5} for name in categories]
    return {
        "type": "data_visualization",
        "title": "Hours",
        "chart": {
            "type": kind,
            "series": [{"name": f"N{number}", "data": data} for number in range(series)],
            "axis_config": {"categories": categories, "x_label": "Week", "y_label": "Hours"},
        },
    }
