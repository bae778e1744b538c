"""From a verified payload to Bolt and back: the one entrance for HTTP and for Socket Mode."""

import asyncio
import time
import weakref
from collections.abc import Mapping

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.transport.body import Body, MalformedBody
from bot.transport.metrics import Metrics
from bot.transport.ports import Answer, SeenRequests
from bot.transport.seen import RequestKind, kind_of

_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")
"""The headers Bolt gets. Not `x-slack-bolt-lazy-only`: it would start a listener's lazy part by itself."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Dispatcher:
    def __init__(self, app: AsyncApp, *, seen: SeenRequests, metrics: Metrics) -> None:
        self._app = app
        self._seen = seen
        self._metrics = metrics
        self._running: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def dispatch(self, body: Body, headers: Mapping[str, str]) -> Answer:
        """Bolt's answer to a payload whose signature (or websocket) was checked. Raises MalformedBody.

        A request that comes again gets the answer of the first time; while the first is still running it waits for it.
        """
        started = time.perf_counter()
        kind = kind_of(body)
        if kind.key is None:
            answer = await self._ask_bolt(body, headers, kind)
        else:
            lock = self._running.setdefault(kind.key, asyncio.Lock())
            async with lock:
                answer = await self._first_answer(kind.key, body, headers, kind)
        self._metrics.request(kind.name, answer.status, time.perf_counter() - started)
        return answer

    async def _first_answer(self, key: str, body: Body, headers: Mapping[str, str], kind: RequestKind) -> Answer:
        earlier = await self._seen.answer_to(key)
        if earlier is not None:
            self._metrics.repeated(kind.name)
            return earlier
        answer = await self._ask_bolt(body, headers, kind)
        if answer.status == 200:
            await self._seen.remember(key, answer)
        return answer

    async def _ask_bolt(self, body: Body, headers: Mapping[str, str], kind: RequestKind) -> Answer:
        passed_on: dict[str, str] = {name: headers[name] for name in _PASSED_ON if name in headers}
        try:
            # `socket_mode` is Bolt's word for "parsed and verified already": it keeps Bolt from parsing the body its
            # own way (see bot.transport.body) and has no other effect.
            request = AsyncBoltRequest(mode="socket_mode", body=body, headers={**passed_on})
        except (TypeError, AttributeError, KeyError, IndexError):
            raise MalformedBody("not a payload of Slack's") from None
        response = await self._app.async_dispatch(request)
        content_type = response.first_headers().get("content-type", "text/plain; charset=utf-8")
        if response.status == 404 and kind.name == "event":
            # Nobody listens for it (the bot's own edits come back as events, too); with 404 Slack would send it again.
            return Answer(status=200)
        if response.status != 200:
            log.warning("request not answered with 200", kind=kind.name, status=response.status)
        return Answer(status=response.status, body=response.body or "", content_type=content_type)
