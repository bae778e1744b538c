"""Socket Mode: Slack's requests over a websocket that we open, so that no address of ours need be public."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.problems import SlackCode, SlackProblem, code_of
from bot.transport.body import MalformedBody
from bot.transport.dispatch import Dispatcher
from bot.transport.ports import Answer

_OPEN = "apps.connections.open"
_CONNECT_SECONDS = 10.0
"""How long the start waits for the first connection."""
_DRAIN_SECONDS = 10.0
_WATCH_SECONDS = 15.0
"""How often the connection is looked at; the address is given up after two looks at a closed one."""

_Untyped = Callable[[], Awaitable[None]]
"""What slack_sdk leaves without annotations."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class NotConnected(Exception):  # noqa: N818
    """What readiness says while there is no websocket."""


class SocketMode:
    """Runs slack_sdk's client and hands each envelope to the dispatcher."""

    def __init__(
        self,
        *,
        app_token: str,
        client: AsyncWebClient,
        dispatcher: Dispatcher,
        ping_seconds: float = 10.0,
        watch_seconds: float = _WATCH_SECONDS,
    ) -> None:
        self._app_token = app_token
        self._web_client = client
        self._dispatcher = dispatcher
        self._ping_seconds = ping_seconds
        self._watch_seconds = watch_seconds
        self._socket: SocketModeClient | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._connecting: asyncio.Future[None] | None = None
        self._in_flight: set[asyncio.Task[None]] = set()
        self._draining = False

    async def start(self) -> None:
        """Connect. Raises SlackProblem where Slack refuses the app token: slack_sdk would try it for ever."""
        address = await self._ask_for_address()
        # Below INFO, slack_sdk writes what people wrote into the log.
        logger = logging.getLogger("bot.transport.socket_mode.client")
        logger.setLevel(logging.INFO)
        socket = SocketModeClient(
            app_token=self._app_token,
            logger=logger,
            web_client=self._web_client,
            ping_interval=self._ping_seconds,
        )
        if urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1"):
            socket.proxy = None
        socket.wss_uri = address
        socket.socket_mode_request_listeners.append(self._receive)
        self._socket = socket
        self._watcher = asyncio.create_task(self._watch(socket))
        connect: _Untyped = socket.connect
        self._connecting = asyncio.ensure_future(connect())
        # It tries for ever: health is served meanwhile, and readiness says that there is no connection yet.
        await asyncio.wait({self._connecting}, timeout=_CONNECT_SECONDS)

    async def check(self) -> None:
        """For readiness: raises NotConnected."""
        if self._draining or self._socket is None or not await self._socket.is_connected():
            raise NotConnected

    async def stop(self, *, seconds: float = _DRAIN_SECONDS) -> None:
        """Take nothing new, finish what runs (the websocket stays open for its answers), then disconnect.

        What is not answered Slack sends again, to another connection where there is one.
        """
        self._draining = True
        if self._in_flight:
            _, unfinished = await asyncio.wait(self._in_flight, timeout=seconds)
            for task in unfinished:
                task.cancel()
            if unfinished:
                log.warning("stopped with requests unanswered", count=len(unfinished))
                await asyncio.gather(*unfinished, return_exceptions=True)
        for background in (self._watcher, self._connecting):
            if background is not None:
                background.cancel()
        if self._socket is not None:
            close: _Untyped = self._socket.close
            await close()

    async def _ask_for_address(self) -> str:
        try:
            answer = await self._web_client.apps_connections_open(app_token=self._app_token)
        except SlackApiError as error:
            data = getattr(error.response, "data", None)
            word = str(data.get("error") or "") if isinstance(data, dict) else ""
            code = code_of(word) if word else SlackCode.UNREACHABLE
            raise SlackProblem(code, method=_OPEN, slack_error=word) from error
        except (aiohttp.ClientError, OSError, TimeoutError, AttributeError, ValueError) as error:
            # The last two: slack_sdk cannot take an answer apart that is not Slack's.
            raise SlackProblem(SlackCode.UNREACHABLE, method=_OPEN, detail=type(error).__name__) from error
        return str(answer["url"])

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._draining:
            return
        task = asyncio.current_task()
        if task is not None:
            self._in_flight.add(task)
            task.add_done_callback(self._in_flight.discard)
        answer = await self._answer(request)
        if answer is not None:
            await client.send_socket_mode_response(_acknowledgement(request.envelope_id, answer))

    async def _answer(self, request: SocketModeRequest) -> Answer | None:
        """None where nothing is to be acknowledged: Slack then shows an error, or sends an event again."""
        headers = {}
        if request.retry_attempt is not None:
            headers["x-slack-retry-num"] = str(request.retry_attempt)
        if request.retry_reason is not None:
            headers["x-slack-retry-reason"] = request.retry_reason
        try:
            answer = await self._dispatcher.dispatch(request.payload, headers)
        except MalformedBody as problem:
            log.error("envelope not understood", envelope=request.envelope_id, type=request.type, reason=str(problem))
            return None
        except Exception:
            log.exception("envelope failed", envelope=request.envelope_id, type=request.type)
            return None
        if answer.status != 200:
            log.error("envelope not acknowledged", envelope=request.envelope_id, status=answer.status)
            return None
        return answer

    async def _watch(self, socket: SocketModeClient) -> None:
        """slack_sdk tries one address again and again, and an address works once: ask for a new one in between."""
        misses = 0
        while True:
            await asyncio.sleep(self._watch_seconds)
            misses = 0 if await socket.is_connected() else misses + 1
            if misses >= 2:
                log.warning("no websocket to Slack; asking for a new address")
                socket.wss_uri = None
                misses = 0


def _acknowledgement(envelope_id: str, answer: Answer) -> SocketModeResponse:
    if not answer.body:
        return SocketModeResponse(envelope_id=envelope_id)
    payload: Any = json.loads(answer.body) if answer.content_type.startswith("application/json") else answer.body
    return SocketModeResponse(
        envelope_id=envelope_id, payload=payload if isinstance(payload, dict) else {"text": payload}
    )
