"""Calendars, meetings, reminders, decisions and hand-overs."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("calendars", "meetings", "reminders", "decisions", "effects", "briefs", "questions", "follow_ups")


def upgrade() -> None:
    create_calendars()
    create_meetings()
    create_reminders()
    create_decisions()
    create_handoffs()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def create_calendars() -> None:
    op.create_table(
        "calendars",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_hash", sa.String(64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("next_sync_at", UtcDateTime(), nullable=False),
        sa.Column("synced_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(64), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("client_meetings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendars"),
        sa.UniqueConstraint("team_id", "owner_id", "url_hash", name="uq_calendars_team_id_owner_id_url_hash"),
    )
    op.create_index("ix_calendars_next_sync_at", "calendars", ["next_sync_at"])


def create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("calendar_id", sa.String(64), nullable=True),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("online_url", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("kind_corrected", sa.Boolean(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("live_channel", sa.String(64), nullable=False),
        sa.Column("live_ts", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name="fk_meetings_client_id_clients", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    op.create_index("ix_meetings_client_id", "meetings", ["client_id"])
    op.create_index("ix_meetings_of_client", "meetings", ["team_id", "client_id", "starts_at", "cancelled"])
    op.create_index("ix_meetings_of_owner", "meetings", ["team_id", "owner_id", "cancelled", "starts_at"])
    op.create_index(
        "uq_meetings_entry",
        "meetings",
        ["team_id", "owner_id", "uid", "occurrence"],
        unique=True,
        sqlite_where=sa.text("uid <> ''"),
        postgresql_where=sa.text("uid <> ''"),
    )


def create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("lead", sa.String(40), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_reminders_meeting_id_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
    )
    op.create_index("ix_reminders_meeting_id", "reminders", ["meeting_id"])
    op.create_index("ix_reminders_state_due_at", "reminders", ["state", "due_at"])


def create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=True),
        sa.Column("owner_id", sa.String(64), nullable=False),
        sa.Column("option", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("override", sa.Text(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name="fk_decisions_client_id_clients", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_decisions_meeting_id_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_client_id_made_at", "decisions", ["client_id", "made_at"])
    op.create_index("ix_decisions_meeting_id_made_at", "decisions", ["meeting_id", "made_at"])
    op.create_index("ix_decisions_superseded_by", "decisions", ["superseded_by"])
    op.create_index(
        "uq_decisions_standing",
        "decisions",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'standing'"),
        postgresql_where=sa.text("state = 'standing'"),
    )
    op.create_table(
        "effects",
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("effect", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_effects_decision_id_decisions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", "effect", name="pk_effects"),
    )


def create_handoffs() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("delegate_id", sa.String(64), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("ticked", sa.Text(), nullable=False),
        sa.Column("declined_because", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("delegate_channel", sa.String(64), nullable=False),
        sa.Column("delegate_ts", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_briefs_decision_id_decisions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_briefs"),
        sa.UniqueConstraint("decision_id", name="uq_briefs_decision_id"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("brief_id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name="fk_questions_brief_id_briefs", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_brief_id", "questions", ["brief_id"])
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(64), nullable=False),
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.Column("meeting_id", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_follow_ups_decision_id_decisions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_follow_ups_meeting_id_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_decision_id", "follow_ups", ["decision_id"])
    op.create_index("ix_follow_ups_meeting_id", "follow_ups", ["meeting_id"])
    op.create_index("ix_follow_ups_state_due_at", "follow_ups", ["state", "due_at"])
