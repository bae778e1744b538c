"""One meeting with everything that is needed to judge and show it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.approval import Request
from domain.decision import HandoffTerms
from domain.member import Member
from domain.overview import Overview
from domain.rhythm import is_due
from domain.words import Reason
from storage import decisions, judged, members, requests, rhythms


def load(session: Session, team_id: str, meeting_id: str, now: datetime, *, reason: Reason | None = None) -> Overview:
    """Raises DomainError (MEETING_NOT_FOUND) where the team has no such meeting."""
    known = judged.read(session, team_id, meeting_id, now, reason)
    request = requests.of_meeting(session, team_id, meeting_id)
    decision = decisions.standing(session, team_id, meeting_id)
    proposed_at = rhythms.last_proposed_at(session, known.meeting) if known.assessment.pattern else None
    return Overview(
        meeting=known.meeting,
        client=known.client,
        contact=known.contact,
        owner=known.owner,
        facts=known.facts,
        assessment=known.assessment,
        policy=known.policy,
        decision=decision,
        effects=decisions.effects(session, decision.id) if decision else (),
        delegate=_delegate(session, team_id, decision.terms) if decision else None,
        live_message=known.live_message,
        request=with_delegate(session, request) if request else None,
        rhythm_due=is_due(known.meeting, known.assessment, proposed_at, now),
        rhythm_proposed_at=proposed_at,
    )


def with_delegate(session: Session, request: Request) -> Request:
    """With the name of the colleague whom a hand-over would go to."""
    delegate = _delegate(session, request.decision.team_id, request.decision.terms)
    return replace(request, delegate_name=delegate.name) if delegate else request


def _delegate(session: Session, team_id: str, terms: object) -> Member | None:
    if not isinstance(terms, HandoffTerms):
        return None
    return members.get(session, team_id, terms.delegate_id) or Member(team_id=team_id, user_id=terms.delegate_id)
