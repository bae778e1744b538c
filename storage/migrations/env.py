"""Run by Alembic. `storage.migrate` gives the connection; `alembic -x url=… revision` opens one of its own."""

from alembic import context
from sqlalchemy import Connection, create_engine

from storage.database import database_url
from storage.models import Base


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        user_module_prefix="types.",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine(database_url(context.get_x_argument(as_dictionary=True)["url"])).connect() as opened:
        migrate(opened)
