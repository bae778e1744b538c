"""Countries by their names in the member's language, to choose from."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale

from messages import blocks
from messages.blocks import Element
from messages.i18n import Translator


def country_name(t: Translator, code: str) -> str:
    """The code itself where the country has no name here."""
    return _names(t.language).get(code, code)


def country_select(
    t: Translator, codes: Sequence[str], *, action_id: str, initial: str, first: tuple[str, str, str] | None = None
) -> Element:
    """All countries under their first letters: Slack finds one while it is typed.

    `first`: the heading, the name and the value of what stands above them all.
    """
    top = [(first[0], [blocks.option(first[1], first[2])])] if first else []
    groups = [*top, *_by_letter(t.language, tuple(codes))]
    chosen = next((item for _, options in groups for item in options if item["value"] == initial), None)
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": blocks.plain(t.text("Type a name"), blocks.PLACEHOLDER),
        "option_groups": [
            {"label": blocks.plain(label, blocks.OPTION), "options": list(found)} for label, found in groups
        ],
    }
    return element | ({"initial_option": chosen} if chosen else {})


@cache
def _by_letter(language: str, codes: tuple[str, ...]) -> list[tuple[str, list[Element]]]:
    groups: dict[str, list[Element]] = {}
    for code, name in sorted(
        ((code, _names(language).get(code, code)) for code in codes), key=lambda one: _key(one[1])
    ):
        groups.setdefault(_key(name)[0].upper(), []).append(blocks.option(name, code))
    return list(groups.items())


@cache
def _names(language: str) -> dict[str, str]:
    return {code: str(name) for code, name in Locale.parse(language).territories.items()}


def _key(name: str) -> str:
    """As people look it up: Åland stands under A."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()
