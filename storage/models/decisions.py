"""Decisions, their effects, the briefs of hand-overs, and what is due later because of them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.brief import CheckItem, HandoffState, Section
from domain.decision import DecisionState, Draft, Effect, EffectState, Override, Terms
from domain.planned import FollowUpKind, FollowUpState
from domain.words import Mode, Option, Reason
from storage import terms as codec
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.types import Document, Prose, UtcDateTime, Word


class DecisionRow(Base):
    __tablename__ = "decisions"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    client_id: Mapped[str | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    option: Mapped[Option] = mapped_column(Word(Option))
    reason: Mapped[Reason | None] = mapped_column(Word(Reason))
    terms: Mapped[Terms] = mapped_column(Document(codec.encode_terms, codec.decode_terms))
    draft: Mapped[Draft | None] = mapped_column(Document(codec.encode_draft, codec.decode_draft))
    override: Mapped[Override | None] = mapped_column(Document(codec.encode_override, codec.decode_override))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(SLACK_ID)
    state: Mapped[DecisionState] = mapped_column(Word(DecisionState))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superseded_by: Mapped[str | None] = mapped_column(ID)
    minutes_before: Mapped[int | None]
    mode_before: Mapped[Mode | None] = mapped_column(Word(Mode))
    bundle_id: Mapped[str] = mapped_column(ID)

    __table_args__ = (
        Index(
            "uq_decisions_standing",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'standing'"),
            postgresql_where=text("state = 'standing'"),
        ),
        Index(
            "uq_decisions_requested",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'requested'"),
            postgresql_where=text("state = 'requested'"),
        ),
        Index(None, "meeting_id", "made_at"),
        Index(None, "client_id", "made_at"),
        Index(None, "superseded_by"),
        Index(
            "ix_decisions_bundle",
            "team_id",
            "bundle_id",
            sqlite_where=text("bundle_id <> ''"),
            postgresql_where=text("bundle_id <> ''"),
        ),
        # The report counts one owner's, several people's or a whole workspace's decisions by month.
        Index("ix_decisions_report", "team_id", "made_at", "owner_id"),
    )


class EffectRow(Base):
    __tablename__ = "effects"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True)
    effect: Mapped[Effect] = mapped_column(Word(Effect), primary_key=True)
    state: Mapped[EffectState] = mapped_column(Word(EffectState))
    reference: Mapped[str] = mapped_column(Prose)
    detail: Mapped[str] = mapped_column(Prose)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BriefRow(Base):
    __tablename__ = "briefs"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), unique=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    delegate_id: Mapped[str] = mapped_column(SLACK_ID)
    sections: Mapped[Mapping[Section, str]] = mapped_column(Document(codec.encode_sections, codec.decode_sections))
    state: Mapped[HandoffState] = mapped_column(Word(HandoffState))
    ticked: Mapped[frozenset[CheckItem]] = mapped_column(Document(codec.encode_ticked, codec.decode_ticked))
    declined_because: Mapped[str] = mapped_column(Prose)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delegate_channel: Mapped[str] = mapped_column(SLACK_ID)
    """Where the delegate's message is; both empty while there is none."""
    delegate_ts: Mapped[str] = mapped_column(String(32))


class QuestionRow(Base):
    __tablename__ = "questions"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    brief_id: Mapped[str] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"))
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    text: Mapped[str] = mapped_column(Prose)
    answer: Mapped[str] = mapped_column(Prose)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    position: Mapped[int]
    """Order in which they were asked."""

    __table_args__ = (Index(None, "brief_id"),)


class FollowUpRow(Base):
    __tablename__ = "follow_ups"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"))
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(SLACK_ID)
    kind: Mapped[FollowUpKind] = mapped_column(Word(FollowUpKind))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[FollowUpState] = mapped_column(Word(FollowUpState))
    outcome: Mapped[str] = mapped_column(Prose)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "decision_id"), Index(None, "meeting_id"))
