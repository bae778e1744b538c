"""All that a message about one meeting may need, and the lines that several of them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from domain.approval import Request
from domain.assessment import Assessment
from domain.client import Client
from domain.decision import Decision
from domain.matching import is_person, is_within
from domain.meeting import Attendee, Meeting, Response
from domain.timeline import EffectRecord
from domain.upcoming import Upcoming
from domain.words import Mode, Tier
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.labels import kind_label, mode_label, tier_label
from messages.ringing import ToRing
from messages.when import span

TITLE = 150
"""Characters of a meeting's title that are shown; names and places get fewer."""
NAME = 60
PLACE = 90
SHOWN_PEOPLE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingView:
    """`zone` is the IANA zone of the person who reads it."""

    meeting: Meeting
    client: Client | None
    zone: str
    assessment: Assessment | None = None
    met_lately: int = 0
    """Meetings with the client in the last 30 days."""
    decision: Decision | None = None
    request: Request | None = None
    """What waits for a manager's word, or was turned down."""
    effects: tuple[EffectRecord, ...] = ()
    undo_until: datetime | None = None
    """Undoing is possible before this moment; None: not at all."""
    rhythm_due: bool = False
    """Another rhythm is to be proposed for the series."""
    rhythm_proposed_at: datetime | None = None
    delegate_name: str = ""
    owner_email: str = ""
    """Left out of those who are met: nobody meets themselves."""
    made_by_id: str = ""
    """Who decided, where it was not the owner."""
    mail_sender_configured: bool = False
    """Whether the bot sends mail itself; else every draft is handed to the owner."""
    to_ring: ToRing | None = None
    """Whom to ring before the mail is read; None where there is time for it."""


def client_name(t: Translator, meeting: Meeting, client: Client | None) -> str:
    """Plain text; the first guest's domain stands in where the client book has nobody."""
    return _client_name(t, client.name if client else None, meeting.attendees)


def title(t: Translator, meeting: Meeting | Upcoming) -> str:
    """Plain text, on one line."""
    return one_line(meeting.title, TITLE) or t.text("(no title)")


def heading(t: Translator, meeting: Meeting, client: Client | None) -> str:
    """Mrkdwn: `*Acme* · tier A · Planning`."""
    return _heading(t, client_name(t, meeting, client), client.tier if client else None, title(t, meeting))


def heading_of(t: Translator, line: Upcoming) -> str:
    """As `heading`."""
    return _heading(t, _client_name(t, line.client_name, line.attendees), line.tier, title(t, line))


def when_line(t: Translator, meeting: Meeting | Upcoming, zone: str, now: datetime) -> str:
    """Plain text: `tomorrow, 10:00 to 11:30 (90 min)`."""
    return span(t, meeting.starts_at, meeting.ends_at, zone, now)


def when_and_kind(t: Translator, meeting: Meeting | Upcoming, zone: str, now: datetime) -> str:
    """Plain text: as `when_line`, with the kind of a meeting that is protected (`… (90 min) · Kick-off`)."""
    when = when_line(t, meeting, zone, now)
    return f"{when} · {kind_label(t, meeting.kind)}" if meeting.kind.is_protected else when


def where(t: Translator, meeting: Meeting) -> str:
    """Plain text: the place, or how people meet; of a link only the host, so that nothing can be clicked by mistake."""
    place = one_line(meeting.location, PLACE)
    if place and not place.lower().startswith(("http://", "https://")):
        return place
    host = _host(meeting.online_url or meeting.location)
    if meeting.mode is Mode.ON_SITE:
        return host
    return (
        t.text("{mode} ({host})", mode=mode_label(t, meeting.mode), host=host) if host else mode_label(t, meeting.mode)
    )


def who(t: Translator, view: MeetingView) -> str:
    """Plain text: the client's people first, three by name; empty where nobody is known. Neither rooms nor those who
    declined are met."""
    coming = [
        person
        for person in view.meeting.attendees
        if not person.email
        or (is_person(person) and person.email != view.owner_email and person.response is not Response.DECLINED)
    ]
    domains = view.client.domains if view.client else ()
    people = sorted(coming, key=lambda person: not is_within(person.domain, domains))
    names = [one_line(person.name or person.email, NAME) for person in people[:SHOWN_PEOPLE]]
    names = [name for name in names if name]
    more = len(people) - SHOWN_PEOPLE
    if more > 0:
        names.append(t.count("{n} more", "{n} more", more))
    if len(names) < 2:
        return "".join(names)
    return t.text("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def mention(user_id: str) -> str:
    """Mrkdwn: a member by name, as Slack shows it; anything that is no user id stays dead text."""
    return f"<@{user_id}>" if user_id.isalnum() and user_id.isascii() else escape(one_line(user_id, NAME))


def _host(url: str) -> str:
    try:
        return one_line(urlsplit(url.strip()).hostname or "", NAME)
    except ValueError:
        return ""


def _client_name(t: Translator, name: str | None, guests: Sequence[Attendee]) -> str:
    if name is not None:
        return one_line(name, NAME)
    guest = next(iter(guests), None)
    return one_line(guest.domain, NAME) if guest and guest.domain else t.text("Client meeting")


def _heading(t: Translator, name: str, tier: Tier | None, title: str) -> str:
    if tier is None:
        return t.mrkdwn("*{client}* · {title}", client=name, title=title)
    return t.mrkdwn("*{client}* · {tier} · {title}", client=name, tier=tier_label(t, tier), title=title)
