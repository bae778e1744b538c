"""Templates of drafts: every version stays, the newest counts."""

from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, select
from sqlalchemy.orm import Session

from domain.wording import Template, TemplateKey
from storage.models import TemplateRow, WorkspaceRow, table_of

TEMPLATES = table_of(TemplateRow)
WORKSPACES = table_of(WorkspaceRow)
_LATER = TEMPLATES.alias()
_IS_NEWEST = ~exists().where(
    *(
        _LATER.c[name] == TEMPLATES.c[name]
        for name in ("team_id", "member_id", "name", "language", "formality", "first_contact")
    ),
    _LATER.c.version > TEMPLATES.c.version,
)
"""Of its key and owner; every version stays, so there may be hundreds before it."""


def save(session: Session, template: Template) -> None:
    """A new version. Raises IntegrityError where another one of that number came first."""
    key = template.key
    session.execute(
        insert(TEMPLATES).values(
            id=template.id,
            team_id=template.team_id,
            member_id=template.member_id,
            name=key.text,
            language=key.language,
            formality=key.formality,
            first_contact=key.first_contact,
            version=template.version,
            subject=template.subject,
            body=template.body,
            saved_by=template.saved_by,
            saved_at=template.saved_at,
        )
    )


def versions(session: Session, team_id: str, member_id: str, key: TemplateKey, *, limit: int = 1000) -> list[Template]:
    """Newest first."""
    mine = (TEMPLATES.c.team_id == team_id, TEMPLATES.c.member_id == member_id, *_of(key))
    rows = session.execute(select(TEMPLATES).where(*mine).order_by(TEMPLATES.c.version.desc()).limit(limit))
    return [_read(row) for row in rows]


def get(session: Session, team_id: str, template_id: str) -> Template | None:
    row = session.execute(
        select(TEMPLATES).where(TEMPLATES.c.team_id == team_id, TEMPLATES.c.id == template_id)
    ).first()
    return None if row is None else _read(row)


def newest(session: Session, team_id: str, member_id: str) -> dict[tuple[str, TemplateKey], Template]:
    """What counts of the workspace's (owner `""`) and of the member's own, by owner and key; resets among them."""
    theirs = (TEMPLATES.c.team_id == team_id, TEMPLATES.c.member_id.in_(["", member_id]))
    found = [_read(row) for row in session.execute(select(TEMPLATES).where(*theirs, _IS_NEWEST))]
    return {(template.member_id, template.key): template for template in found}


def in_use(session: Session, team_id: str, member_id: str, key: TemplateKey) -> Template | None:
    """The member's own, unless the workspace locked its texts; else the workspace's; None: the product's own text."""
    locked = select(WORKSPACES.c.templates_locked).where(WORKSPACES.c.team_id == team_id).scalar_subquery()
    rows = session.execute(
        select(TEMPLATES, locked.label("locked")).where(
            TEMPLATES.c.team_id == team_id, TEMPLATES.c.member_id.in_(["", member_id]), *_of(key), _IS_NEWEST
        )
    ).all()
    newest_of = {row.member_id: _read(row) for row in rows}
    owners = [""] if not rows or rows[0].locked or not member_id else [member_id, ""]
    written = (newest_of[owner] for owner in owners if owner in newest_of)
    return next((template for template in written if not template.is_reset), None)


def count(session: Session, team_id: str, member_id: str) -> int:
    """Versions that the member (or, with an empty id, the workspace) has saved."""
    mine = (TEMPLATES.c.team_id == team_id, TEMPLATES.c.member_id == member_id)
    return session.scalar(select(func.count()).select_from(TEMPLATES).where(*mine)) or 0


def _of(key: TemplateKey) -> tuple[ColumnElement[bool], ...]:
    return (
        TEMPLATES.c.name == key.text,
        TEMPLATES.c.language == key.language,
        TEMPLATES.c.formality == key.formality,
        TEMPLATES.c.first_contact == key.first_contact,
    )


def _read(row: Any) -> Template:
    return Template(
        id=row.id,
        team_id=row.team_id,
        member_id=row.member_id,
        key=TemplateKey(text=row.name, language=row.language, formality=row.formality, first_contact=row.first_contact),
        version=row.version,
        subject=row.subject,
        body=row.body,
        saved_by=row.saved_by,
        saved_at=row.saved_at,
    )
