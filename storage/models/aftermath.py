"""What came of meetings and decisions, and what a manager said to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.aftermath import ClientAnswer, Mood
from domain.approval import ApprovalState
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.types import Prose, UtcDateTime, Word


class AnswerRow(Base):
    """What the client answered to a decision."""

    __tablename__ = "client_answers"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    answer: Mapped[ClientAnswer] = mapped_column(Word(ClientAnswer))
    note: Mapped[str] = mapped_column(Prose)
    said_by: Mapped[str] = mapped_column(SLACK_ID)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DebriefRow(Base):
    __tablename__ = "debriefs"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    outcome: Mapped[str] = mapped_column(Prose)
    promises: Mapped[str] = mapped_column(Prose)
    open_points: Mapped[str] = mapped_column(Prose)
    mood: Mapped[Mood] = mapped_column(Word(Mood))
    written_by: Mapped[str] = mapped_column(SLACK_ID)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingNoteRow(Base):
    __tablename__ = "meeting_notes"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Prose)
    written_by: Mapped[str] = mapped_column(SLACK_ID)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "meeting_id"),)


class ApprovalRow(Base):
    __tablename__ = "approvals"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    approver_id: Mapped[str] = mapped_column(SLACK_ID)
    state: Mapped[ApprovalState] = mapped_column(Word(ApprovalState))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Prose)

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "meeting_id"))
