"""From what is stored of a meeting to what its messages and drafts take."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.around import NOTHING_KNOWN, Around
from domain.decision import Draft, Terms
from domain.matching import is_within
from domain.meeting import Response
from domain.overview import Overview
from domain.wording import Template, TemplateKey
from domain.words import Formality, Option
from messages.drafting import TEXT_OF, DraftFacts, client_language, client_zone, draft
from messages.meeting_view import MeetingView
from messages.ringing import ToRing
from messages.scripts import CallScript, call_script

MOST_RECIPIENTS = 10
"""More are a crowd: the owner adds them."""


def view_of(overview: Overview, now: datetime, *, mail_sender_configured: bool) -> MeetingView:
    """As its owner sees the meeting."""
    decision = overview.decision
    return MeetingView(
        meeting=overview.meeting,
        client=overview.client,
        zone=overview.owner.time_zone,
        assessment=overview.assessment,
        met_lately=overview.facts.meetings_30d,
        decision=decision,
        request=overview.request,
        effects=overview.effects,
        undo_until=overview.undo_until(now),
        rhythm_due=overview.rhythm_due,
        rhythm_proposed_at=overview.rhythm_proposed_at,
        delegate_name=overview.delegate.name if overview.delegate else "",
        owner_email=overview.owner.email,
        made_by_id=decision.made_by if decision and decision.made_by != decision.owner_id else "",
        mail_sender_configured=mail_sender_configured,
        to_ring=_to_ring(overview, now),
    )


def _to_ring(overview: Overview, now: datetime) -> ToRing | None:
    """Whom the owner was told to ring first, when they decided; nobody once the meeting has begun."""
    decision, meeting = overview.decision, overview.meeting
    if decision is None or decision.option is Option.KEEP or meeting.has_started(now):
        return None
    if meeting.starts_at - decision.made_at >= timedelta(hours=overview.policy.ring_first_hours):
        return None
    return ToRing(contact=overview.contact, script=script_of(overview, decision.option, now))


def template_key(overview: Overview, option: Option, *, first_contact: bool) -> TemplateKey:
    """Which template a draft for this meeting is made from."""
    return TemplateKey(
        text=TEXT_OF[option],
        language=client_language(overview.client, overview.contact),
        formality=formality_of(overview),
        first_contact=first_contact,
    )


def formality_of(overview: Overview) -> Formality:
    """The client's, where the book says it, else the owner's own choice."""
    client = overview.client
    return (client.formality if client else None) or overview.owner.formality or Formality.FORMAL


def script_of(overview: Overview, option: Option, now: datetime) -> CallScript:
    """What to say where a mail alone would come too late."""
    client, contact, owner = overview.client, overview.contact, overview.owner
    return call_script(
        option,
        overview.meeting,
        contact,
        language=client_language(client, contact),
        formality=formality_of(overview),
        owner_name=owner.name,
        owner_zone=owner.time_zone,
        client_zone=client_zone(client, contact, owner.time_zone),
        now=now,
    )


def draft_of(
    overview: Overview,
    option: Option,
    terms: Terms,
    now: datetime,
    *,
    delegate_name: str = "",
    around: Around = NOTHING_KNOWN,
    template: Template | None = None,
) -> Draft:
    """The draft for an option in the client's language; for `keep` the one that takes an earlier message back.

    `template` is the workspace's or the owner's own for `template_key`, where there is one.
    """
    client, contact, owner = overview.client, overview.contact, overview.owner
    facts = DraftFacts(
        meeting=overview.meeting,
        client=client,
        contact=contact,
        owner_name=owner.name,
        owner_zone=owner.time_zone,
        client_zone=client_zone(client, contact, owner.time_zone),
        delegate_name=delegate_name,
        terms=terms,
        slots=around.slots,
        proposal_by=around.proposal_by,
        now=now,
    )
    made = draft(
        option,
        facts,
        client_language(client, contact),
        formality_of(overview),
        first_contact=around.first_contact,
        template=template,
    )
    return replace(made, to=recipients_of(overview))


def recipients_of(overview: Overview) -> tuple[str, ...]:
    """Everybody of the client who was invited, the contact first: whoever is not told stands before a closed door."""
    meeting, client, contact = overview.meeting, overview.client, overview.contact
    first = [contact.email] if contact and contact.email else []
    if client is None:
        return tuple(first)
    people = [*([meeting.organiser] if meeting.organiser else []), *meeting.attendees]
    invited = [
        person.email
        for person in people
        if is_within(person.domain, client.domains) and person.response is not Response.DECLINED
    ]
    return tuple(dict.fromkeys([*first, *invited]))[:MOST_RECIPIENTS]
