"""Connected calendars, the meetings read from them, and the reminders about those."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.free_time import BusyTimes
from domain.meeting import Attendee, Source
from domain.planned import ReminderState
from domain.words import Lead, MeetingKind, Mode
from storage.models.base import Base
from storage.models.clients import ID
from storage.models.people import SLACK_ID
from storage.terms import (
    decode_attendee,
    decode_attendees,
    decode_busy,
    encode_attendee,
    encode_attendees,
    encode_busy,
)
from storage.types import Document, Prose, UtcDateTime, Word

HAS_ENTRY = text("uid <> ''")
"""Of meetings that a calendar knows by a name. In a query's own words, or no engine sees that the index fits."""


class CalendarRow(Base):
    __tablename__ = "calendars"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    url: Mapped[str] = mapped_column(Prose)
    """Sealed by the vault."""
    url_hash: Mapped[str] = mapped_column(String(64))
    etag: Mapped[str] = mapped_column(Prose)
    last_modified: Mapped[str] = mapped_column(Prose)
    next_sync_at: Mapped[datetime] = mapped_column(UtcDateTime)
    synced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int]
    problem: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    client_meetings: Mapped[int]
    connected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None where it was connected before that was noted: then long ago."""
    busy: Mapped[BusyTimes | None] = mapped_column(Document(encode_busy, decode_busy))
    """When its owner is taken, by all of its entries, without a word of what they are; None: not read yet."""

    __table_args__ = (UniqueConstraint("team_id", "owner_id", "url_hash"), Index(None, "next_sync_at"))


class MeetingRow(Base):
    __tablename__ = "meetings"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    client_id: Mapped[str | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))
    source: Mapped[Source] = mapped_column(Word(Source))
    calendar_id: Mapped[str | None] = mapped_column(ID)
    """No foreign key: the meetings of a calendar that was removed stay, for the history."""
    uid: Mapped[str] = mapped_column(Prose)
    occurrence: Mapped[str] = mapped_column(Prose)
    sequence: Mapped[int]
    title: Mapped[str] = mapped_column(Prose)
    description: Mapped[str] = mapped_column(Prose)
    location: Mapped[str] = mapped_column(Prose)
    online_url: Mapped[str] = mapped_column(Prose)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(Prose)
    mode: Mapped[Mode] = mapped_column(Word(Mode))
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind))
    kind_corrected: Mapped[bool]
    """The owner said what kind it is: no sync guesses again."""
    organiser: Mapped[Attendee | None] = mapped_column(Document(encode_attendee, decode_attendee))
    attendees: Mapped[tuple[Attendee, ...]] = mapped_column(Document(encode_attendees, decode_attendees))
    cancelled: Mapped[bool]
    live_channel: Mapped[str] = mapped_column(SLACK_ID)
    """Where the one live message about it is; both empty while there is none."""
    live_ts: Mapped[str] = mapped_column(String(32))

    __table_args__ = (
        Index(
            "uq_meetings_entry",
            "team_id",
            "owner_id",
            "uid",
            "occurrence",
            unique=True,
            sqlite_where=HAS_ENTRY,
            postgresql_where=HAS_ENTRY,
        ),
        # What is coming for one owner, and what was with one client: both are read without touching other rows.
        Index("ix_meetings_of_owner", "team_id", "owner_id", "cancelled", "starts_at"),
        Index("ix_meetings_of_client", "team_id", "client_id", "starts_at", "cancelled"),
        Index("ix_meetings_client_id", "client_id"),
    )


class SeriesKindRow(Base):
    """What an owner said of the kind of a meeting, for the dates of it that are still to come."""

    __tablename__ = "series_kinds"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    owner_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    uid: Mapped[str] = mapped_column(Prose, primary_key=True)
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderRow(Base):
    __tablename__ = "reminders"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    owner_id: Mapped[str] = mapped_column(SLACK_ID)
    lead: Mapped[Lead] = mapped_column(Word(Lead))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[ReminderState] = mapped_column(Word(ReminderState))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "meeting_id"))
