"""Decisions that were made in one go."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.decision import Decision, HandoffTerms
from domain.errors import DomainError
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.sick_day import Bundle, Made, SickDay
from domain.words import Reason
from storage import decisions, members, overviews
from storage.decisions import DECISION, DECISIONS
from storage.forms import FORM, FORMS


def made_in(session: Session, team_id: str, bundle_id: str) -> list[Decision]:
    """In the order of their meetings' ids, so that two who lock them do not wait for each other."""
    rows = session.execute(
        select(*DECISION.columns)
        .where(DECISIONS.c.team_id == team_id, DECISIONS.c.bundle_id == bundle_id, DECISIONS.c.bundle_id != "")
        .order_by(DECISIONS.c.meeting_id)
    )
    return [DECISION.read(row) for row in rows]


def latest_of(session: Session, team_id: str, meeting_id: str) -> str:
    """The bundle that the meeting was last decided on in; empty where it never was."""
    found = session.scalar(
        select(DECISIONS.c.bundle_id)
        .where(DECISIONS.c.meeting_id == meeting_id, DECISIONS.c.team_id == team_id, DECISIONS.c.bundle_id != "")
        .order_by(DECISIONS.c.made_at.desc())
        .limit(1)
    )
    return found or ""


def load(session: Session, team_id: str, bundle_id: str, now: datetime) -> Bundle | None:
    """As everything is now; None where nothing is known of it any more."""
    form = _form(session, team_id, bundle_id)
    found = made_in(session, team_id, bundle_id)
    if form is None and not found:
        return None
    owner_id = form.user_id if form else found[0].owner_id
    day = SickDay.load(form.state) if form else _of_old(found)
    made = [_made(session, decision, now) for decision in found]
    skipped = [(_known(session, team_id, meeting_id, now), problem) for meeting_id, problem in day.skipped.items()]
    left = [_known(session, team_id, one.meeting_id, now) for one in day.choices if one.option is None]
    return Bundle(
        id=bundle_id,
        team_id=team_id,
        owner=members.get(session, team_id, owner_id) or Member(team_id=team_id, user_id=owner_id),
        day=day,
        made=tuple(sorted(made, key=lambda one: _start(one.overview))),
        skipped=tuple(sorted(((one, why) for one, why in skipped if one), key=lambda pair: _start(pair[0]))),
        left=tuple(sorted((one for one in left if one), key=_start)),
    )


def held_form(session: Session, team_id: str, bundle_id: str) -> Form | None:
    """The form as it is now; who else wants it for a confirmation waits until this transaction ends."""
    row = session.execute(_the_form(team_id, bundle_id).with_for_update()).first()
    return None if row is None else FORM.read(row)


def _form(session: Session, team_id: str, bundle_id: str) -> Form | None:
    row = session.execute(_the_form(team_id, bundle_id)).first()
    return None if row is None else FORM.read(row)


def _the_form(team_id: str, bundle_id: str) -> Select[*tuple[Any, ...]]:
    mine = (FORMS.c.team_id == team_id, FORMS.c.id == bundle_id, FORMS.c.kind == FormKind.SICK)
    return select(*FORM.columns).where(*mine)


def _of_old(made: list[Decision]) -> SickDay:
    """Of decisions that outlived their form."""
    reason = next((decision.reason for decision in made if decision.reason), Reason.ILLNESS)
    return SickDay(reason=reason, last_day=made[0].made_at.date(), confirmed=True)


def _made(session: Session, decision: Decision, now: datetime) -> Made:
    terms, name = decision.terms, ""
    if isinstance(terms, HandoffTerms):
        delegate = members.get(session, decision.team_id, terms.delegate_id)
        name = delegate.name if delegate else ""
    return Made(
        decision=decision,
        effects=decisions.effects(session, decision.id),
        overview=overviews.load(session, decision.team_id, decision.meeting_id, now),
        delegate_name=name,
    )


def _known(session: Session, team_id: str, meeting_id: str, now: datetime) -> Overview | None:
    try:
        return overviews.load(session, team_id, meeting_id, now)
    except DomainError:
        return None


def _start(overview: Overview) -> tuple[datetime, str]:
    return overview.meeting.starts_at, overview.meeting.id
