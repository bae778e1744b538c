"""The workspace's numbers, members' own choices, approvals, templates, and what came of decisions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def added() -> dict[str, tuple[sa.Column[Any], ...]]:
    """Made anew each time: a column belongs to one table. Rows that are there already get the default."""
    return {
        "workspaces": (
            sa.Column("policy", sa.Text(), nullable=False, server_default="{}"),
            sa.Column("approver_id", sa.String(64), nullable=False, server_default=""),
            sa.Column("asks_approval", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("templates_locked", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        "members": (
            sa.Column("chosen_language", sa.String(8), nullable=False, server_default=""),
            sa.Column("quiet_from", sa.String(5), nullable=True),
            sa.Column("quiet_until", sa.String(5), nullable=True),
            sa.Column("formality", sa.String(40), nullable=True),
            sa.Column("manager_id", sa.String(64), nullable=False, server_default=""),
            sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        "clients": (
            sa.Column("revenue", sa.Double(), nullable=True),
            sa.Column("archived_at", UtcDateTime(), nullable=True),
            sa.Column("tier_reviewed_at", UtcDateTime(), nullable=True),
            sa.Column("crm", sa.String(40), nullable=False, server_default=""),
            sa.Column("crm_id", sa.String(255), nullable=False, server_default=""),
        ),
        "calendars": (
            sa.Column("connected_at", UtcDateTime(), nullable=True),
            sa.Column("busy", sa.Text(), nullable=True),
        ),
        "decisions": (
            sa.Column("minutes_before", sa.Integer(), nullable=True),
            sa.Column("mode_before", sa.String(40), nullable=True),
            sa.Column("bundle_id", sa.String(64), nullable=False, server_default=""),
        ),
    }


def upgrade() -> None:
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    # Who administers the workspace is known when Slack has been asked again: at the next command, not in a day.
    op.execute("UPDATE members SET refreshed_at = NULL")
    op.create_index("ix_members_team_id_manager_id", "members", ["team_id", "manager_id"])
    op.create_index(
        "uq_clients_crm",
        "clients",
        ["team_id", "crm", "crm_id"],
        unique=True,
        sqlite_where=sa.text("crm <> ''"),
        postgresql_where=sa.text("crm <> ''"),
    )
    op.create_index(
        "ix_decisions_bundle",
        "decisions",
        ["team_id", "bundle_id"],
        sqlite_where=sa.text("bundle_id <> ''"),
        postgresql_where=sa.text("bundle_id <> ''"),
    )
    op.create_index(
        "uq_decisions_requested",
        "decisions",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_index("ix_contacts_client_id", "contacts", ["client_id"])
    op.create_index("ix_decisions_report", "decisions", ["team_id", "made_at", "owner_id"])
    _aftermath()
    _templates()
    _series_proposals()
    _snoozes()
    _setting_changes()


def downgrade() -> None:
    for table in (
        "series_proposals",
        "setting_changes",
        "snoozes",
        "templates",
        "approvals",
        "meeting_notes",
        "debriefs",
        "client_answers",
    ):
        op.drop_table(table)
    for table, name in (
        ("decisions", "ix_decisions_report"),
        ("contacts", "ix_contacts_client_id"),
        ("decisions", "uq_decisions_requested"),
        ("decisions", "ix_decisions_bundle"),
        ("clients", "uq_clients_crm"),
        ("members", "ix_members_team_id_manager_id"),
    ):
        op.drop_index(name, table_name=table)
    for table, columns in added().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)


def _aftermath() -> None:
    op.create_table(
        "client_answers",
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(64), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_client_answers"),
        _of("client_answers", "decision_id", "decisions"),
    )
    op.create_table(
        "debriefs",
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("promises", sa.Text(), nullable=False),
        sa.Column("open_points", sa.Text(), nullable=False),
        sa.Column("mood", sa.String(40), nullable=False),
        sa.Column("written_by", sa.String(64), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_debriefs"),
        _of("debriefs", "decision_id", "decisions"),
    )
    op.create_table(
        "meeting_notes",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(64), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_notes"),
        _of("meeting_notes", "meeting_id", "meetings"),
    )
    op.create_index("ix_meeting_notes_meeting_id", "meeting_notes", ["meeting_id"])
    op.create_table(
        "approvals",
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("approver_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_approvals"),
        _of("approvals", "decision_id", "decisions"),
        _of("approvals", "meeting_id", "meetings"),
    )
    op.create_index("ix_approvals_state_due_at", "approvals", ["state", "due_at"])
    op.create_index("ix_approvals_meeting_id", "approvals", ["meeting_id"])


def _templates() -> None:
    key = ("team_id", "member_id", "name", "language", "formality", "first_contact", "version")
    op.create_table(
        "templates",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("formality", sa.String(40), nullable=False),
        sa.Column("first_contact", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
        sa.UniqueConstraint(*key, name="uq_templates_version"),
    )


def _setting_changes() -> None:
    op.create_table(
        "setting_changes",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("setting", sa.String(80), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting_changes"),
    )
    op.create_index("ix_setting_changes_team_id_changed_at", "setting_changes", ["team_id", "changed_at"])


def _snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "member_id", "client_id", "kind", name="pk_snoozes"),
        _of("snoozes", "client_id", "clients"),
    )
    op.create_index("ix_snoozes_client_id", "snoozes", ["client_id"])


def _series_proposals() -> None:
    op.create_table(
        "series_proposals",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series_proposals"),
        _of("series_proposals", "client_id", "clients"),
        _of("series_proposals", "meeting_id", "meetings"),
    )
    op.create_index("ix_series_proposals_client_id_made_at", "series_proposals", ["client_id", "made_at"])
    op.create_index("ix_series_proposals_meeting_id", "series_proposals", ["meeting_id"])


def _of(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    """A row that goes with its owner."""
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}_{owner}", ondelete="CASCADE")
