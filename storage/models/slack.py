"""What keeps the talk with Slack idempotent: open modals and posted messages."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.planned import FormKind
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.types import Prose, UtcDateTime, Word

KEY = String(255)


class FormRow(Base):
    __tablename__ = "forms"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    user_id: Mapped[str] = mapped_column(SLACK_ID)
    kind: Mapped[FormKind] = mapped_column(Word(FormKind))
    subject_id: Mapped[str] = mapped_column(KEY)
    state: Mapped[str] = mapped_column(Prose)
    response_url: Mapped[str] = mapped_column(Prose)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "opened_at"),)


class PostRow(Base):
    __tablename__ = "posts"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    channel: Mapped[str] = mapped_column(SLACK_ID)
    """Empty, as is `ts`, until Slack answered."""
    ts: Mapped[str] = mapped_column(String(32))
    """Of a file its id, also while it is under way."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
