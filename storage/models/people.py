"""Workspaces, installations and members."""

from datetime import datetime, time, timedelta

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.policy import Policy
from domain.words import Formality
from storage.models.base import Base
from storage.policies import decode_policy, encode_policy
from storage.types import Document, Prose, Seconds, Strings, TimeOfDay, UtcDateTime, Word

SLACK_ID = String(64)


class WorkspaceRow(Base):
    __tablename__ = "workspaces"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    name: Mapped[str] = mapped_column(Prose)
    bot_user_id: Mapped[str] = mapped_column(SLACK_ID)
    own_domains: Mapped[tuple[str, ...]] = mapped_column(Strings())
    country: Mapped[str] = mapped_column(Prose)
    guests_may_take_over: Mapped[bool]
    policy: Mapped[Policy] = mapped_column(Document(encode_policy, decode_policy))
    """Only what differs from the product's defaults is stored, so that a better default reaches everybody."""
    approver_id: Mapped[str] = mapped_column(SLACK_ID)
    asks_approval: Mapped[bool]
    templates_locked: Mapped[bool]


class InstallationRow(Base):
    """One row per grant: a reinstallation takes the place of the one before."""

    __tablename__ = "installations"

    scope: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    """The team id; for an organisation-wide installation the enterprise id, whatever team it came with."""
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    enterprise_id: Mapped[str] = mapped_column(SLACK_ID)
    is_enterprise: Mapped[bool]
    team_name: Mapped[str] = mapped_column(Prose)
    bot_token: Mapped[str] = mapped_column(Prose)
    """Sealed by the vault, as is `refresh_token`."""
    bot_user_id: Mapped[str] = mapped_column(SLACK_ID)
    bot_id: Mapped[str] = mapped_column(SLACK_ID)
    app_id: Mapped[str] = mapped_column(SLACK_ID)
    scopes: Mapped[tuple[str, ...]] = mapped_column(Strings())
    refresh_token: Mapped[str] = mapped_column(Prose)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    installed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "team_id"),)


class OAuthStateRow(Base):
    """Handed out at the start of an installation, to be given back once."""

    __tablename__ = "oauth_states"

    state: Mapped[str] = mapped_column(String(255), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemberRow(Base):
    __tablename__ = "members"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    name: Mapped[str] = mapped_column(Prose)
    email: Mapped[str] = mapped_column(Prose)
    """Lower case."""
    locale: Mapped[str] = mapped_column(Prose)
    time_zone: Mapped[str] = mapped_column(Prose)
    country: Mapped[str] = mapped_column(Prose)
    decide_days: Mapped[int | None]
    last_call: Mapped[timedelta | None] = mapped_column(Seconds)
    chosen_language: Mapped[str] = mapped_column(String(8))
    quiet_from: Mapped[time | None] = mapped_column(TimeOfDay)
    quiet_until: Mapped[time | None] = mapped_column(TimeOfDay)
    formality: Mapped[Formality | None] = mapped_column(Word(Formality))
    manager_id: Mapped[str] = mapped_column(SLACK_ID)
    is_admin: Mapped[bool]
    refreshed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "team_id", "email"), Index(None, "team_id", "manager_id"))


class SettingChangeRow(Base):
    """Who changed which setting of the workspace; kept as long as the workspace is."""

    __tablename__ = "setting_changes"

    id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    setting: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(Prose)
    after: Mapped[str] = mapped_column(Prose)
    changed_by: Mapped[str] = mapped_column(SLACK_ID)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "team_id", "changed_at"),)
