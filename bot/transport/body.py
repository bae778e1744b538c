"""What Slack posts, taken apart: JSON for events, a form for commands, JSON in a form field for interactivity."""

import json
from typing import Any
from urllib.parse import parse_qsl

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_FIELDS = 200
"""More form fields than Slack ever sends."""

Body = dict[str, Any]


class MalformedBody(Exception):  # noqa: N818
    """The body is not what its content type says. The text says how, and quotes nothing of it."""


def parse_body(raw: bytes, content_type: str) -> Body:
    """The payload of a request of content type JSON or FORM. Raises MalformedBody.

    Bolt's own parser takes every form that holds the letters `payload` anywhere for interactivity, so that
    `/meetdown payload review` and a workspace called payloadco get nothing; here only a field of that name counts.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedBody("not UTF-8") from None
    if not text:
        raise MalformedBody("empty")
    if content_type == JSON:
        return _object(text)
    try:
        fields = dict(
            parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_FIELDS)
        )
    except ValueError:
        raise MalformedBody("not a form") from None
    return _object(fields["payload"]) if "payload" in fields else dict(fields)


def _object(text: str) -> Body:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedBody("not JSON") from None
    if not isinstance(value, dict):
        raise MalformedBody("not a JSON object")
    return value
