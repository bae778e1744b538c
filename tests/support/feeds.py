"""Feeds as calendars publish them, in pieces that tests put together; reading them; a server that hands them out."""

import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from types import TracebackType

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.calendars.fetch import Fetcher
from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem, Parsed
from domain.errors import InvalidCode
from domain.meeting import CalendarEntry, SyncWindow

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday."""
AMSTERDAM = "Europe/Amsterdam"
NEW_YORK = "America/New_York"
WINDOW = SyncWindow.around(NOW)
NOVEMBER = SyncWindow(starts_at=datetime(2026, 11, 1, tzinfo=UTC), ends_at=datetime(2026, 12, 1, tzinfo=UTC))

AMSTERDAM_AS_OUTLOOK_WRITES_IT = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def feed(*components: str) -> bytes:
    """A whole calendar of components, lines ended as the standard asks."""
    text = "\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN", *components, "END:VCALENDAR")
    )
    return ("\r\n".join(text.splitlines()) + "\r\n").encode()


def event(*lines: str, uid: str | None = "one@acme.example") -> str:
    """A VEVENT of these lines."""
    named = (f"UID:{uid}",) if uid is not None else ()
    return "\n".join(("BEGIN:VEVENT", *named, *lines, "END:VEVENT"))


def many_events(count: int, *, series_every: int = 10, days: int = 59) -> bytes:
    """A feed of `count` client meetings within `days` of NOW, every `series_every`th of them weekly."""
    return feed(*(_meeting(number, series_every, days) for number in range(count)))


def _meeting(number: int, series_every: int, days: int) -> str:
    day = (number * 37) % (2 * days) - days
    start = (NOW + timedelta(days=day, minutes=15 * (number % 32))).replace(tzinfo=None)
    end = start + timedelta(minutes=90)
    lines = [
        f"DTSTART;TZID={AMSTERDAM}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={AMSTERDAM}:{end:%Y%m%dT%H%M%S}",
        "DTSTAMP:20261120T100000Z",
        "ORGANIZER;CN=Nadia:mailto:nadia@bright.example",
        "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=Nadia;X-NUM-GUESTS=0:mailto:nadia@bright.example",
        "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;CN=Joe;X-NUM-GUESTS=0:mailto:joe@acme.example",
        "DESCRIPTION:Agenda:\\n- figures of the quarter\\n- plans for the next one",
        "LOCATION:Herengracht 1\\, Amsterdam",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        f"SUMMARY:Acme {number}",
    ]
    if series_every and number % series_every == 0:
        lines.append("RRULE:FREQ=WEEKLY")
    return event(*lines, uid=f"{number}@bright.example")


def only(*components: str, zone: str = AMSTERDAM) -> CalendarEntry:
    """The one entry that these components are, read without loss."""
    parsed = parse(feed(*components), zone=zone, window=WINDOW)
    assert parsed.skipped == {}
    (entry,) = parsed.entries
    return entry


def read(*components: str, window: SyncWindow = NOVEMBER, zone: str = AMSTERDAM) -> Parsed:
    return parse(feed(*components), zone=zone, window=window)


def dates(*components: str, window: SyncWindow = NOVEMBER, zone: str = AMSTERDAM) -> list[tuple[str, str]]:
    """Of each entry the name of its date and its start, in UTC; read without loss."""
    parsed = read(*components, window=window, zone=zone)
    assert parsed.skipped == {}
    return [(entry.occurrence, f"{entry.starts_at:%m-%d %H:%M}") for entry in parsed.entries]


async def problem_of(fetcher: Fetcher, url: str) -> FeedProblem:
    """What fetching ends in."""
    with pytest.raises(FeedProblem) as caught:
        await fetcher.fetch(url)
    return caught.value


async def code_of(fetcher: Fetcher, url: str) -> InvalidCode:
    return (await problem_of(fetcher, url)).code


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FeedServer(AbstractAsyncContextManager["FeedServer"]):
    """A web server on 127.0.0.1 that answers every path with the handler given for it, and remembers the requests."""

    def __init__(self, **handlers: Handler) -> None:
        self._handlers = handlers
        self._runner: web.AppRunner | None = None
        self.requests: list[web.Request] = []
        self.port = 0

    def url(self, name: str, *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{name}"

    async def __aenter__(self) -> "FeedServer":
        app = web.Application()
        for name, handler in self._handlers.items():
            app.router.add_get(f"/{name}", self._remembering(handler))
        self._runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _remembering(self, handler: Handler) -> Handler:
        async def remember(request: web.Request) -> web.StreamResponse:
            self.requests.append(request)
            return await handler(request)

        return remember


class Names(AbstractResolver):
    """Answers with the next of the given addresses each time it is asked; the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not answer:
            raise OSError("no such name")
        return [
            ResolveResult(hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=0)
            for each in answer
        ]

    async def close(self) -> None:
        """Nothing is held."""


def answering(body: bytes, *, status: int = 200, **headers: str) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=body, status=status, headers=named)

    return handle
