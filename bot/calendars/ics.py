"""Writing an .ics that tells a calendar what became of a meeting; it goes with a mail as an attachment."""

from datetime import UTC, date, datetime

from icalendar import Calendar, Event
from icalendar.prop import vCalAddress, vDDDTypes

from bot.calendars.text import MAX_NAME, one_line, without_controls
from domain.clock import require_aware
from domain.meeting import Attendee, Meeting, Response

PRODUCT = "-//Meetdown//Meetdown//EN"
_MAILTO = "mailto:"


def method_of(*, cancelled: bool, organiser: Attendee | None) -> str:
    """The iTIP method (RFC 5546) of an update; a mail part carries it as its `method` parameter too."""
    if organiser is None:
        return "PUBLISH"
    return "CANCEL" if cancelled else "REQUEST"


def update_ics(
    meeting: Meeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    location: str,
    description: str,
    cancelled: bool,
    sequence: int,
    now: datetime,
    organiser: Attendee | None,
) -> bytes:
    """The changed meeting as a calendar of one event, in UTC, with CRLF line ends.

    Only the organiser of a meeting may change it for others: a client's calendar drops a REQUEST that comes from
    somebody else, or worse, shows it. So the caller decides. With `organiser` (the owner, where the owner is it) this
    is a REQUEST or, for a cancelled meeting, a CANCEL to all attendees; without, a PUBLISH: the state of the meeting
    for the owner's own calendar, which asks nobody for anything and names no attendees.

    `sequence` must be above the meeting's own, or calendars take the update for an old one. One date of a series is
    named by its original start, so the others stay. Raises ValueError on naive times or an end before the start.
    """
    if require_aware(ends_at, "ends_at") < require_aware(starts_at, "starts_at"):
        raise ValueError("ends_at must not be before starts_at")
    event = Event()
    event.add("uid", meeting.uid or f"{meeting.id}@meetdown")
    event.add("dtstamp", require_aware(now, "now").astimezone(UTC))
    event.add("sequence", sequence)
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", without_controls(meeting.title))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if location:
        event.add("location", without_controls(location))
    if description:
        event.add("description", without_controls(description))
    if meeting.occurrence:
        event["RECURRENCE-ID"] = vDDDTypes(_original(meeting.occurrence))
    if organiser is not None:
        event["ORGANIZER"] = _address(organiser)
        for attendee in meeting.attendees:
            if attendee.email != organiser.email:
                event.add("attendee", _invited(attendee, asked=not cancelled), encode=False)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method_of(cancelled=cancelled, organiser=organiser))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _original(occurrence: str) -> date | datetime:
    """The original start that `CalendarEntry.occurrence` names."""
    if len(occurrence) == len("YYYYMMDD"):
        return datetime.strptime(occurrence, "%Y%m%d").replace(tzinfo=UTC).date()
    return datetime.strptime(occurrence, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _address(person: Attendee) -> vCalAddress:
    name = one_line(person.name, MAX_NAME)
    return vCalAddress(_MAILTO + person.email, params={"CN": name} if name else {})


def _invited(person: Attendee, *, asked: bool) -> vCalAddress:
    address = _address(person)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = (Response.NEEDS_ACTION if asked else person.response).name.replace("_", "-")
    if asked:
        address.params["RSVP"] = "TRUE"
    return address
