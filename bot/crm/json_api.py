"""JSON over HTTPS, with the patience that rate limits ask for."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from bot.crm.protocol import CrmProblem

TRIES = 5
LONGEST_WAIT_S = 60.0
"""Seconds: a server that asks for more is given up."""
TIMEOUT_S = 30.0
LARGEST_ANSWER = 32 * 1024**2
"""Bytes of one answer."""

Sleep = Callable[[float], Awaitable[None]]


class JsonApi:
    """`system` is its name for people. Redirects are not followed: the token belongs to one host."""

    def __init__(self, system: str, http: httpx.AsyncClient, *, sleep: Sleep = asyncio.sleep) -> None:
        self._system = system
        self._http = http
        self._sleep = sleep

    async def call(
        self,
        method: str,
        url: str,
        *,
        token: str = "",
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The answer's object. Asks again after a rate limit, a failure of the server or a lost connection: all of it
        only reads. Raises CrmProblem.
        """
        headers = {"authorization": f"Bearer {token}"} if token else {}
        for attempt in range(1, TRIES + 1):
            try:
                status, content, retry_after = await self._once(method, url, headers, params, body, form)
            except httpx.HTTPError as error:
                if attempt == TRIES:
                    raise CrmProblem(f"{self._system} cannot be reached ({type(error).__name__})") from None
                status, content, retry_after = 0, b"", ""
            if status == 200:
                return self._object(content)
            if status != 0 and status != 429 and status < 500:
                raise CrmProblem(self._refusal(status, content))
            if attempt < TRIES:
                await self._sleep(self._wait(retry_after, attempt))
        raise CrmProblem(f"{self._system} does not answer: status {status} {TRIES} times")

    async def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        body: Mapping[str, Any] | None,
        form: Mapping[str, str] | None,
    ) -> tuple[int, bytes, str]:
        async with self._http.stream(method, url, headers=headers, params=params, json=body, data=form) as response:
            chunks = []
            size = 0
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > LARGEST_ANSWER:
                    raise CrmProblem(f"{self._system} sent an answer of more than {LARGEST_ANSWER // 1024**2} MB")
                chunks.append(chunk)
            return response.status_code, b"".join(chunks), response.headers.get("retry-after", "")

    def _object(self, content: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(content)
        except ValueError:
            raise CrmProblem(f"{self._system} answered with something that is not JSON") from None
        if not isinstance(answer, dict):
            raise CrmProblem(f"{self._system} answered in a form that is not known")
        return answer

    def _refusal(self, status: int, content: bytes) -> str:
        if status == 401:
            return f"{self._system} does not take the credentials (401)"
        if status == 403:
            return f"{self._system} does not let these credentials read its customers (403)"
        return f"{self._system} refuses the request ({status}{_code(content)})"

    def _wait(self, retry_after: str, attempt: int) -> float:
        asked = float(retry_after) if retry_after.isascii() and retry_after.isdigit() else 2.0 ** (attempt - 1)
        if asked > LONGEST_WAIT_S:
            raise CrmProblem(f"{self._system} is at its rate limit for {asked:.0f} s more: try again later")
        return asked


def make_http() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False, headers={"accept": "application/json"})


def _code(content: bytes) -> str:
    """The error's own short code, where it is one: HubSpot's `category`, Salesforce's `errorCode` or `error`."""
    try:
        answer = json.loads(content)
    except ValueError:
        return ""
    first = answer[0] if isinstance(answer, list) and answer else answer
    if not isinstance(first, dict):
        return ""
    code = str(first.get("errorCode") or first.get("category") or first.get("error") or "")
    return f", {code}" if code and len(code) <= 60 and code.replace("_", "").isalnum() else ""
