"""What a member was told of their own behaviour and does not want to hear of for a while."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.relationship import AlertKind
from storage.models.base import Base
from storage.models.people import SLACK_ID
from storage.types import UtcDateTime, Word


class SnoozeRow(Base):
    __tablename__ = "snoozes"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    member_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[AlertKind] = mapped_column(Word(AlertKind), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "client_id"),)
