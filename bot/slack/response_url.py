"""Answers through response URLs: the one address in a payload that we post to, so its origin is checked."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.slack.problems import SlackCode, SlackProblem, Uncertain, code_of

HOOKS = "https://hooks.slack.com"
_METHOD = "response_url"
_SECONDS = 10.0


class ResponseUrls:
    def __init__(self, session: aiohttp.ClientSession, *, api_url: str) -> None:
        self._session = session
        self._origins = {_origin(HOOKS), _origin(api_url)}

    async def post(self, url: str, message: Mapping[str, Any]) -> None:
        """Post once; raises SlackProblem (REFUSED_URL, EXPIRED_RESPONSE_URL …) or Uncertain."""
        if _origin(url) not in self._origins:
            raise SlackProblem(SlackCode.REFUSED_URL, method=_METHOD)
        try:
            async with asyncio.timeout(_SECONDS):
                async with self._session.post(url, json=dict(message), allow_redirects=False) as response:
                    status, body = response.status, (await response.content.read(10_000)).decode("utf-8", "replace")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SlackProblem(SlackCode.UNREACHABLE, method=_METHOD, detail=type(error).__name__) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Uncertain(_METHOD, type(error).__name__) from error
        if status == 429:
            raise SlackProblem(SlackCode.RATE_LIMITED, method=_METHOD, retry_after=30.0)
        if status >= 500:
            raise Uncertain(_METHOD, f"status {status}")
        word = _error_in(body)
        if status != 200 or word:
            raise SlackProblem(code_of(word), method=_METHOD, slack_error=word or f"status {status}")


def _error_in(body: str) -> str:
    """Slack answers `ok`, `{"ok": true}`, `{"ok": false, "error": …}` or a bare word."""
    text = body.strip()
    if text in ("ok", ""):
        return ""
    try:
        answer = json.loads(text)
    except ValueError:
        return text[:100]
    if not isinstance(answer, dict) or answer.get("ok") is True:
        return ""
    return str(answer.get("error") or "")[:100]


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None or not parts.hostname:
            return None
        return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (KeyError, ValueError):
        return None
