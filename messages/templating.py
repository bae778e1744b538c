"""Jinja2 for prose that leaves Slack: the product's own templates, and those that people write themselves."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, UndefinedError, nodes
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
_COMPARED: tuple[type[nodes.Node], ...] = (nodes.Name, nodes.Const, nodes.Filter)
_SIGNS = {"gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}
"""How what a template must not compare with is written: all values are texts, and "9" comes after "30"."""
DEEPEST = 24
"""Parts of a template inside each other. Jinja2 takes seconds for some hundred, and Python 200 brackets at most."""
LONGEST_OWN = 3000
"""Characters of such a template, which is what a text field in Slack holds."""
TOO_DEEP, TOO_LONG = "nesting", "length"
"""What a `SecurityError` says besides the names of parts of a template that are not for people's own."""
_TOO_DEEP = (RecursionError, MemoryError)
"""What Jinja2 makes of brackets inside each other by the hundred."""
_GAPS = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+\n")


class UnfilledError(UndefinedError):
    """A template puts a value into its text that has nothing to say for this meeting. `name` is the placeholder."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty")
        self.name = name


class _Blank(str):
    """An empty value that knows its name: it may be asked about (`{% if slots %}`), but not put into the text."""

    name: str

    def __new__(cls, name: str) -> "_Blank":
        blank = super().__new__(cls)
        blank.name = name
        return blank

    def _same(self, *_: object) -> "_Blank":
        return self

    capitalize = lower = upper = strip = _same


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

    Raises `jinja2.TemplateSyntaxError`, `UndefinedError`, `UnfilledError` where a value is empty that it does not ask
    about first, or `jinja2.exceptions.SecurityError` where it is too long, too deep, or does more than name values and
    choose between texts.
    """
    names, template = _own(source)
    strange = next((name for name in names if name not in values), None)
    if strange is not None:
        raise UndefinedError(f"{strange} is undefined")
    return _tidy(template.render({name: value or _Blank(name) for name, value in values.items()}))


def names_in(source: str) -> list[str]:
    """The values that such a template names, each once, in the order of the text.

    Raises as `render_own` does, for what can be told without values.
    """
    return _own(source)[0]


def _own(source: str) -> tuple[list[str], Template]:
    if len(source) > LONGEST_OWN:
        raise SecurityError(TOO_LONG)
    environment = _own_environment()
    try:
        tree = environment.parse(source)
        parts = _parts_of(tree)
        for part in parts:
            _require_harmless(part)
            if isinstance(part, nodes.Const):
                part.value = str(part.value)
        names = list(dict.fromkeys(part.name for part in parts if isinstance(part, nodes.Name)))
        return names, environment.from_string(tree)
    except _TOO_DEEP as deep:
        raise SecurityError(TOO_DEEP) from deep


def _parts_of(tree: nodes.Template) -> list[nodes.Node]:
    """All of them, in the order of the text."""
    found: list[nodes.Node] = []
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise SecurityError(TOO_DEEP)
        found.append(part)
        waiting.extend((inner, depth + 1) for inner in reversed(list(part.iter_child_nodes())))
    return found


def _require_harmless(part: nodes.Node) -> None:
    """Raises SecurityError with the name of what is not for people's own templates."""
    if not isinstance(part, _HARMLESS):
        raise SecurityError(type(part).__name__.lower())
    if isinstance(part, nodes.Filter) and (part.name not in FILTERS or list(part.iter_child_nodes()) != [part.node]):
        raise SecurityError(part.name)
    if isinstance(part, nodes.Const) and isinstance(part.value, bool | None):
        raise SecurityError(str(part.value).lower())
    if isinstance(part, nodes.Operand) and part.op in _SIGNS:
        raise SecurityError(_SIGNS[part.op])
    if isinstance(part, nodes.Compare):
        strange = [one for one in (part.expr, *(other.expr for other in part.ops)) if not isinstance(one, _COMPARED)]
        if strange:
            raise SecurityError(type(strange[0]).__name__.lower())


def _filled(value: object) -> object:
    if isinstance(value, _Blank):
        raise UnfilledError(value.name)
    return value


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
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_filled,
        cache_size=0,
    )
    environment.globals.clear()
    return environment
