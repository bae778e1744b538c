"""Fetching a feed from an address that a member typed in: both the address and the answer are hostile input."""

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.calendars.addresses import is_public
from bot.calendars.protocol import FeedProblem, FetchResult
from domain.errors import InvalidCode

MAX_BYTES = 10 * 1024 * 1024
"""Of the body as it is after decompression."""
MAX_SECONDS = 20.0
"""For all of it: names, redirects, headers and body."""
MAX_REDIRECTS = 5
MAX_ADDRESS = 4_000
"""Characters of an address; longer ones are no addresses of calendars."""
USER_AGENT = "Meetdown/0.1 (calendar reader)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip"}


class _RefusedAddressError(OSError):
    """A private address where only public ones may be reached."""


class _Gate(AbstractResolver):
    """Checks every address at the two places where one can come from.

    `resolve` sees what a name stands for; `open_socket` sees every address right before it is connected to, also one
    written in figures, which resolvers never see. The address that was checked is the one that is used, so a name
    that stands for something else a moment later changes nothing.
    """

    def __init__(self, names: AbstractResolver, allowed: Callable[[str], bool]) -> None:
        self._names = names
        self._allowed = allowed
        self.refused = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        for each in found:
            self._check(each["host"])
        return found

    def open_socket(self, info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        self._check(str(address[0]))
        return socket.socket(family=family, type=kind, proto=protocol)

    def _check(self, address: str) -> None:
        if not self._allowed(address):
            self.refused = True
            raise _RefusedAddressError

    async def close(self) -> None:
        """The names belong to the fetcher, which lives longer."""


class Fetcher:
    """Reads what is behind an address.

    `allow_private` lifts the check of network addresses, for calendars inside the own network. The limits can be
    narrowed, and `names` and what is `allowed` replaced, for tests.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        names: AbstractResolver | None = None,
        allowed: Callable[[str], bool] = is_public,
        max_bytes: int = MAX_BYTES,
        max_seconds: float = MAX_SECONDS,
    ) -> None:
        self._allow_private = allow_private
        self._names = names
        self._allowed = allowed
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> FetchResult:
        """Raises FeedProblem and nothing else; no error and no log line holds the address."""
        target = first_address(url)
        names = self._names or aiohttp.ThreadedResolver()
        gate = _Gate(names, self._allowed)
        try:
            async with asyncio.timeout(self._max_seconds), self._session(gate, names) as session:
                return await self._follow(session, target, _validators(etag, last_modified))
        except TimeoutError:
            raise FeedProblem(InvalidCode.FEED_TOO_SLOW) from None
        except (aiohttp.ClientError, OSError, ValueError, zlib.error):
            # ValueError: addresses and headers that aiohttp cannot make sense of.
            code = InvalidCode.FEED_REFUSED if gate.refused else InvalidCode.FEED_UNREACHABLE
            raise FeedProblem(code) from None

    def _session(self, gate: _Gate, names: AbstractResolver) -> aiohttp.ClientSession:
        """A session for one reading: nothing (connections, cookies, names) is carried from one feed to another."""
        connector = aiohttp.TCPConnector(
            resolver=names if self._allow_private else gate,
            socket_factory=None if self._allow_private else gate.open_socket,
            use_dns_cache=False,
            force_close=True,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=self._max_seconds),
            headers=_HEADERS,
        )

    async def _follow(self, session: aiohttp.ClientSession, target: URL, validators: dict[str, str]) -> FetchResult:
        for _ in range(MAX_REDIRECTS + 1):
            async with session.get(target, headers=validators, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await self._read(response, asked_for_changes=bool(validators))
                target = next_address(target, response.headers.get("Location", ""))
        raise FeedProblem(InvalidCode.FEED_UNREACHABLE)

    async def _read(self, response: aiohttp.ClientResponse, *, asked_for_changes: bool) -> FetchResult:
        etag = _short(response.headers.get("ETag", ""))
        last_modified = _short(response.headers.get("Last-Modified", ""))
        if response.status == 304 and asked_for_changes:
            return FetchResult(body=None, etag=etag, last_modified=last_modified)
        if response.status != 200:
            raise FeedProblem(InvalidCode.FEED_STATUS, status=response.status)
        if (response.content_length or 0) > self._max_bytes:
            raise FeedProblem(InvalidCode.FEED_TOO_LARGE)
        body = bytearray()
        async for piece in _decoded(response):
            body += piece
            if len(body) > self._max_bytes:
                raise FeedProblem(InvalidCode.FEED_TOO_LARGE)
            if not _may_be_calendar(body):
                raise FeedProblem(InvalidCode.FEED_NOT_A_CALENDAR)
        if not _may_be_calendar(body, whole=True):
            raise FeedProblem(InvalidCode.FEED_NOT_A_CALENDAR)
        return FetchResult(body=bytes(body), etag=etag, last_modified=last_modified)


def first_address(url: str) -> URL:
    """The address to begin with; raises FeedProblem for any scheme but http, https and webcal(s)."""
    text = url.strip()
    if len(text) > MAX_ADDRESS:
        raise FeedProblem(InvalidCode.FEED_REFUSED)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() in {"webcal", "webcals"}:
        text = f"https:{rest}"
    try:
        target = _as_written(text)
        host = target.host
    except ValueError:
        raise FeedProblem(InvalidCode.FEED_REFUSED) from None
    if target.scheme not in {"http", "https"} or not host or _is_disguised(host):
        raise FeedProblem(InvalidCode.FEED_REFUSED)
    return target


def _is_disguised(host: str) -> bool:
    """Whether `host` is an address in unusual figures (`127.1`, `0x7f000001`), which only resolvers understand."""
    last = host.rstrip(".").rpartition(".")[2]
    if not (last.isdigit() or last.lower().startswith("0x")):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def _as_written(text: str) -> URL:
    """The address without any re-quoting where it is plain already: some servers compare their secret as text."""
    return URL(text, encoded=text.isascii() and text.isprintable() and " " not in text)


def next_address(present: URL, location: str) -> URL:
    """Where a redirect leads; a step from https down to http is refused, it would show the secret to the network."""
    if not location:
        raise FeedProblem(InvalidCode.FEED_UNREACHABLE)
    target = first_address(str(present.join(_as_written(location))))
    if present.scheme == "https" and target.scheme == "http":
        raise FeedProblem(InvalidCode.FEED_REFUSED)
    return target


async def _decoded(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """The body, unpacked a piece at a time, so that a small body that unpacks to gigabytes never is in memory."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        async for chunk in response.content.iter_chunked(_PIECE):
            yield chunk
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise FeedProblem(InvalidCode.FEED_NOT_A_CALENDAR)
    unpacker = zlib.decompressobj(wbits=31)
    async for chunk in response.content.iter_chunked(_PIECE):
        rest, piece = chunk, b""
        while not unpacker.eof and (rest or len(piece) == _PIECE):
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            yield piece
            await asyncio.sleep(0)
    if not unpacker.eof:
        raise FeedProblem(InvalidCode.FEED_UNREACHABLE)


def _validators(etag: str, last_modified: str) -> dict[str, str]:
    validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in validators.items() if value}


def _short(validator: str) -> str:
    """A validator longer than any sensible one is not kept: it would be stored and sent back each time."""
    return validator if len(validator) <= 500 and validator.isprintable() else ""


_FIRST_WORDS = b"BEGIN:VCALENDAR"


def _may_be_calendar(body: bytearray, *, whole: bool = False) -> bool:
    """Whether the beginning of `body` is that of a calendar, as far as it has come."""
    start = bytes(body[:_PIECE]).removeprefix(b"\xef\xbb\xbf").lstrip()[: len(_FIRST_WORDS)].upper()
    return start == _FIRST_WORDS if whole else _FIRST_WORDS.startswith(start) or start == _FIRST_WORDS
