"""One call to Slack's Web API: its turn, its try, its answer as values and typed problems."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.methods import Method, Repeat
from bot.slack.pace import PER_CHANNEL, MustWait, Pace
from bot.slack.problems import SlackCode, SlackProblem, Uncertain, code_of

_TRIES = 3
_FIRST_PAUSE = 0.2
"""Seconds before the second try; four times as long before the third."""
_DEFAULT_RETRY_AFTER = 30.0
_UNDECIDED = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Answers of Slack's after which "some aspect of the operation" may have been done."""

Answer = dict[str, Any]


class CallSink(Protocol):
    """Where the outcome of each call is counted."""

    def __call__(self, method: str, outcome: str, seconds: float) -> None: ...


class _NotSent(Exception):  # noqa: N818
    """No connection could be made: Slack has seen nothing."""


class _NoAnswer(Exception):  # noqa: N818
    """The call was (or may have been) sent, and no usable answer came."""


def make_session() -> aiohttp.ClientSession:
    """The one HTTP session of the process: slack_sdk opens a new one for each call where it is given none."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=30, connect=5),
        connector=aiohttp.TCPConnector(limit=100, limit_per_host=50),
    )


def make_client(session: aiohttp.ClientSession, api_url: str, *, token: str | None = None) -> AsyncWebClient:
    """A client that retries nothing by itself: slack_sdk's default sends a post twice after a lost connection."""
    logger = logging.getLogger("bot.slack.web_api.client")
    logger.setLevel(logging.INFO)  # below it, slack_sdk writes what people wrote into the log
    client = AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[], logger=logger)
    if urlsplit(api_url).hostname in ("127.0.0.1", "localhost", "::1"):
        client.proxy = None
    return client


class WebApi:
    def __init__(
        self,
        client: AsyncWebClient,
        *,
        pace: Pace,
        count: CallSink | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._pace = pace
        self._count = count
        self._sleep = sleep

    async def call(
        self, method: Method, arguments: Mapping[str, Any], *, token: str, tenant: str, channel: str = ""
    ) -> Answer:
        """Slack's answer, where it is ok. `tenant` and `channel` name the partition whose turn it takes.

        Raises SlackProblem, and Uncertain for a method that must not be repeated.
        """
        tries = 0
        while True:
            tries += 1
            await self._turn(method, tenant, channel)
            try:
                return await self._once(method, arguments, token)
            except SlackProblem as problem:
                if problem.code is not SlackCode.RATE_LIMITED:
                    raise
                pause = problem.retry_after or _DEFAULT_RETRY_AFTER
                self._pace.stop((method.name, tenant, channel), pause)
                if tries >= _TRIES or pause > method.max_wait:
                    raise
            except _NoAnswer as error:
                if method.repeat is Repeat.NEVER:
                    raise Uncertain(method.name, str(error)) from error
                await self._pause_or_give_up(method, tries, error)
            except _NotSent as error:
                await self._pause_or_give_up(method, tries, error)

    async def _turn(self, method: Method, tenant: str, channel: str) -> None:
        own = (method.name, tenant, channel)
        try:
            if channel:
                await self._pace.turn((method.name, tenant), method.rate, max_wait=method.max_wait)
            await self._pace.turn(own, PER_CHANNEL if channel else method.rate, max_wait=method.max_wait)
        except MustWait as wait:
            raise SlackProblem(SlackCode.RATE_LIMITED, method=method.name, retry_after=wait.seconds) from None

    async def _pause_or_give_up(self, method: Method, tries: int, error: Exception) -> None:
        if tries >= _TRIES or method.uses_trigger:
            raise SlackProblem(SlackCode.UNREACHABLE, method=method.name, detail=str(error)) from error
        await self._sleep(_FIRST_PAUSE * 4 ** (tries - 1))

    async def _once(self, method: Method, arguments: Mapping[str, Any], token: str) -> Answer:
        started = asyncio.get_running_loop().time()
        outcome = "ok"
        try:
            return await self._send(method, arguments, token)
        except SlackProblem as problem:
            outcome = problem.code.value
            raise
        except (_NotSent, _NoAnswer):
            outcome = "no_answer"
            raise
        finally:
            if self._count is not None:
                self._count(method.name, outcome, asyncio.get_running_loop().time() - started)

    async def _send(self, method: Method, arguments: Mapping[str, Any], token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}"}
        given = dict(arguments)
        try:
            async with asyncio.timeout(method.seconds):
                if method.as_query:
                    response = await self._client.api_call(method.name, http_verb="GET", params=given, headers=headers)
                else:
                    response = await self._client.api_call(method.name, json=given, headers=headers)
        except SlackApiError as error:
            raise _problem_of(method, error) from error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise _NotSent(type(error).__name__) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise _NoAnswer(type(error).__name__) from error
        except (AttributeError, ValueError) as error:
            # slack_sdk cannot take an answer apart that is 200 and no JSON object.
            raise _NoAnswer("not an answer of Slack's") from error
        if not isinstance(response.data, dict):
            raise _NoAnswer("not an answer of Slack's")
        return response.data


def _problem_of(method: Method, error: SlackApiError) -> Exception:
    response = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
    data = getattr(response, "data", None)
    word = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code_of(word) is SlackCode.RATE_LIMITED:
        return SlackProblem(
            SlackCode.RATE_LIMITED, method=method.name, slack_error=word, retry_after=_retry_after(response)
        )
    if status >= 500 or not word or word in _UNDECIDED:
        return _NoAnswer(f"status {status} {word}".strip())
    return SlackProblem(code_of(word), method=method.name, slack_error=word, detail=_detail(data))


def _detail(data: Any) -> str:
    """What Slack adds: the messages that say which block is wrong, the scope that is needed."""
    if not isinstance(data, dict):
        return ""
    metadata = data.get("response_metadata")
    messages = metadata.get("messages", []) if isinstance(metadata, dict) else []
    needed = [f"needs {data['needed']}"] if data.get("needed") else []
    return "; ".join([str(message) for message in messages] + needed)[:500]


def _retry_after(response: Any) -> float:
    value = str(getattr(response, "headers", {}).get("Retry-After", ""))
    return float(value) if value.isascii() and value.isdigit() and len(value) < 7 else _DEFAULT_RETRY_AFTER
