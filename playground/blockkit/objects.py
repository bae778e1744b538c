"""Composition objects: texts, options, option groups, confirmation dialogs.

An option's text, description and value stay within 75 characters: Slack documents 150 for the value of some
elements, and refuses it for others.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.blockkit.rules import Rule, Shape, Violation, array, boolean, one_of, refuse, string, typed, url

OPTION_SIZE = 75


def plain(longest: int) -> Rule:
    return typed({"plain_text": Shape(required={"text": string(longest)}, optional={"emoji": boolean})})


def markup(longest: int) -> Rule:
    """`mrkdwn` or `plain_text`; `emoji` belongs to the one, `verbatim` to the other."""
    return typed(
        {
            "plain_text": Shape(required={"text": string(longest)}, optional={"emoji": boolean}),
            "mrkdwn": Shape(required={"text": string(longest)}, optional={"verbatim": boolean}),
        }
    )


CONFIRM = Shape(
    required={"title": plain(100), "text": markup(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": one_of("primary", "danger")},
)


def option(*, with_markup: bool = False, with_url: bool = False) -> Rule:
    """Checkboxes and radio buttons take mrkdwn; only an overflow menu's option takes a link."""
    text = markup(OPTION_SIZE) if with_markup else plain(OPTION_SIZE)
    optional: dict[str, Rule] = {"description": text}
    if with_url:
        optional["url"] = url(3000)
    return Shape(required={"text": text, "value": string(OPTION_SIZE)}, optional=optional)


SELECT_OPTIONS = array(option(), most=100)
OPTION_GROUPS = array(Shape(required={"label": plain(75), "options": SELECT_OPTIONS}), most=100)


def options_of(element: Mapping[str, Any]) -> list[Any]:
    """All options of a choosing element, those inside groups too; tolerant of any shape."""
    groups = element.get("option_groups")
    lists = [group.get("options") for group in _mappings(groups)] + [element.get("options")]
    return [one for items in lists if isinstance(items, list) for one in items]


def _mappings(value: Any) -> Sequence[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def choices(element: Mapping[str, Any], path: str) -> Iterator[Violation]:
    """Rules between an element's options and what is chosen at first."""
    offered = options_of(element)
    for name in ("initial_option", "initial_options"):
        chosen = element.get(name)
        listed = chosen if isinstance(chosen, list) else [chosen]
        if chosen is not None and any(one not in offered for one in listed):
            yield from refuse(f"{path}/{name}", "must be exactly one of the provided options")
    values = [one.get("value") for one in _mappings(offered)]
    if len(set(map(repr, values))) < len(values):
        yield from refuse(path, "options must have different values")


def either(first: str, second: str) -> Any:
    """One of two fields, not both."""

    def check(element: Mapping[str, Any], path: str) -> Iterator[Violation]:
        if (element.get(first) is None) == (element.get(second) is None):
            yield from refuse(path, f"needs either {first} or {second}")

    return check
