"""Open modals: what Slack carries of them is an id only."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from domain.planned import Form
from storage.models import FormRow, table_of
from storage.rows import Shape, affected

FORMS = table_of(FormRow)
FORM = Shape(Form, FORMS)


def open_(session: Session, form: Form) -> None:
    session.execute(insert(FORMS).values(**FORM.values(form)))


def get(session: Session, team_id: str, user_id: str, form_id: str) -> Form | None:
    """Only for the person who opened it."""
    row = session.execute(
        select(*FORM.columns).where(FORMS.c.team_id == team_id, FORMS.c.user_id == user_id, FORMS.c.id == form_id)
    ).first()
    return None if row is None else FORM.read(row)


def save_state(session: Session, form_id: str, state: str) -> None:
    """Only after `get` found it for the person who acts."""
    session.execute(update(FORMS).where(FORMS.c.id == form_id).values(state=state))


def set_origin(session: Session, form_id: str, response_url: str) -> None:
    """Only after `get` found it for the person who acts."""
    session.execute(update(FORMS).where(FORMS.c.id == form_id).values(response_url=response_url))


def prune(session: Session, before: datetime) -> int:
    """Forgets those opened earlier; how many they were."""
    return affected(session, delete(FORMS).where(FORMS.c.opened_at < before))
