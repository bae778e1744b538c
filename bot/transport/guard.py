"""What stands in front of Bolt: nothing gets past that is too large, unsigned, stale or malformed.

Bolt decodes, parses and logs a body before it looks at the signature, and reads it whole whatever its size. The guard
reads at most one megabyte, checks the signature over the raw bytes (https://docs.slack.dev/authentication/
verifying-requests-from-slack), only then takes the body apart, and hands the payload on in
`scope["state"]["slack_body"]`. It never logs a body.
"""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import timedelta

import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.transport.body import FORM, JSON, MalformedBody, parse_body
from domain.clock import Clock

STATE_KEY = "slack_body"
LARGEST = 1_000_000
"""Bytes; Slack's own payloads stay below 250 kB."""
OLDEST = timedelta(minutes=5)
"""Older requests (or later ones) may be replays."""
_READ_SECONDS = 10.0
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SSL_CHECK_SIZE = 2_000

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Refused(Exception):  # noqa: N818
    """The request gets this status; the reason is one of a few fixed words."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class _Gone(Exception):  # noqa: N818
    """The client hung up."""


class Guard:
    def __init__(
        self,
        app: ASGIApp,
        *,
        signing_secret: str,
        clock: Clock,
        refused: Callable[[str], None] | None = None,
        read_seconds: float = _READ_SECONDS,
    ) -> None:
        """`refused` is told the reason of each refusal, for counting."""
        self._app = app
        self._secret = signing_secret.encode()
        self._clock = clock
        self._refused = refused
        self._read_seconds = read_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        try:
            content_type = _content_type(scope, headers)
            raw = await self._read(headers, receive)
            if _is_ssl_check(raw, content_type):
                await PlainTextResponse("")(scope, receive, send)
                return
            self._check_signature(raw, headers)
            body = _parsed(raw, content_type)
        except Refused as refusal:
            log.warning("request refused", status=refusal.status, reason=refusal.reason)
            if self._refused is not None:
                self._refused(refusal.reason)
            closing = {"connection": "close"} if refusal.status in (408, 413) else {}
            allow = {"allow": "POST"} if refusal.status == 405 else {}
            answer = PlainTextResponse(refusal.reason, status_code=refusal.status, headers=closing | allow)
            await answer(scope, receive, send)
            return
        except _Gone:
            return
        await self._app({**scope, "state": {**scope.get("state", {}), STATE_KEY: body}}, receive, send)

    async def _read(self, headers: Headers, receive: Receive) -> bytes:
        """The body, chunk by chunk, given up as soon as it is too large: announced or not."""
        announced = headers.get("content-length")
        if announced is not None and (not announced.isascii() or not announced.isdigit()):
            raise Refused(400, "bad content length")
        if announced is not None and (len(announced) > 9 or int(announced) > LARGEST):
            raise Refused(413, "too large")
        raw = bytearray()
        try:
            async with asyncio.timeout(self._read_seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Gone
                    raw += message.get("body", b"")
                    if len(raw) > LARGEST:
                        raise Refused(413, "too large")
                    more = message.get("more_body", False)
        except TimeoutError:
            raise Refused(408, "too slow") from None
        return bytes(raw)

    def _check_signature(self, raw: bytes, headers: Headers) -> None:
        timestamp = headers.get("x-slack-request-timestamp")
        signature = headers.get("x-slack-signature")
        # Without a secret anybody could sign: then nobody is let in.
        if timestamp is None or signature is None or not self._secret:
            raise Refused(401, "not signed")
        if _TIMESTAMP.fullmatch(timestamp) is None:
            raise Refused(400, "bad timestamp")
        if abs(self._clock.now().timestamp() - int(timestamp)) > OLDEST.total_seconds():
            raise Refused(401, "stale timestamp")
        expected = sign(self._secret, timestamp, raw)
        # As bytes: compare_digest refuses text beyond ASCII.
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise Refused(401, "bad signature")


def sign(secret: bytes, timestamp: str, raw: bytes) -> str:
    """Slack's signature, version 0, over the raw body."""
    return "v0=" + hmac.new(secret, b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256).hexdigest()


def _content_type(scope: Scope, headers: Headers) -> str:
    if scope["method"] != "POST":
        raise Refused(405, "POST only")
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in (JSON, FORM):
        raise Refused(415, "unknown content type")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "encoded content")
    return content_type


def _is_ssl_check(raw: bytes, content_type: str) -> bool:
    """Slack now and then checks the certificate of a command's URL, unsigned; it gets an empty answer and no more."""
    if content_type != FORM or len(raw) > _SSL_CHECK_SIZE or b"ssl_check=1" not in raw:
        return False
    try:
        body = parse_body(raw, FORM)
    except MalformedBody:
        return False
    return body.get("ssl_check") == "1" and "command" not in body


def _parsed(raw: bytes, content_type: str) -> dict[str, object]:
    try:
        return parse_body(raw, content_type)
    except MalformedBody as problem:
        raise Refused(400, str(problem)) from None
