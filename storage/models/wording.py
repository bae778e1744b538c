"""The templates that workspaces and members wrote."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.wording import Text
from domain.words import Formality
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.types import Prose, UtcDateTime, Word


class TemplateRow(Base):
    """Every version stays; the newest counts."""

    __tablename__ = "templates"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    member_id: Mapped[str] = mapped_column(SLACK_ID)
    """Empty: the workspace's."""
    name: Mapped[Text] = mapped_column(Word(Text))
    language: Mapped[str] = mapped_column(String(8))
    formality: Mapped[Formality] = mapped_column(Word(Formality))
    first_contact: Mapped[bool]
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(Prose)
    body: Mapped[str] = mapped_column(Prose)
    saved_by: Mapped[str] = mapped_column(SLACK_ID)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        # A name of its own: the usual one would be longer than PostgreSQL takes.
        UniqueConstraint(
            "team_id",
            "member_id",
            "name",
            "language",
            "formality",
            "first_contact",
            "version",
            name="uq_templates_version",
        ),
    )
