"""JSON that comes in from outside: from a browser, or from the bot."""

import json
from typing import Any


def from_json(raw: str | bytes) -> Any:
    """Half a character (`\\ud800`, which JSON may hold and UTF-8 may not) becomes U+FFFD: what is kept once has to be
    shown and written ever after. ValueError for what is no JSON.
    """
    return _whole(json.loads(raw))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value
