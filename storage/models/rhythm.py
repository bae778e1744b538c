"""Other rhythms that were proposed for series."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.decision import Draft, EffectState
from domain.rhythm import Rhythm
from storage import terms as codec
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.types import Document, Prose, UtcDateTime, Word


class RhythmProposalRow(Base):
    __tablename__ = "series_proposals"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(Prose)
    rhythm: Mapped[Rhythm] = mapped_column(Word(Rhythm))
    minutes: Mapped[int]
    draft: Mapped[Draft] = mapped_column(Document(codec.encode_draft, codec.decode_draft))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[EffectState] = mapped_column(Word(EffectState))
    in_doubt: Mapped[bool]

    __table_args__ = (Index(None, "client_id", "made_at"), Index(None, "meeting_id"))
