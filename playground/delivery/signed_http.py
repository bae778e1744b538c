"""Delivery over HTTP: forms and JSON, signed with the signing secret.

Source: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from playground.delivery.parcel import Answer, Parcel, parsed


def signature(secret: str, timestamp: str, body: bytes) -> str:
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(parcel: Parcel) -> tuple[str, bytes]:
    """Content type and body: a command is a form, an interaction a form with one field, an event JSON."""
    if parcel.kind == "events_api":
        return "application/json", json.dumps(parcel.payload).encode()
    form = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def signed_headers(secret: str, content_type: str, body: bytes, *, timestamp: str | None = None) -> dict[str, str]:
    """`timestamp` is in seconds since 1970; by default the machine's, since a signature is about the wire."""
    moment = timestamp or str(int(time.time()))
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signature(secret, moment, body),
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }


class SignedHttp:
    def __init__(self, session: aiohttp.ClientSession, url: str, *, secret: str, ack_seconds: float) -> None:
        self._session = session
        self._url = url
        self._secret = secret
        self._ack_seconds = ack_seconds

    async def send(self, parcel: Parcel) -> Answer:
        content_type, body = encoded(parcel)
        headers = signed_headers(self._secret, content_type, body)
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.retry_reason}
        started = time.perf_counter()
        try:
            async with (
                asyncio.timeout(self._ack_seconds),
                self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                text = await response.text()
        except TimeoutError:
            return Answer(error="http_timeout", seconds=time.perf_counter() - started)
        except aiohttp.ClientError:
            return Answer(error="connection_failed", seconds=time.perf_counter() - started)
        return Answer(
            status=response.status,
            body=parsed(text),
            error="" if response.status == 200 else "http_error",
            seconds=time.perf_counter() - started,
            no_retry=response.headers.get("X-Slack-No-Retry") == "1",
        )
