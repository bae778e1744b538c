"""Small checks over raw JSON that are put together into the shape of a block."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """Something that Slack would refuse. `path` is a JSON pointer, such as `/blocks/0/text/text`."""

    path: str
    what: str
    code: str = "invalid_blocks"
    """Slack's error name where it is a special one."""

    def __str__(self) -> str:
        return f"{self.what} [json-pointer:{self.path}]"


Rule = Callable[[Any, str], Iterator[Violation]]


def refuse(path: str, what: str, code: str = "invalid_blocks") -> Iterator[Violation]:
    yield Violation(path=path, what=what, code=code)


def string(longest: int, *, shortest: int = 1) -> Rule:
    """Length in characters, both ends included."""

    def check(value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield from refuse(path, "must be a string")
        elif len(value) > longest:
            yield from refuse(path, f"must be less than {longest + 1} characters, has {len(value)}")
        elif len(value) < shortest:
            yield from refuse(path, f"must be more than {shortest - 1} characters")

    return check


def boolean(value: Any, path: str) -> Iterator[Violation]:
    if not isinstance(value, bool):
        yield from refuse(path, "must be a boolean")


def integer(lowest: int, highest: int) -> Rule:
    def check(value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield from refuse(path, "must be an integer")
        elif not lowest <= value <= highest:
            yield from refuse(path, f"must be from {lowest} to {highest}, is {value}")

    return check


def number(value: Any, path: str) -> Iterator[Violation]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield from refuse(path, "must be a number")


def anything(value: Any, path: str) -> Iterator[Violation]:
    """For what Slack keeps without looking at it."""
    del value, path
    yield from ()


def one_of(*allowed: str) -> Rule:
    def check(value: Any, path: str) -> Iterator[Violation]:
        if value not in allowed:
            yield from refuse(path, f"must be one of {', '.join(allowed)}, is {value!r}")

    return check


def url(longest: int) -> Rule:
    """A link that a person can follow: http, https or mailto, and the like, but never a bare word."""
    length = string(longest)

    def check(value: Any, path: str) -> Iterator[Violation]:
        yield from length(value, path)
        if isinstance(value, str):
            try:
                parts = urlsplit(value)
            except ValueError:
                parts = urlsplit("")
            if not parts.scheme or not (parts.netloc or parts.path):
                yield from refuse(path, "must be a valid URL")

    return check


def array(rule: Rule, *, most: int, least: int = 1) -> Rule:
    def check(value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, list):
            yield from refuse(path, "must be an array")
            return
        if len(value) > most:
            yield from refuse(path, f"no more than {most} items allowed, has {len(value)}")
        if len(value) < least:
            yield from refuse(path, f"no fewer than {least} items allowed")
        for index, item in enumerate(value):
            yield from rule(item, f"{path}/{index}")

    return check


Extra = Callable[[Mapping[str, Any], str], Iterator[Violation]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The fields of one kind of object; a field that is not named here is refused, as Slack does."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    extra: Extra | None = None
    """What concerns several fields at once."""

    def __call__(self, value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, Mapping):
            yield from refuse(path, "must be an object")
            return
        for name, rule in self.required.items():
            if value.get(name) is None:
                yield from refuse(path, f"missing required field: {name}")
            else:
                yield from rule(value[name], f"{path}/{name}")
        for name, item in value.items():
            if name in self.optional and item is not None:
                yield from self.optional[name](item, f"{path}/{name}")
            elif name not in self.required and name not in self.optional and name != "type":
                yield from refuse(path, f"invalid additional property: {name}")
        if self.extra is not None:
            yield from self.extra(value, path)


def typed(shapes: Mapping[str, Rule], *, allowed: frozenset[str] | None = None) -> Rule:
    """An object whose `type` says which shape it has; `allowed` narrows the types to those of one place."""
    names = frozenset(shapes) if allowed is None else allowed

    def check(value: Any, path: str) -> Iterator[Violation]:
        if not isinstance(value, Mapping):
            yield from refuse(path, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in shapes:
            yield from refuse(f"{path}/type", f"unsupported type: {kind}")
        elif kind not in names:
            yield from refuse(f"{path}/type", f"unsupported type here: {kind}")
        else:
            yield from shapes[kind](value, path)

    return check
