"""Jinja2 for prose that leaves Slack: the product's own templates, and those that people write themselves."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = Path(__file__).parent / "templates"
DRAFT_LANGUAGES: tuple[str, ...] = ("en", "nl")

FILTERS: frozenset[str] = frozenset({"capitalize", "lower", "trim", "upper"})
"""What people's own templates may do with a value."""
_HARMLESS: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)
"""Naming values and choosing between texts. No loops, sums or calls: a text of three lines must not fill a memory."""
_GAPS = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+\n")


def render(name: str, values: Mapping[str, object]) -> str:
    """The template's text without stray spaces and with at most one empty line in a row.

    Raises `jinja2.UndefinedError` for a value that is not given: an empty place never reaches a client.
    """
    return _tidy(_environment().get_template(name).render(values))


def render_piece(source: str, values: Mapping[str, object]) -> str:
    """As `render`, for a line of the product's own that uses its templates."""
    return _tidy(_environment().from_string(source).render(values))


def render_own(source: str, values: Mapping[str, str]) -> str:
    """As `render`, for a template that a workspace or a member wrote.

    Raises `jinja2.TemplateSyntaxError`, `UndefinedError`, or `jinja2.exceptions.SecurityError` where it does more than
    name values and choose between texts.
    """
    environment = _own_environment()
    for node in environment.parse(source).find_all(nodes.Node):
        name = node.name if isinstance(node, nodes.Filter) else type(node).__name__.lower()
        if not isinstance(node, _HARMLESS) or (isinstance(node, nodes.Filter) and name not in FILTERS):
            raise SecurityError(f"{name} is not for templates")
    return _tidy(environment.from_string(source).render(values))


def _tidy(text: str) -> str:
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


@cache
def _own_environment() -> SandboxedEnvironment:
    """Nothing to load and nothing global: what is not a value given for it is undefined."""
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, cache_size=0
    )
    environment.globals.clear()
    return environment
