"""From what is stored of a meeting to what its messages and drafts take."""

from datetime import datetime

from domain.decision import Draft, Terms
from domain.matching import is_within
from domain.overview import Overview
from domain.words import Formality, Option
from messages.drafting import DraftFacts, client_language, client_zone, draft
from messages.meeting_view import MeetingView


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
        effects=overview.effects,
        undo_until=overview.undo_until(now),
        delegate_name=overview.delegate.name if overview.delegate else "",
        owner_email=overview.owner.email,
        made_by_id=decision.made_by if decision and decision.made_by != decision.owner_id else "",
        mail_sender_configured=mail_sender_configured,
    )


def draft_of(overview: Overview, option: Option, terms: Terms, now: datetime, *, delegate_name: str = "") -> Draft:
    """The draft for an option in the client's language; for `keep` the one that takes an earlier message back."""
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
        now=now,
    )
    formality = client.formality if client else Formality.FORMAL
    made = draft(option, facts, client_language(client, contact), formality)
    if made.to:
        return made
    return Draft(language=made.language, subject=made.subject, body=made.body, to=_recipients(overview))


def _recipients(overview: Overview) -> tuple[str, ...]:
    """Where the client book has no address: the guests of the meeting who belong to the client, the organiser first."""
    meeting, client = overview.meeting, overview.client
    if client is None:
        return ()
    organiser = [meeting.organiser] if meeting.organiser else []
    people = [person.email for person in (*organiser, *meeting.attendees) if is_within(person.domain, client.domains)]
    return tuple(dict.fromkeys(people))[:5]
