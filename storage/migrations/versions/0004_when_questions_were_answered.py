"""When a question of a delegate's was answered."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("answered_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("questions", "answered_at")
