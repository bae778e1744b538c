"""Reports that were asked for: rows among the forms, each behind one message with its buttons."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.planned import Form, FormKind
from domain.relationship import Alert, AlertKind
from domain.report import ReportRequest
from domain.roles import Circle
from storage import forms
from storage.forms import FORM, FORMS


def add(session: Session, request: ReportRequest) -> None:
    form = Form(
        id=request.id,
        team_id=request.team_id,
        user_id=request.user_id,
        kind=FormKind.REPORT,
        subject_id=_subject(request.circle, request.months),
        state=_dump(request),
        opened_at=request.asked_at,
    )
    forms.open_(session, form)


def get(session: Session, team_id: str, request_id: str, *, for_change: bool = False) -> ReportRequest | None:
    """With `for_change` nobody else changes it before this transaction ends."""
    query = select(*FORM.columns).where(
        FORMS.c.team_id == team_id, FORMS.c.id == request_id, FORMS.c.kind == FormKind.REPORT
    )
    row = session.execute(query.with_for_update() if for_change else query).first()
    return None if row is None else _read(FORM.read(row))


def latest(
    session: Session, team_id: str, user_id: str, circle: Circle, months: int, since: datetime
) -> ReportRequest | None:
    """The one that the member asked for last in the same words, not before that moment."""
    row = session.execute(
        select(*FORM.columns)
        .where(
            FORMS.c.team_id == team_id,
            FORMS.c.user_id == user_id,
            FORMS.c.kind == FormKind.REPORT,
            FORMS.c.subject_id == _subject(circle, months),
            FORMS.c.opened_at >= since,
        )
        .order_by(FORMS.c.opened_at.desc(), FORMS.c.id)
    ).first()
    return None if row is None else _read(FORM.read(row))


def change(session: Session, request: ReportRequest) -> None:
    """Only after `get` found it for the person who acts."""
    session.execute(
        update(FORMS)
        .where(FORMS.c.team_id == request.team_id, FORMS.c.id == request.id)
        .values(subject_id=_subject(request.circle, request.months), state=_dump(request))
    )


def _subject(circle: Circle, months: int) -> str:
    return f"{circle.value}-{months}"


def _dump(request: ReportRequest) -> str:
    return json.dumps(
        {
            "circle": request.circle.value,
            "months": request.months,
            "edition": request.edition,
            "alerts": [asdict(alert) for alert in request.alerts],
            "counted_at": request.counted_at.isoformat() if request.counted_at else None,
        }
    )


def _read(form: Form) -> ReportRequest:
    raw = json.loads(form.state)
    return ReportRequest(
        id=form.id,
        team_id=form.team_id,
        user_id=form.user_id,
        circle=Circle(raw["circle"]),
        months=raw["months"],
        edition=raw["edition"],
        asked_at=form.opened_at,
        alerts=tuple(Alert(**{**alert, "kind": AlertKind(alert["kind"])}) for alert in raw["alerts"]),
        counted_at=datetime.fromisoformat(raw["counted_at"]) if raw["counted_at"] else None,
    )
