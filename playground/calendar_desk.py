"""The members' calendars, worked on as a calendar program does it: over HTTP, one object for each entry (CalDAV)."""

import asyncio
import copy
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from icalendar import Calendar, Event, vCalAddress

from bot.calendars.parse import parse
from domain.clock import Clock, require_aware
from domain.ids import new_id
from domain.meeting import CalendarEntry, SyncWindow

PAST = timedelta(days=1)
AHEAD = timedelta(weeks=6)
"""What is listed, around now."""
SEPARATOR = "|"
"""Between the two parts of an entry's id: UID and occurrence."""

Told = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One occurrence in somebody's calendar."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str
    attendees: tuple[str, ...]
    """Addresses, without the owner's."""
    cancelled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Whose calendar it is; `secret` is the part of its address that nobody guesses."""

    user_id: str
    email: str
    name: str
    time_zone: str
    secret: str


class CalendarDesk:
    def __init__(self, *, url: str, session: aiohttp.ClientSession, clock: Clock) -> None:
        """`url`: the server's, without a slash at the end."""
        self._url = url
        self._session = session
        self._clock = clock
        self.listeners: set[Told] = set()
        """Awaited after each act, before it returns."""
        self._owners: dict[str, Owner] = {}

    async def open(self, owner: Owner) -> None:
        """Make the member's calendar where there is none yet."""
        self._owners[owner.user_id] = owner
        collection = self._collection(owner)
        async with self._session.head(collection) as response:
            if response.status == 200:
                return
        for method, address in (("MKCOL", f"{self._url}/{owner.user_id}/"), ("MKCALENDAR", collection)):
            async with self._session.request(method, address) as response:
                made = response.status
        if made != 201:
            raise OSError(f"the calendar server refused to make a calendar ({made})")

    @property
    def owners(self) -> list[Owner]:
        return list(self._owners.values())

    def feed_url(self, user_id: str) -> str:
        """The address to paste into the bot; empty where the member has no calendar."""
        owner = self._owners.get(user_id)
        return self._collection(owner) if owner else ""

    async def entries(self, user_id: str) -> list[Entry]:
        """From yesterday to some weeks ahead, in the order of their starts."""
        owner = self._owners.get(user_id)
        if owner is None:
            return []
        now = self._clock.now()
        window = SyncWindow(starts_at=now - PAST, ends_at=now + AHEAD)
        async with self._session.get(self._collection(owner)) as response:
            response.raise_for_status()
            body = await response.read()
        parsed = await asyncio.to_thread(parse, body, zone=owner.time_zone, window=window)
        return [_shown(entry, owner.email) for entry in parsed.entries]

    async def add(
        self,
        user_id: str,
        *,
        title: str,
        starts_at: datetime,
        ends_at: datetime,
        location: str = "",
        attendees: Sequence[str] = (),
    ) -> None:
        """Raises LookupError where the member has no calendar, ValueError for an end before the start."""
        owner = self._owner(user_id)
        _check(starts_at, ends_at)
        event = Event()
        event.add("uid", f"{new_id()}@playground.example")
        event.add("summary", title)
        _set_times(event, starts_at, ends_at)
        if location:
            event.add("location", location)
        organiser = vCalAddress(f"mailto:{owner.email}")
        organiser.params["CN"] = owner.name
        event["organizer"] = organiser
        for address in attendees:
            event.add("attendee", vCalAddress(f"mailto:{address}"))
        await self.put(user_id, event)
        await self._tell()

    async def put(self, user_id: str, *events: Event) -> None:
        """Keep one entry; a series with its exceptions is several events of one UID. Tells nobody."""
        owner = self._owner(user_id)
        calendar = Calendar()
        calendar.add("prodid", "-//Meetdown//Playground//EN")
        calendar.add("version", "2.0")
        for event in events:
            event.pop("dtstamp", None)
            event.add("dtstamp", self._clock.now().replace(microsecond=0))
            calendar.add_component(event)
        calendar.add_missing_timezones()
        await self._write(owner, str(events[0]["uid"]), calendar.to_ical())

    async def move(self, user_id: str, entry_id: str, *, starts_at: datetime, ends_at: datetime) -> None:
        """Raises LookupError where there is no such entry, ValueError for an end before the start."""
        _check(starts_at, ends_at)

        def change(event: Event) -> None:
            _set_times(event, starts_at, ends_at)

        await self._change(user_id, entry_id, change)

    async def cancel(self, user_id: str, entry_id: str) -> None:
        """It stays in the calendar as cancelled. Raises LookupError where there is no such entry."""

        def change(event: Event) -> None:
            event.pop("status", None)
            event.add("status", "CANCELLED")

        await self._change(user_id, entry_id, change)

    async def _change(self, user_id: str, entry_id: str, change: Callable[[Event], None]) -> None:
        """One date of a series gets a version of its own; the others stay as they are."""
        owner = self._owner(user_id)
        uid, _, occurrence = entry_id.rpartition(SEPARATOR)
        events = await self._read(owner, uid)
        event = next((one for one in events if _occurrence(one) == occurrence), None)
        if event is None and occurrence:
            event = _exception(events, occurrence)
            events.append(event)
        if event is None:
            raise LookupError(entry_id)
        change(event)
        sequence = int(event.get("sequence", 0)) + 1
        event.pop("sequence", None)
        event.add("sequence", sequence)
        await self.put(user_id, *events)
        await self._tell()

    async def _read(self, owner: Owner, uid: str) -> list[Event]:
        async with self._session.get(self._object(owner, uid)) as response:
            if response.status == 404:
                raise LookupError(uid)
            response.raise_for_status()
            calendar = Calendar.from_ical(await response.read())
        return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]

    async def _write(self, owner: Owner, uid: str, body: bytes) -> None:
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        async with self._session.put(self._object(owner, uid), data=body, headers=headers) as response:
            if response.status not in {201, 204}:
                raise OSError(f"the calendar server refused an entry ({response.status})")

    async def _tell(self) -> None:
        for listener in list(self.listeners):
            await listener()

    def _owner(self, user_id: str) -> Owner:
        owner = self._owners.get(user_id)
        if owner is None:
            raise LookupError(f"{user_id} has no calendar")
        return owner

    def _collection(self, owner: Owner) -> str:
        return f"{self._url}/{owner.user_id}/{owner.secret}/"

    def _object(self, owner: Owner, uid: str) -> str:
        """By a name that is fit for an address whatever the UID is."""
        return f"{self._collection(owner)}{hashlib.blake2b(uid.encode(), digest_size=16).hexdigest()}.ics"


