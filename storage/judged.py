"""Everything that the judgement of one meeting needs, read in three statements however long the history is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import and_, bindparam, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from domain.assessment import Assessment, assess
from domain.assessment_facts import ClientLead, Facts, Organiser
from domain.client import Client, Contact, contact_among
from domain.errors import DomainError, Problem
from domain.history import History
from domain.matching import is_public_domain, is_within
from domain.meeting import Meeting, Source
from domain.member import Member
from domain.notice import time_until
from domain.overview import LiveMessage
from domain.policy import Policy
from domain.words import Reason
from storage import facts
from storage.clients import CLIENT, CONTACT
from storage.first_meetings import KIND_NOW, known_by
from storage.meetings import MEETING
from storage.members import MEMBER
from storage.models import (
    ClientDomainRow,
    ClientRow,
    ContactRow,
    MeetingRow,
    MemberRow,
    WorkspaceRow,
    table_of,
)

MEETINGS = table_of(MeetingRow)
CLIENTS = table_of(ClientRow)
CONTACTS = table_of(ContactRow)
DOMAINS = table_of(ClientDomainRow)
MEMBERS = table_of(MemberRow)
WORKSPACES = table_of(WorkspaceRow)
LEADS = MEMBERS.alias("leads")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A meeting with those concerned, its facts, and what they are worth."""

    meeting: Meeting
    """Of the kind that it is today: a first meeting is told by the history."""
    client: Client | None
    contact: Contact | None
    owner: Member
    policy: Policy
    facts: Facts
    assessment: Assessment
    live_message: LiveMessage | None


