"""The client book."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.words import Formality, Tier
from storage.models.base import Base
from storage.models.people import SLACK_ID
from storage.types import Prose, UtcDateTime, Word, WordOrNone

ID = String(64)
DOMAIN = String(255)


class ClientRow(Base):
    __tablename__ = "clients"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    name: Mapped[str] = mapped_column(Prose)
    name_key: Mapped[str] = mapped_column(Prose)
    """The name casefolded: one client per name, however it is written."""
    tier: Mapped[Tier] = mapped_column(Word(Tier))
    revenue_share: Mapped[float | None]
    language: Mapped[str] = mapped_column(Prose)
    formality: Mapped[Formality | None] = mapped_column(WordOrNone(Formality), nullable=False)
    time_zone: Mapped[str] = mapped_column(Prose)
    lead_id: Mapped[str | None] = mapped_column(SLACK_ID)
    lead_email: Mapped[str] = mapped_column(Prose)
    renewal_on: Mapped[date | None]
    open_complaint: Mapped[bool]
    glad_to_write: Mapped[bool]
    notes: Mapped[str] = mapped_column(Prose)
    revenue: Mapped[float | None]
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tier_reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    crm: Mapped[str] = mapped_column(String(40))
    """Which customer system the record is kept in line with, and its id there; both empty where with none."""
    crm_id: Mapped[str] = mapped_column(String(255))

    __table_args__ = (
        UniqueConstraint("team_id", "name_key"),
        Index(
            "uq_clients_crm",
            "team_id",
            "crm",
            "crm_id",
            unique=True,
            sqlite_where=text("crm <> ''"),
            postgresql_where=text("crm <> ''"),
        ),
    )


class ClientDomainRow(Base):
    """A domain belongs to one client of a workspace."""

    __tablename__ = "client_domains"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    domain: Mapped[str] = mapped_column(DOMAIN, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    position: Mapped[int]

    __table_args__ = (Index(None, "client_id"),)


class ContactRow(Base):
    __tablename__ = "contacts"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Prose)
    email: Mapped[str] = mapped_column(Prose)
    """Lower case."""
    phone: Mapped[str] = mapped_column(Prose)
    language: Mapped[str] = mapped_column(Prose)
    time_zone: Mapped[str] = mapped_column(Prose)
    position: Mapped[int]
    """Order in which the contacts of a client were added."""

    __table_args__ = (
        Index(
            "uq_contacts_client_id_email",
            "client_id",
            "email",
            unique=True,
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
        # The one above leaves out those without an address, so no engine finds all of a client's people by it.
        Index(None, "client_id"),
    )


class ProposalRow(Base):
    __tablename__ = "proposals"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    domain: Mapped[str] = mapped_column(DOMAIN, primary_key=True)
    sample_email: Mapped[str] = mapped_column(Prose)
    member_id: Mapped[str] = mapped_column(SLACK_ID)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted: Mapped[bool | None]
    """None while nobody answered; what was turned down is not proposed again."""
