"""Organiser and attendees of an event; rooms and resources are not people."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from icalendar.prop import vCalAddress

from bot.calendars.text import MAX_EMAIL, MAX_NAME, one_line
from domain.meeting import Attendee, Response

MAX_ATTENDEES = 200
"""Nobody meets more people than this; a feed that says so is cut here."""

_RESPONSES = {
    "ACCEPTED": Response.ACCEPTED,
    "DECLINED": Response.DECLINED,
    "TENTATIVE": Response.TENTATIVE,
}
_NOT_PEOPLE = frozenset({"RESOURCE", "ROOM"})
_NOT_PEOPLE_DOMAINS = ("@resource.calendar.google.com", "@group.calendar.google.com")


def person(value: object) -> Attendee | None:
    """The person behind an ORGANIZER or ATTENDEE; None for rooms, resources and those without an e-mail address."""
    if not isinstance(value, vCalAddress):
        return None
    params: Mapping[str, object] = value.params
    if _text(params.get("CUTYPE")).upper() in _NOT_PEOPLE:
        return None
    email = email_of(str(value)) or email_of(_text(params.get("EMAIL")))
    if not email or email.endswith(_NOT_PEOPLE_DOMAINS):
        return None
    name = one_line(_text(params.get("CN")), MAX_NAME).strip("'\" ")
    response = _RESPONSES.get(_text(params.get("PARTSTAT")).upper(), Response.NEEDS_ACTION)
    return Attendee(email=email, name="" if name.lower() == email else name, response=response)


def people(values: Iterable[object]) -> tuple[Attendee, ...]:
    """Everybody once, in the order of the calendar; the first answer of an address counts."""
    found: dict[str, Attendee] = {}
    for value in values:
        each = person(value)
        if each and each.email not in found:
            found[each.email] = each
        if len(found) == MAX_ATTENDEES:
            break
    return tuple(found.values())


def email_of(address: str) -> str:
    """The e-mail address in lower case, or empty where `address` holds none."""
    text = address.strip()
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:]).partition("?")[0]
    text = text.strip().strip("<>").lower()
    local, at, domain = text.rpartition("@")
    plain = text.isprintable() and not any(letter in text for letter in " ,;:<>\"'()\\/")
    return text if at and local and "." in domain.strip(".") and plain and len(text) <= MAX_EMAIL else ""


def _text(value: object) -> str:
    """A parameter; one that was given several times is a list, of which the first counts."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""