def read(session: Session, team_id: str, meeting_id: str, now: datetime, reason: Reason | None = None) -> Judged:
    """Raises DomainError (MEETING_NOT_FOUND) where the team has no such meeting."""
    found = _found(session, team_id, meeting_id, now)
    if found is None:
        raise DomainError(Problem.MEETING_NOT_FOUND)
    history = facts.gather(session, found.meeting, found.client, found.policy, now)
    known = _facts(found, history, now, reason)
    return Judged(
        meeting=found.meeting,
        client=found.client,
        contact=found.contact,
        owner=found.owner,
        policy=found.policy,
        facts=known,
        assessment=assess(known, found.policy),
        live_message=found.live_message,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    meeting: Meeting
    client: Client | None
    contact: Contact | None
    owner: Member
    lead_email: str
    policy: Policy
    live_message: LiveMessage | None


def _found(session: Session, team_id: str, meeting_id: str, now: datetime) -> _Found | None:
    given = {"team": team_id, "meeting": meeting_id, **known_by(now)}
    row = session.connection().execute(_ONE, given).first()
    if row is None:
        return None
    policy, lead_email, kind, channel, ts, *cells = row
    meeting = replace(MEETING.read(cells[:_CLIENT]), kind=kind)
    client_cells, owner_cells = cells[_CLIENT:_OWNER], cells[_OWNER:]
    client = _with_people(session, CLIENT.read(client_cells)) if client_cells[0] is not None else None
    emails = [attendee.email for attendee in meeting.attendees]
    return _Found(
        meeting=meeting,
        client=client,
        contact=contact_among(client.contacts, emails) if client else _guest(meeting),
        owner=MEMBER.read(owner_cells) if owner_cells[0] is not None else _stranger(meeting),
        lead_email=lead_email or "",
        policy=policy or Policy(),
        live_message=LiveMessage(channel=channel, ts=ts) if ts else None,
    )


def _stranger(meeting: Meeting) -> Member:
    return Member(team_id=meeting.team_id, user_id=meeting.owner_id)


def _with_people(session: Session, client: Client) -> Client:
    """With its contacts and domains, each in the order in which they were added."""
    rows = session.connection().execute(_PEOPLE, {"team": client.team_id, "client": client.id}).all()
    people = sorted((row for row in rows if row.position is not None), key=lambda row: (row.position, row[0]))
    contacts = [row for row in people if not row.is_domain]
    return replace(
        client,
        domains=tuple(row[0] for row in people if row.is_domain),
        contacts=tuple(CONTACT.read(row) for row in contacts),
    )


def _guest(meeting: Meeting) -> Contact | None:
    """Whom the owner entered by hand with a meeting with nobody in the client book; in no book, so without an id."""
    if meeting.source is not Source.BY_HAND or not meeting.attendees:
        return None
    guest = meeting.attendees[0]
    return Contact(id="", client_id="", name=guest.name, email=guest.email, phone=guest.phone)


def _facts(found: _Found, history: History, now: datetime, reason: Reason | None) -> Facts:
    meeting, client, owner = found.meeting, found.client, found.owner
    return Facts(
        tier=client.tier if client else None,
        revenue_share=client.revenue_share if client else None,
        renewal_in_days=_days_until(client.renewal_on if client else None, owner.time_zone, now),
        open_complaint=client.open_complaint if client else False,
        glad_to_write=client.glad_to_write if client else False,
        lead=_lead(client, owner),
        kind=meeting.kind,
        minutes=meeting.minutes,
        mode=meeting.mode,
        until=time_until(meeting.starts_at, now),
        organiser=_organiser(meeting, client, owner),
        colleague_lead_attends=_colleague_lead_attends(found),
        meetings_total=history.meetings_total,
        meetings_30d=history.meetings_30d,
        step_downs_90d=history.step_downs_90d,
        last_stepped_down=history.last_stepped_down,
        series_idle=history.series_idle,
        last_five_stepped_down=history.last_five_stepped_down,
        reason=reason,
        phone_known=bool(found.contact and found.contact.phone),
    )


def _days_until(day: date | None, zone: str, now: datetime) -> int | None:
    """From the day that it is where the owner is."""
    if day is None:
        return None
    try:
        here = ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        here = ZoneInfo("UTC")
    return (day - now.astimezone(here).date()).days


def _lead(client: Client | None, owner: Member) -> ClientLead:
    if client is None or not (client.lead_id or client.lead_email):
        return ClientLead.NONE
    own = client.lead_id == owner.user_id or (bool(owner.email) and client.lead_email == owner.email)
    return ClientLead.OWNER if own else ClientLead.COLLEAGUE


def _organiser(meeting: Meeting, client: Client | None, owner: Member) -> Organiser:
    """By hand, or without an organiser, the meeting is the owner's own."""
    if meeting.organiser is None or meeting.organiser.email == owner.email:
        return Organiser.OWNER
    domain = meeting.organiser.domain
    outside = client is not None and is_within(domain, client.domains)
    # An address that everybody can have makes nobody a colleague.
    if outside or is_public_domain(domain) or domain != owner.email.rpartition("@")[2]:
        return Organiser.CLIENT
    return Organiser.COLLEAGUE


def _colleague_lead_attends(found: _Found) -> bool:
    if _lead(found.client, found.owner) is not ClientLead.COLLEAGUE or found.client is None:
        return False
    # Somebody who was named but has no profile yet may still be known by the address of an import.
    email = found.lead_email or found.client.lead_email
    meeting = found.meeting
    present = [attendee.email for attendee in (*meeting.attendees, *([meeting.organiser] if meeting.organiser else []))]
    return bool(email) and email in present


# Built once: to put a statement together costs more than SQLite needs to answer it.
_AROUND = (WORKSPACES.c.policy, LEADS.c.email, KIND_NOW, MEETINGS.c.live_channel, MEETINGS.c.live_ts)
_CLIENT = len(MEETING.columns)
_OWNER = _CLIENT + len(CLIENT.columns)
"""Where the columns of the client and of the owner begin, behind those around the meeting."""
_ONE = (
    select(*_AROUND, *MEETING.columns, *CLIENT.columns, *MEMBER.columns)
    .select_from(
        MEETINGS.outerjoin(CLIENTS, and_(CLIENTS.c.id == MEETINGS.c.client_id, CLIENTS.c.team_id == MEETINGS.c.team_id))
        .outerjoin(MEMBERS, and_(MEMBERS.c.team_id == MEETINGS.c.team_id, MEMBERS.c.user_id == MEETINGS.c.owner_id))
        .outerjoin(WORKSPACES, WORKSPACES.c.team_id == MEETINGS.c.team_id)
        .outerjoin(LEADS, and_(LEADS.c.team_id == MEETINGS.c.team_id, LEADS.c.user_id == CLIENTS.c.lead_id))
    )
    .where(MEETINGS.c.team_id == bindparam("team"), MEETINGS.c.id == bindparam("meeting"))
)
_PEOPLE = union_all(
    select(*CONTACT.columns, CONTACTS.c.position, literal_column("0").label("is_domain")).where(
        CONTACTS.c.team_id == bindparam("team"), CONTACTS.c.client_id == bindparam("client")
    ),
    select(
        DOMAINS.c.domain,
        *(null() for _ in CONTACT.columns[1:]),
        DOMAINS.c.position,
        literal_column("1"),
    ).where(DOMAINS.c.team_id == bindparam("team"), DOMAINS.c.client_id == bindparam("client")),
)