def _shown(entry: CalendarEntry, owner_email: str) -> Entry:
    people = (*((entry.organiser,) if entry.organiser else ()), *entry.attendees)
    return Entry(
        id=f"{entry.uid}{SEPARATOR}{entry.occurrence}",
        title=entry.title,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        location=entry.location or entry.online_url,
        attendees=tuple(dict.fromkeys(one.email for one in people if one.email != owner_email)),
        cancelled=entry.cancelled,
    )


def _occurrence(event: Event) -> str:
    """The name of the date as `CalendarEntry.occurrence` has it; empty for the series itself and for a single entry."""
    if "recurrence-id" not in event:
        return ""
    return f"{_moment(event, 'recurrence-id').astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _moment(event: Event, name: str) -> datetime:
    """Raises LookupError for an all-day entry, which nobody moves here."""
    moment: object = event.decoded(name)
    if not isinstance(moment, datetime):
        raise LookupError(f"{name} is no moment")
    return moment


def _exception(events: Sequence[Event], occurrence: str) -> Event:
    """The version of one date of a series, like the others until it is changed."""
    series = next((one for one in events if "rrule" in one), None)
    if series is None:
        raise LookupError(occurrence)
    first = _moment(series, "dtstart")
    try:
        named = datetime.strptime(occurrence, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise LookupError(occurrence) from None
    starts_at = named.astimezone(first.tzinfo)
    length = _moment(series, "dtend") - first
    event = copy.deepcopy(series)
    for name in ("rrule", "exdate", "rdate", "dtstart", "dtend"):
        event.pop(name, None)
    event.add("recurrence-id", starts_at)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + length)
    return event


def _set_times(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    """In the zone that the entry had, so that it stays what it was across a change of the clocks."""
    zone = _moment(event, "dtstart").tzinfo if "dtstart" in event else starts_at.tzinfo
    for name, moment in (("dtstart", starts_at), ("dtend", ends_at)):
        event.pop(name, None)
        event.add(name, moment.astimezone(zone).replace(microsecond=0))


def _check(starts_at: datetime, ends_at: datetime) -> None:
    require_aware(starts_at, "starts_at")
    require_aware(ends_at, "ends_at")
    if ends_at <= starts_at:
        raise ValueError("an entry ends after it starts")
