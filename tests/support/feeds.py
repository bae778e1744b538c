"""Feeds as calendars publish them, in pieces that tests put together, and a local server that hands them out."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from types import TracebackType

from aiohttp import web

from domain.meeting import SyncWindow

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday."""
AMSTERDAM = "Europe/Amsterdam"
NEW_YORK = "America/New_York"
WINDOW = SyncWindow.around(NOW)
YEAR = SyncWindow(starts_at=datetime(2026, 1, 1, tzinfo=UTC), ends_at=datetime(2027, 1, 1, tzinfo=UTC))

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
