"""Which calendar entry is a meeting with a client, with whom, and how the people meet."""

import re
from collections import Counter
from collections.abc import Collection
from enum import StrEnum

from domain.client import Client
from domain.matching import ClientBook, canonical_address, split_attendees
from domain.meeting import Attendee, CalendarEntry, Response
from domain.words import Mode


class WhyNot(StrEnum):
    """Why an entry is no meeting with a client; `unknown_outside` is the one that leads to a proposal."""

    CANCELLED = "cancelled"
    ALL_DAY = "all_day"
    FREE = "free"
    PRIVATE = "private"
    DECLINED = "declined"
    INTERNAL = "internal"
    UNKNOWN_OUTSIDE = "unknown_outside"


def why_not(
    entry: CalendarEntry, *, owner_emails: Collection[str], own_domains: Collection[str], clients: ClientBook
) -> WhyNot | None:
    """The first reason for which the entry is left alone; None where it is a meeting with a client."""
    states = (
        (entry.cancelled, WhyNot.CANCELLED),
        (entry.all_day, WhyNot.ALL_DAY),
        (entry.free, WhyNot.FREE),
        (entry.private, WhyNot.PRIVATE),
        (_is_declined(entry, owner_emails), WhyNot.DECLINED),
    )
    for holds, reason in states:
        if holds:
            return reason
    outside = outside_people(entry, owner_emails=owner_emails, own_domains=own_domains)
    if not outside:
        return WhyNot.INTERNAL
    if all(clients.client_of(person.email) is None for person in outside):
        return WhyNot.UNKNOWN_OUTSIDE
    return None


def takes_time(entry: CalendarEntry, *, owner_emails: Collection[str]) -> bool:
    """Whether its owner can be nowhere else meanwhile, be it with a client, a colleague or the dentist."""
    return not (entry.cancelled or entry.free or _is_declined(entry, owner_emails))


def outside_people(
    entry: CalendarEntry, *, owner_emails: Collection[str], own_domains: Collection[str]
) -> tuple[Attendee, ...]:
    """Who is not of the workspace; the organiser first where that is somebody outside."""
    return split_attendees(_people(entry), own_domains=own_domains, own_addresses=owner_emails).outside


def client_met(
    entry: CalendarEntry, *, owner_emails: Collection[str], own_domains: Collection[str], clients: ClientBook
) -> Client | None:
    """The client that the meeting is with: the organiser's, else the one with most people there, else the first."""
    outside = outside_people(entry, owner_emails=owner_emails, own_domains=own_domains)
    if entry.organiser is not None and entry.organiser in outside:
        organising = clients.client_of(entry.organiser.email)
        if organising is not None:
            return organising
    found = [client for person in outside if (client := clients.client_of(person.email)) is not None]
    heads = Counter(client.id for client in found)
    return max(found, key=lambda client: heads[client.id], default=None)


def mode_of(entry: CalendarEntry) -> Mode:
    """How the people meet, as far as place and title tell; on site where nothing says otherwise."""
    place_and_title = f"{entry.location}\n{entry.title}"
    if entry.online_url.strip() or _VIDEO.search(place_and_title):
        return Mode.VIDEO
    if _PHONE_PLACE.search(entry.location) or _CALL.search(place_and_title):
        return Mode.CALL
    return Mode.ON_SITE


def _people(entry: CalendarEntry) -> tuple[Attendee, ...]:
    return entry.attendees if entry.organiser is None else (entry.organiser, *entry.attendees)


def _is_declined(entry: CalendarEntry, owner_emails: Collection[str]) -> bool:
    """Somebody invited under two addresses comes where either said yes."""
    own = frozenset(map(canonical_address, owner_emails))
    answers = {person.response for person in entry.attendees if canonical_address(person.email) in own}
    return Response.DECLINED in answers and Response.ACCEPTED not in answers


_VIDEO = re.compile(
    r"https?://|\bvideo-?\s?(?:call|conference|overleg|gesprek|bellen)|\bvideo(?:bellen|gesprek|overleg)\b"
    r"|\bmicrosoft teams\b|\bteams[- ]?(?:meeting|vergadering|overleg|call)\b|\bgoogle meet\b|\bzoom\b|\bwebex\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\btel(?:efoon|efonisch|ephone)?\s?:|\b(?:conference |tele|phone )?calls?\b(?! cent| for\b)"
    r"|\b(?:bellen|belletje|belafspraak|telefonisch|telefoongesprek|by phone|per telefoon)\b",
    re.IGNORECASE,
)
_PHONE_PLACE = re.compile(
    r"^\s*(?:phone|telephone|telefoon|by phone|tel\.?)\s*$|^[\s(]*(?:\+|00?)\d[\d\s().-]{6,}$", re.IGNORECASE
)
