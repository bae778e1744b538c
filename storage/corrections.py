"""Corrections of what clients were told: rows among the forms, each behind one message with its buttons."""

import json
from dataclasses import asdict

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.correction import Correction
from domain.decision import Draft, EffectState
from domain.planned import Form, FormKind
from storage.forms import FORM, FORMS
from storage.rows import insert_new


def keep(session: Session, correction: Correction) -> Correction:
    """As it is stored: a text that was kept before stays, and so does what became of it."""
    form = Form(
        id=_id(correction.decision_id),
        team_id=correction.team_id,
        user_id=correction.owner_id,
        kind=FormKind.CORRECTION,
        subject_id=correction.decision_id,
        state=_dump(correction),
        opened_at=correction.made_at,
    )
    insert_new(session, FORMS, FORM.values(form))
    return get(session, correction.team_id, correction.decision_id) or correction


def get(session: Session, team_id: str, decision_id: str, *, for_change: bool = False) -> Correction | None:
    """None after a month, too. With `for_change` nobody else changes it before this transaction ends."""
    query = select(*FORM.columns).where(
        FORMS.c.team_id == team_id, FORMS.c.id == _id(decision_id), FORMS.c.kind == FormKind.CORRECTION
    )
    row = session.execute(query.with_for_update() if for_change else query).first()
    return None if row is None else _read(FORM.read(row))


def change(session: Session, correction: Correction) -> None:
    """Only after `get` found it."""
    session.execute(
        update(FORMS)
        .where(FORMS.c.team_id == correction.team_id, FORMS.c.id == _id(correction.decision_id))
        .values(state=_dump(correction))
    )


def _id(decision_id: str) -> str:
    return f"right-{decision_id}"


def _dump(correction: Correction) -> str:
    return json.dumps(
        {
            "draft": asdict(correction.draft),
            "state": correction.state.value,
            "in_doubt": correction.in_doubt,
            "by_hand": correction.by_hand,
            "refused": correction.refused,
        }
    )


def _read(form: Form) -> Correction:
    raw = json.loads(form.state)
    return Correction(
        decision_id=form.subject_id,
        team_id=form.team_id,
        owner_id=form.user_id,
        draft=Draft(**{**raw["draft"], "to": tuple(raw["draft"]["to"])}),
        made_at=form.opened_at,
        state=EffectState(raw["state"]),
        in_doubt=raw["in_doubt"],
        by_hand=raw["by_hand"],
        refused=tuple(raw["refused"]),
    )
