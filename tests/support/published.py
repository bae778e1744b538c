"""A calendar that a provider publishes, and that a test changes as it goes on."""

from datetime import UTC, datetime, timedelta
from typing import Self

from aiohttp import web

from tests.support.feeds import FeedServer, event, feed

ANNA = "anna@meetdown.example"


class PublishedCalendar(FeedServer):
    """At `secret`; answers 304 where nothing changed."""

    def __init__(self) -> None:
        super().__init__(cal=self._answer)
        self.body = feed()
        self.answers: list[int] = []

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        return self

    @property
    def secret(self) -> str:
        return self.url("cal")

    def publish(self, *events: str) -> None:
        self.body = feed(*events)

    async def _answer(self, request: web.Request) -> web.Response:
        tag = f'"{hash(self.body)}"'
        if request.headers.get("If-None-Match") == tag:
            self.answers.append(304)
            return web.Response(status=304)
        self.answers.append(200)
        return web.Response(body=self.body, headers={"ETag": tag, "Content-Type": "text/calendar"})


def meeting(
    title: str,
    starts_at: datetime,
    *guests: str,
    minutes: int = 60,
    uid: str = "one",
    organiser: str = ANNA,
    sequence: int = 0,
    more: tuple[str, ...] = (),
) -> str:
    """A VEVENT with Anna and these guests in it."""
    lines = [
        f"SUMMARY:{title}",
        f"DTSTART:{starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{(starts_at + timedelta(minutes=minutes)).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{sequence}",
        f"ORGANIZER:mailto:{organiser}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ANNA}",
        *(f"ATTENDEE;CN={guest.partition('@')[0].title()};PARTSTAT=ACCEPTED:mailto:{guest}" for guest in guests),
        *more,
    ]
    return event(*lines, uid=f"{uid}@meetdown.example")
