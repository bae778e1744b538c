"""A meeting with a client, and the calendar entry it is read from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clock import require_aware
from domain.words import MeetingKind, Mode


class Response(StrEnum):
    """What an attendee answered to the invitation (RFC 5545, PARTSTAT)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NEEDS_ACTION = "needs_action"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """Somebody invited; `email` is lower case, `name` may be empty.

    Of a guest whom the owner entered by hand without a client in the book, all is kept here: then `email` may be empty,
    and `phone` is E.164 or empty.
    """

    email: str
    name: str = ""
    response: Response = Response.NEEDS_ACTION
    phone: str = ""

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEntry:
    """One occurrence as a calendar has it, before it is known whether it is a meeting with a client.

    `uid` and `occurrence` name it for as long as it lives: `occurrence` is the original start of one date of a
    series (RFC 5545, RECURRENCE-ID; in UTC as `YYYYMMDDTHHMMSSZ`, or `YYYYMMDD` for all-day), empty outside a
    series. A moved occurrence keeps its name. Times are aware, in UTC; floating times were read in the zone of the
    calendar's owner.
    """

    uid: str
    occurrence: str = ""
    sequence: int = 0
    title: str
    description: str = ""
    location: str = ""
    online_url: str = ""
    starts_at: datetime
    ends_at: datetime
    time_zone: str = ""
    """IANA name of the zone the entry was made in, or empty where unknown."""
    all_day: bool = False
    cancelled: bool = False
    free: bool = False
    """Shown as free (TRANSP:TRANSPARENT or X-MICROSOFT-CDO-BUSYSTATUS:FREE)."""
    private: bool = False
    """CLASS:PRIVATE or CONFIDENTIAL."""
    organiser: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()

    def __post_init__(self) -> None:
        require_aware(self.starts_at, "starts_at")
        require_aware(self.ends_at, "ends_at")


class Source(StrEnum):
    """Where a meeting comes from."""

    FEED = "feed"
    BY_HAND = "by_hand"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """One occurrence in one owner's calendar with at least one attendee of a client, or entered by hand."""

    id: str
    team_id: str
    owner_id: str
    """Slack user id of the member whose calendar it is in."""
    client_id: str | None
    """None where a meeting by hand names nobody in the client book."""
    source: Source
    calendar_id: str | None = None
    uid: str = ""
    occurrence: str = ""
    sequence: int = 0
    title: str
    description: str = ""
    location: str = ""
    online_url: str = ""
    starts_at: datetime
    ends_at: datetime
    time_zone: str = ""
    mode: Mode = Mode.ON_SITE
    kind: MeetingKind = MeetingKind.ORDINARY
    organiser: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    cancelled: bool = False

    def __post_init__(self) -> None:
        require_aware(self.starts_at, "starts_at")
        require_aware(self.ends_at, "ends_at")

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def in_series(self) -> bool:
        return bool(self.occurrence)

    def has_started(self, now: datetime) -> bool:
        return now >= self.starts_at

    @property
    def agenda(self) -> tuple[str, ...]:
        """Agenda points found in the description: its lines that start as a list item does."""
        points = []
        for line in self.description.splitlines():
            text = line.strip()
            bullet = text[:1] in "-*•–" and text[1:2] == " "
            number, dot, rest = text.partition(". ")
            if bullet:
                points.append(text[1:].strip())
            elif dot and number.isdigit() and len(number) <= 2:
                points.append(rest.strip())
        return tuple(point for point in points if point)[:10]


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncWindow:
    """The stretch of time in which a calendar is read: recurrence is expanded only inside."""

    starts_at: datetime
    ends_at: datetime

    @classmethod
    def around(
        cls, now: datetime, *, past: timedelta = timedelta(days=90), ahead: timedelta = timedelta(days=60)
    ) -> "SyncWindow":
        require_aware(now, "now")
        return cls(starts_at=now - past, ends_at=now + ahead)
