"""Storing what an option's form came to: one transaction for the decision and all that belongs to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.services.option_input import OptionInput
from domain.approval import Approval
from domain.brief import Brief, HandoffState
from domain.client import Contact
from domain.decision import CallTerms, Decision, HandoffTerms, ShorterTerms
from domain.errors import DomainError, Problem
from domain.ids import new_id
from domain.matching import is_within
from domain.overview import Overview
from domain.words import Option, Reason
from storage import briefs, clients, decisions, follow_ups, outbox, overviews, requests
from storage.outbox import Work


def own_meeting(
    session: Session,
    team_id: str,
    user_id: str,
    meeting_id: str,
    now: datetime,
    reason: Reason | None,
    *,
    even_if_asked: bool = False,
) -> Overview:
    """One that may be decided on. Who acts is checked against the stored meeting, never against the payload's word.

    `even_if_asked`: a decision that waits for approval makes room for the one that `record` stores.
    """
    overview = own_coming(session, team_id, user_id, meeting_id, now, reason)
    if overview.decision is not None:
        require_replaceable(session, overview.decision)
    if overview.request is not None and overview.request.waits and not even_if_asked:
        raise DomainError(Problem.APPROVAL_WAITS)
    return overview


def own_coming(
    session: Session, team_id: str, user_id: str, meeting_id: str, now: datetime, reason: Reason | None
) -> Overview:
    """One that is still to come, decided on or not."""
    overview = overviews.load(session, team_id, meeting_id, now, reason=reason)
    if overview.meeting.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    if overview.meeting.cancelled:
        raise DomainError(Problem.MEETING_CANCELLED)
    if overview.meeting.has_started(now):
        raise DomainError(Problem.MEETING_OVER)
    return overview


def require_replaceable(session: Session, standing: Decision) -> None:
    """What the client has heard of is undone openly, never written over.

    Nobody has heard of a meeting that was kept, nor of a hand-over that the colleague has not answered.
    """
    if standing.option is Option.KEEP or is_waiting(session, standing):
        return
    raise DomainError(Problem.MEETING_ALREADY_DECIDED)


def is_waiting(session: Session, standing: Decision) -> bool:
    """Whether it is a hand-over that waits for the colleague's answer."""
    if not isinstance(standing.terms, HandoffTerms):
        return False
    brief = briefs.of_decision(session, standing.team_id, standing.id)
    return brief is not None and brief.state is HandoffState.OFFERED


def record(
    decision: Decision, given: OptionInput, overview: Overview, now: datetime, session: Session
) -> tuple[Decision, bool]:
    """The decision, its brief, the number that was asked for, and the promise to carry it out."""
    stored, new = decisions.record(session, decision, brief_of(decision, given))
    if not new:
        return stored, new
    end_former(session, decision, now)
    _keep_number(session, decision, overview)
    outbox.promise(session, decision.team_id, Work.CARRY_OUT, decision.id, now)
    return stored, new


def ask(
    decision: Decision, given: OptionInput, overview: Overview, approval: Approval, session: Session
) -> tuple[Decision, bool]:
    """As `record`, where a manager has to approve it first: nothing is carried out before."""
    request, new = requests.ask(session, decision, brief_of(decision, given), approval)
    if new:
        # By now decisions about the meeting come one after the other: one may have been made since it was looked at.
        standing = decisions.standing(session, decision.team_id, decision.meeting_id)
        if standing is not None:
            require_replaceable(session, standing)
        _keep_number(session, decision, overview)
    return request.decision, new


def end_former(session: Session, decision: Decision, now: datetime) -> None:
    """What the decision took the place of is over, where it may be; else DomainError.

    To be called after `decisions.record`, which lets decisions about one meeting come one after the other only.
    """
    former = decisions.superseded_by(session, decision.team_id, decision.id)
    if former is not None:
        require_replaceable(session, former)
        briefs.withdraw(session, former.team_id, former.id, now)
        follow_ups.withdraw(session, former.team_id, former.id)


def brief_of(decision: Decision, given: OptionInput) -> Brief | None:
    if not isinstance(decision.terms, HandoffTerms):
        return None
    return Brief(
        id=decision.terms.brief_id,
        decision_id=decision.id,
        team_id=decision.team_id,
        delegate_id=decision.terms.delegate_id,
        sections={section: text for section, text in given.sections.items() if text},
    )


def _keep_number(session: Session, decision: Decision, overview: Overview) -> None:
    """For the next time; the one that the owner wrote last is the right one."""
    terms = decision.terms.call if isinstance(decision.terms, ShorterTerms) else decision.terms
    if not isinstance(terms, CallTerms) or overview.client is None:
        return
    if overview.contact is not None:
        clients.set_contact_phone(session, decision.team_id, overview.contact.id, terms.phone)
        return
    client = overview.client
    guests = [person for person in overview.meeting.attendees if is_within(person.domain, client.domains)]
    name = (guests[0].name or guests[0].email) if guests else client.name
    email = guests[0].email if guests else ""
    contact = Contact(id=new_id(), client_id=client.id, name=name, email=email, phone=terms.phone)
    clients.save_contact(session, decision.team_id, contact)
