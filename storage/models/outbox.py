"""Work that a transaction promised and that the jobs have yet to start."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.people import SLACK_ID
from storage.models.slack import KEY
from storage.types import UtcDateTime


class OutboxRow(Base):
    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    """The id that the workflow is started under."""
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    workflow: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(KEY)
    promised_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "promised_at"),)
