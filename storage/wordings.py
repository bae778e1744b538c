"""Templates of drafts: every version stays, the newest counts."""

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from domain.wording import Template, TemplateKey
from storage.models import TemplateRow, table_of

TEMPLATES = table_of(TemplateRow)


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


def versions(session: Session, team_id: str, member_id: str, key: TemplateKey) -> list[Template]:
    """Newest first."""
    rows = session.execute(
        select(TEMPLATES)
        .where(
            TEMPLATES.c.team_id == team_id,
            TEMPLATES.c.member_id == member_id,
            TEMPLATES.c.name == key.text,
            TEMPLATES.c.language == key.language,
            TEMPLATES.c.formality == key.formality,
            TEMPLATES.c.first_contact == key.first_contact,
        )
        .order_by(TEMPLATES.c.version.desc())
    )
    return [
        Template(
            id=row.id,
            team_id=row.team_id,
            member_id=row.member_id,
            key=key,
            version=row.version,
            subject=row.subject,
            body=row.body,
            saved_by=row.saved_by,
            saved_at=row.saved_at,
        )
        for row in rows
    ]


def count(session: Session, team_id: str, member_id: str) -> int:
    """Versions that the member (or, with an empty id, the workspace) has saved."""
    mine = (TEMPLATES.c.team_id == team_id, TEMPLATES.c.member_id == member_id)
    return session.scalar(select(func.count()).select_from(TEMPLATES).where(*mine)) or 0
