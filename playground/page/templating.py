"""The templates, with everything they call."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from playground.blockkit.objects import options_of
from playground.page import charts, mrkdwn, rich_text
from playground.page.entered import as_browser_has_it
from playground.page.scene import Scene
from playground.records import Json

TEMPLATES = Path(__file__).parent / "templates"
TEXT_KINDS: Mapping[str, str] = {
    "plain_text_input": "text",
    "rich_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "text",
}
DATE_KINDS: Mapping[str, str] = {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}
GROUPED_KINDS = frozenset(
    {
        "checkboxes",
        "radio_buttons",
        "multi_static_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
    }
)
"""Elements of several inputs, which a group's label names."""

Choice = tuple[str, str]


@cache
def environment() -> Environment:
    """One for all pages: compiling the templates takes a tenth of a second."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(
        plain=mrkdwn.plain,
        safe_link=mrkdwn.safe_link,
        options_of=options_of,
        dom_id=dom_id,
        text_kinds=TEXT_KINDS,
        date_kinds=DATE_KINDS,
        grouped_kinds=GROUPED_KINDS,
        chart=charts.chart,
        chart_rows=lambda block: charts.rows_of(block["chart"]),
        chart_labels=charts.labels_of,
    )
    return made


def blocks_for(scene: Scene) -> dict[str, Callable[..., Any]]:
    """What templates call that depends on who looks."""
    names = scene.names
    return {
        "mrkdwn": partial(mrkdwn.mrkdwn, names=names),
        "rich_text": partial(_rich_text, names=names),
        "in_browser": partial(as_browser_has_it, zone=scene.user.tz),
        "choices": partial(_choices, scene),
    }


def dom_id(*parts: object) -> str:
    """A name that is fit for the page, the same for the same place each time."""
    return "e" + hashlib.blake2s("\x00".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _rich_text(block: Json, names: mrkdwn.Names) -> Markup:
    return rich_text.rich_text(block, names)


def _choices(scene: Scene, element: Json) -> Sequence[Choice]:
    """Value and words of what a select offers."""
    kind = element["type"]
    if "users" in kind:
        everybody = [one for one in scene.store.users.values() if not one.deleted]
        return [(one.id, one.real_name or one.name) for one in everybody]
    rooms = [one for one in scene.store.channels.values() if one.kind != "im" and scene.user.id in one.members]
    named = [(one.id, f"#{one.name}") for one in rooms]
    if "conversations" in kind:
        return [(scene.dm.id, scene.bot_name), *named]
    if "channels" in kind:
        return named
    return [(one["value"], one["text"]["text"]) for one in options_of(element)]
