"""${message}.

Before it is merged: it runs while the release before it still serves, so it adds first and takes away one release
later; it holds no lock for long (an index on a large PostgreSQL table is made CONCURRENTLY, a NOT NULL column comes with
a server default); `downgrade` brings the tables back as they were.
"""

import sqlalchemy as sa
from alembic import op

from storage import types
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
