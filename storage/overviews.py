"""One meeting with everything that is needed to judge and show it."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.assessment import assess
from domain.assessment_facts import ClientLead, Facts, Organiser
from domain.client import Client, Contact
from domain.decision import HandoffTerms
from domain.errors import DomainError, Problem
from domain.matching import is_public_domain, is_within
from domain.meeting import Meeting, Source
from domain.member import Member
from domain.notice import time_until
from domain.overview import LiveMessage, Overview
from domain.policy import Policy
from domain.words import Reason
from storage import clients, decisions, facts, meetings, members, workspaces


def load(session: Session, team_id: str, meeting_id: str, now: datetime, *, reason: Reason | None = None) -> Overview:
    """Raises DomainError (MEETING_NOT_FOUND) where the team has no such meeting."""
    meeting = meetings.get(session, team_id, meeting_id)
    if meeting is None:
        raise DomainError(Problem.MEETING_NOT_FOUND)
    client = clients.get(session, team_id, meeting.client_id) if meeting.client_id else None
    emails = [attendee.email for attendee in meeting.attendees]
    contact = clients.contact_for(session, team_id, client.id, emails) if client else _guest(meeting)
    owner = members.get(session, team_id, meeting.owner_id) or Member(team_id=team_id, user_id=meeting.owner_id)
    decision = decisions.standing(session, team_id, meeting_id)
    live = meetings.live_message(session, team_id, meeting_id)
    workspace = workspaces.get(session, team_id)
    policy = workspace.policy if workspace else Policy()
    known = _facts(session, meeting, client, contact, owner, policy, now, reason)
    return Overview(
        meeting=meeting,
        client=client,
        contact=contact,
        owner=owner,
        facts=known,
        assessment=assess(known, policy),
        policy=policy,
        decision=decision,
        effects=decisions.effects(session, decision.id) if decision else (),
        delegate=_delegate(session, team_id, decision.terms) if decision else None,
        live_message=LiveMessage(channel=live[0], ts=live[1]) if live else None,
    )


def _guest(meeting: Meeting) -> Contact | None:
    """Whom the owner entered by hand with a meeting with nobody in the client book; in no book, so without an id."""
    if meeting.source is not Source.BY_HAND or not meeting.attendees:
        return None
    guest = meeting.attendees[0]
    return Contact(id="", client_id="", name=guest.name, email=guest.email, phone=guest.phone)


def _facts(
    session: Session,
    meeting: Meeting,
    client: Client | None,
    contact: Contact | None,
    owner: Member,
    policy: Policy,
    now: datetime,
    reason: Reason | None,
) -> Facts:
    history = facts.gather(session, meeting, client, policy, now)
    renewal = client.renewal_on if client else None
    return Facts(
        tier=client.tier if client else None,
        revenue_share=client.revenue_share if client else None,
        renewal_in_days=(renewal - now.date()).days if renewal else None,
        open_complaint=client.open_complaint if client else False,
        glad_to_write=client.glad_to_write if client else False,
        lead=_lead(client, owner),
        kind=meeting.kind,
        minutes=meeting.minutes,
        mode=meeting.mode,
        until=time_until(meeting.starts_at, now),
        organiser=_organiser(meeting, client, owner),
        colleague_lead_attends=_colleague_lead_attends(session, meeting, client, owner),
        meetings_total=history.meetings_total,
        meetings_30d=history.meetings_30d,
        step_downs_90d=history.step_downs_90d,
        last_stepped_down=history.last_stepped_down,
        series_idle=history.series_idle,
        last_five_stepped_down=history.last_five_stepped_down,
        reason=reason,
        phone_known=bool(contact and contact.phone),
    )


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


def _colleague_lead_attends(session: Session, meeting: Meeting, client: Client | None, owner: Member) -> bool:
    if _lead(client, owner) is not ClientLead.COLLEAGUE or client is None:
        return False
    email = client.lead_email
    if client.lead_id:
        lead = members.get(session, meeting.team_id, client.lead_id)
        email = lead.email if lead else email
    present = [attendee.email for attendee in (*meeting.attendees, *([meeting.organiser] if meeting.organiser else []))]
    return bool(email) and email in present


def _delegate(session: Session, team_id: str, terms: object) -> Member | None:
    if not isinstance(terms, HandoffTerms):
        return None
    return members.get(session, team_id, terms.delegate_id) or Member(team_id=team_id, user_id=terms.delegate_id)
