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
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not before this: work that was given up comes again later."""
    attempt: Mapped[int] = mapped_column()
    """How often it was given up."""

    __table_args__ = (Index(None, "due_at"),)
