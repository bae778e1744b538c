"""Between rows and frozen values: the columns of a table carry the names and types of the value's fields."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

T = TypeVar("T")


class Shape(Generic[T]):
    """How one kind of value lies in one table. Fields without a column of their name (a client's contacts) are left
    to the caller.
    """

    def __init__(self, value: Callable[..., T], table: Table) -> None:
        self._value = value
        self.names = tuple(field.name for field in fields(value) if field.name in table.c)  # type: ignore[arg-type]
        self.columns = tuple(table.c[name] for name in self.names)

    def read(self, row: Sequence[Any], **others: Any) -> T:
        """The value in the first columns of `row`, with the fields that are kept elsewhere."""
        return self._value(**dict(zip(self.names, row, strict=False)), **others)

    def values(self, value: T) -> dict[str, Any]:
        """The columns of a value, for an insert or an update."""
        return {name: getattr(value, name) for name in self.names}


def affected(session: Session, statement: Insert | Update | Delete) -> int:
    """Carries a change out and tells how many rows it met."""
    # Without the option the count of an insert is read from a cursor that may be closed by then.
    return session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount


def insert_new(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """True where the row is new, False where one with such a key is there already (which stays as it is)."""
    if session.get_bind().dialect.name == "sqlite":
        return affected(session, sqlite.insert(table).values(**values).on_conflict_do_nothing()) == 1
    return affected(session, postgresql.insert(table).values(**values).on_conflict_do_nothing()) == 1


def put(session: Session, table: Table, values: Mapping[str, Any], *, change: Collection[str] | None = None) -> None:
    """Inserts the row, or changes the one with the same primary key: all of these columns, or those in `change`."""
    keys = [column.name for column in table.primary_key]
    changed = [name for name in values if name not in keys] if change is None else change
    changes = {name: values[name] for name in changed}
    if session.get_bind().dialect.name == "sqlite":
        insert = sqlite.insert(table).values(**values)
        session.execute(insert.on_conflict_do_update(index_elements=keys, set_=changes))
    else:
        statement = postgresql.insert(table).values(**values)
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))
