"""The sample agency's past: what was decided about meetings that are over, so that advice has something to go by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from domain.brief import REQUIRED_SECTIONS, Brief, HandoffState
from domain.client import Client
from domain.decision import (
    CallTerms,
    Decision,
    Draft,
    Effect,
    EffectState,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Meeting
from domain.timeline import EffectRecord
from domain.words import Option, Reason
from playground.sample_people import COLLEAGUE, OWNER
from storage import briefs, clients, decisions, timelines

EARLIER = timedelta(days=3)
"""Before the meeting: when it was decided."""
_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """What was decided about the meeting of that UID."""

    uid: str
    option: Option
    reason: Reason | None
    wrote: str = ""


DECIDED: Sequence[Once] = (
    Once(
        uid="fjord-2",
        option=Option.CALL,
        reason=Reason.ILLNESS,
        wrote="I am unwell and would rather not travel. Shall we speak by phone at the same time?",
    ),
    Once(uid="fjord-3", option=Option.KEEP, reason=None),
    Once(
        uid="harbour-1",
        option=Option.SHORTER,
        reason=Reason.CONFLICT,
        wrote="Half an hour is enough for our points this month. Shall we end at half past ten?",
    ),
    Once(
        uid="zephyr-1",
        option=Option.EMAIL,
        reason=Reason.WORKLOAD,
        wrote="The new timetable is below. If it suits you we need not meet for it.",
    ),
    Once(
        uid="kite-2",
        option=Option.EMAIL,
        reason=Reason.WORKLOAD,
        wrote="The sketches are attached. Tell me which one you like.",
    ),
    Once(
        uid="kite-3",
        option=Option.SHORTER,
        reason=Reason.CONFLICT,
        wrote="Could we do this in half an hour? I will send the ideas beforehand.",
    ),
    Once(
        uid="kite-4",
        option=Option.HANDOFF,
        reason=Reason.CONFLICT,
        wrote="My colleague Ben Visser will meet you: he drew the sketches and knows them best.",
    ),
)


def remember(session: Session, team_id: str) -> int:
    """Records them for those of the meetings that are known; how many were new. Again changes nothing."""
    new = 0
    for client in clients.all_of(session, team_id):
        met = {entry.meeting.uid: entry.meeting for entry in timelines.load(session, team_id, client.id, limit=_MOST)}
        for once in DECIDED:
            if once.uid in met:
                new += _record(session, once, met[once.uid], client)
    return new


def _record(session: Session, once: Once, meeting: Meeting, client: Client) -> bool:
    decision_id, contact = f"sample-{once.uid}", client.contacts[0]
    made_at = meeting.starts_at - EARLIER
    draft = Draft(
        language=client.language,
        subject=meeting.title,
        body=f"Dear {contact.name},\n\n{once.wrote}\n\nKind regards,\nAnna Berg",
        to=(contact.email,),
    )
    decision = Decision(
        id=decision_id,
        team_id=meeting.team_id,
        meeting_id=meeting.id,
        client_id=client.id,
        owner_id=OWNER,
        option=once.option,
        reason=once.reason,
        terms=_terms(once, meeting, client),
        draft=draft if once.wrote else None,
        made_at=made_at,
        made_by=OWNER,
    )
    brief = None
    if isinstance(decision.terms, HandoffTerms):
        brief = Brief(
            id=decision.terms.brief_id,
            decision_id=decision_id,
            team_id=meeting.team_id,
            delegate_id=COLLEAGUE,
            sections={section: _BRIEF.get(section.value, "See the last mail.") for section in REQUIRED_SECTIONS},
        )
    _, new = decisions.record(session, decision, brief)
    if new and brief is not None:
        briefs.answer(session, meeting.team_id, brief.id, HandoffState.ACCEPTED, made_at)
    if new and once.wrote:
        sent = EffectRecord(effect=Effect.MAIL, state=EffectState.DONE)
        decisions.set_effect(session, decision_id, sent, made_at)
    return new


def _terms(once: Once, meeting: Meeting, client: Client) -> Terms:
    if once.option is Option.CALL:
        return CallTerms(phone=client.contacts[0].phone, who_rings=WhoRings.OWNER, contact_id=client.contacts[0].id)
    if once.option is Option.SHORTER:
        return ShorterTerms(minutes=30, stays=meeting.agenda)
    if once.option is Option.EMAIL:
        next_contact = (meeting.starts_at + timedelta(days=7)).date()
        return EmailTerms(status=once.wrote, decisions_needed="", next_contact_on=next_contact)
    if once.option is Option.HANDOFF:
        return HandoffTerms(delegate_id=COLLEAGUE, brief_id=f"sample-brief-{once.uid}")
    return KeepTerms()


_BRIEF = {
    "why_you": "Anna is with another client that day, and the sketches are yours.",
    "goal": "Robin chooses one of the three sketches.",
    "do_not_promise": "No date for the printing.",
}
