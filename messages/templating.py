"""The one Jinja2 environment for prose that leaves Slack: one template per language, values only as text."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = Path(__file__).parent / "templates"
DRAFT_LANGUAGES: tuple[str, ...] = ("en", "nl")

_GAPS = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+\n")


def render(name: str, values: Mapping[str, object]) -> str:
    """The template's text without stray spaces and with at most one empty line in a row.

    Raises `jinja2.UndefinedError` for a value that is not given: an empty place never reaches a client.
    """
    text = _environment().get_template(name).render(values)
    return _GAPS.sub("\n\n", _TRAILING.sub("\n", text)).strip()


@cache
def _environment() -> SandboxedEnvironment:
    """Text goes out as text, so nothing is escaped here: the HTML of a mail is made from the finished text."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
