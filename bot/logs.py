"""Logging: one line for each event on stderr, for people or as JSON, with what must not be kept taken out."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import LogFormat

HIDDEN = "…"
_SECRET_NAME = re.compile(
    r"token|secret|password|authorization|cookie|signature|api_?key|body|payload|content|url$", re.I
)
_SCHEMES = r"https?|wss?|webcals?|smtps?|postgres\w*(?:\+\w+)?"
_SECRET_TEXT = (
    (re.compile(r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]+", re.IGNORECASE), HIDDEN),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # The address of a calendar feed is its password, and so is a response URL: only the host stays.
    (
        re.compile(rf"\b((?:{_SCHEMES})://)(?:[^\s/@'\"]*@)?([^\s/?#'\"]*)[^\s'\"]*", re.IGNORECASE),
        rf"\1\2/{HIDDEN}",
    ),
)
_DEPTH = 6
_QUIET = ("slack_sdk", "slack_bolt", "bot.bolt", "httpx", "httpcore", "aiohttp.access", "asyncio", "alembic")
"""They write bodies or addresses below this level, or what only their authors want to know."""


def configure(log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Both structlog's and the standard library's loggers. To be called once, at start."""
    target = stream or sys.stderr
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    shown: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=target.isatty())
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, shown],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hides values by the name they go under, and tokens and addresses wherever they stand in a text."""
    return {name: _redacted(name, value, _DEPTH) for name, value in event.items()}


def _redacted(name: str, value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if _SECRET_NAME.search(name) or depth == 0:
        return HIDDEN
    if isinstance(value, Mapping):
        return {str(key): _redacted(str(key), item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted("", item, depth - 1) for item in value]
    text = value if isinstance(value, str) else repr(value)
    for pattern, instead in _SECRET_TEXT:
        text = pattern.sub(instead, text)
    return text
