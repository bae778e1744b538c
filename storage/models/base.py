"""What all tables share."""

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Fixed names, so that a migration can drop what an earlier one made, on either engine."""


class Base(DeclarativeBase):
    """The models declare the tables and their types. The functions of `storage` read and write them by Core
    statements: rows become frozen values at once, and no session remembers a row that another statement changed.
    """

    metadata = MetaData(naming_convention=NAMES)


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table
