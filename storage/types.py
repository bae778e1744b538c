"""Column types that speak the domain's language: what is read from a row is ready for a frozen value."""

# ruff: noqa: ARG002 - SQLAlchemy's signatures

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.clock import require_aware

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

SQLITE_MOMENT_LENGTH = len("2026-01-31 12:00:00.000000+00:00")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite has no such type: there it is text of one length in UTC, which sorts as time does and
    is read back without an extra call to attach the zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(SQLITE_MOMENT_LENGTH) if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        moment = require_aware(value, "a stored moment").astimezone(UTC)
        return moment.isoformat(sep=" ", timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return _moment_of_text(value) if dialect.name == "sqlite" else _moment_in_utc(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """One call per value instead of the three of the general way: lists of meetings are read all day."""
        return _moment_of_text if dialect.name == "sqlite" else _moment_in_utc


def _moment_of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _moment_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class Word(TypeDecorator[E]):
    """A member of one of the domain's enumerations, stored as its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> E | None:
        return None if value is None else self.words(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], E | None]:
        """A look-up; an unknown word raises KeyError rather than reading as None."""
        known: dict[str | None, E | None] = {word.value: word for word in self.words}
        known[None] = None
        return known.__getitem__


class WordOrNone(TypeDecorator[E]):
    """As `Word`, where no word at all is a value too: kept as empty text, so that the column need not take NULL."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words
        self.coerce_to_is_types = ()

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str:
        return "" if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> E | None:
        return self.words(value) if value else None


class Prose(TypeDecorator[str]):
    """Text that people or calendars wrote. What no database takes is left out (NUL, on PostgreSQL) or becomes U+FFFD
    (half of a surrogate pair, which JSON can carry): such text is strange, but it is no reason to fail.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or value.isascii():
            return value if value is None else value.replace("\0", "")
        return value.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


class Document(TypeDecorator[T]):
    """A value that is read and written whole, as JSON text. `encode` gives what JSON knows, `decode` takes it."""

    impl = Text
    cache_ok = True

    def __init__(self, encode: Callable[[T], Any], decode: Callable[[Any], T]) -> None:
        super().__init__()
        self.encode = encode
        self.decode = decode

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(self.encode(value), separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:
        return self._read(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], T | None]:
        """One call per value, as for moments."""
        return self._read

    def _read(self, value: str | None) -> T | None:
        return None if value is None else self.decode(json.loads(value))


def Strings() -> Document[tuple[str, ...]]:  # noqa: N802 - reads as the column type that it makes
    """A tuple of text."""
    return Document[tuple[str, ...]](list, tuple)


class TimeOfDay(TypeDecorator[time]):
    """A time of day to the minute, as `HH:MM`: the same on both engines."""

    impl = String(5)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.strftime("%H:%M")

    def process_result_value(self, value: Any, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class Seconds(TypeDecorator[timedelta]):
    """A length of time in whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value.total_seconds())

    def process_result_value(self, value: Any, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(seconds=value)
