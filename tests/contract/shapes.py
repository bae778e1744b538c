"""What two answers have in common when ids, moments and names are left aside: each field and the kind of its value."""

import re
from collections.abc import Iterator
from typing import Any

Shape = dict[str, str]
"""`message.blocks.0.type` → `'section'` or a kind: `text`, `number`, `flag`, `null`, `ts`, `id U`, `{}`, `[]`."""

_TS = re.compile(r"\d{10}\.\d{6}")
_ID = re.compile(r"([A-Z])[A-Z0-9]{4,}")
_OPAQUE = {"response_metadata.next_cursor", "view.hash"}
"""Each Slack makes these as it likes."""
_URL = re.compile(r"https?://")


def shape(answer: Any, sent: frozenset[str]) -> Shape:
    """`sent`: words that came with the call, or that are Slack's own; they are compared as they are."""
    return dict(_parts(answer, "", sent))


def words(value: Any) -> Iterator[str]:
    """Every text in something that is sent."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words(item)
    elif isinstance(value, list):
        for item in value:
            yield from words(item)


def _parts(value: Any, path: str, sent: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _parts(item, f"{path}.{name}" if path else name, sent)
    elif isinstance(value, list) and value:
        # Of a list the first entry stands for all: how many there are is not the method's form.
        yield from _parts(value[0], f"{path}.0", sent)
    else:
        yield path, "text" if path in _OPAQUE else _kind(value, sent, is_error=path == "error")


def _kind(value: Any, sent: frozenset[str], *, is_error: bool) -> str:
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    if value is None:
        return "null"
    if not isinstance(value, str):
        return "[]" if isinstance(value, list) else "{}"
    if is_error or value in sent:
        return repr(value)
    if _TS.fullmatch(value):
        return "ts"
    found = _ID.fullmatch(value)
    if found:
        return f"id {found[1]}"
    return "address" if _URL.match(value) else "text"
