"""Delivery over the websocket that the bot opened.

Source: docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import contextlib
import itertools
import time
import uuid

from aiohttp import WSMsgType, web

from playground.delivery.parcel import Answer, Parcel, parsed
from playground.records import Json
from playground.store import Store

MOST_CONNECTIONS = 10


class SocketHub:
    """All open websockets of the app; each payload goes to one of them, in turn."""

    def __init__(self, store: Store, *, ack_seconds: float) -> None:
        self._store = store
        self._ack_seconds = ack_seconds
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._turns = itertools.count()
        self.connections: list[web.WebSocketResponse] = []
        self.connected_ever = False

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """One connection for as long as it lives; its ticket works once."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._store.socket_tickets:
            return web.Response(status=404, text="unknown ticket")
        self._store.socket_tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.connections.append(socket)
        self.connected_ever = True
        await socket.send_json(self._hello())
        self._store.changed()
        try:
            await self._listen(socket)
        finally:
            if socket in self.connections:
                self.connections.remove(socket)
            self._store.changed()
        return socket

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            received = parsed(message.data)
            waiting = self._acks.get(str(received.get("envelope_id"))) if isinstance(received, dict) else None
            if waiting is not None and not waiting.done():
                waiting.set_result(received)

    async def send(self, parcel: Parcel) -> Answer:
        """A closed connection in between counts as a failed one; without any, nobody can be asked."""
        started = time.perf_counter()
        if not self.connections:
            return Answer(error="connection_failed")
        envelope = self._envelope(parcel)
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = ack
        try:
            async with asyncio.timeout(self._ack_seconds):
                await self.connections[next(self._turns) % len(self.connections)].send_json(envelope)
                received = await ack
        except TimeoutError:
            return Answer(error="http_timeout", seconds=time.perf_counter() - started)
        except ConnectionError:
            return Answer(error="connection_failed", seconds=time.perf_counter() - started)
        finally:
            del self._acks[envelope["envelope_id"]]
        return Answer(status=200, body=received.get("payload") or None, seconds=time.perf_counter() - started)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every client to come back on a new connection, as Slack does every few hours, and close the old ones."""
        for socket in list(self.connections):
            self.connections.remove(socket)
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})
            await socket.close()
        self._store.changed()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._store.app.id},
        }

    @staticmethod
    def _envelope(parcel: Parcel) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": parcel.kind,
            "payload": parcel.payload,
            "accepts_response_payload": parcel.kind != "events_api",
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.retry_reason}
        return envelope
