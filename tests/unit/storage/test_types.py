"""Column types: what goes in comes out, in the domain's words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url

from domain.words import Tier
from storage.types import Prose, Seconds, UtcDateTime, Word

SQLITE: Dialect = make_url("sqlite://").get_dialect()()
POSTGRESQL: Dialect = make_url("postgresql+psycopg://").get_dialect()()
moments = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.timezones(),
)


@given(moments)
def test_a_moment_comes_back_in_utc(moment: datetime) -> None:
    column = UtcDateTime()
    read = column.result_processor(SQLITE, None)(column.process_bind_param(moment, SQLITE))

    assert read == moment.astimezone(UTC)
    assert read is not None
    assert read.tzinfo is UTC


@given(moments, moments)
def test_moments_sort_as_their_text_on_sqlite_does(one: datetime, other: datetime) -> None:
    texts = [UtcDateTime().process_bind_param(moment, SQLITE) for moment in (one, other)]

    assert (texts[0] < texts[1]) == (one.astimezone(UTC) < other.astimezone(UTC))


def test_postgresql_gets_and_gives_aware_moments() -> None:
    moment = datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    column = UtcDateTime()
    sent = column.process_bind_param(moment, POSTGRESQL)
    read = column.result_processor(POSTGRESQL, None)(moment)

    assert (sent, read) == (moment, moment)
    assert (sent.tzinfo, read.tzinfo if read else None) == (UTC, UTC)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
def test_a_naive_moment_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="aware"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 2), dialect)  # noqa: DTZ001 - the point


def test_nothing_stays_nothing() -> None:
    assert UtcDateTime().process_bind_param(None, SQLITE) is None
    assert UtcDateTime().result_processor(SQLITE, None)(None) is None
    assert Word(Tier).result_processor(SQLITE, None)(None) is None
    assert Seconds().process_result_value(Seconds().process_bind_param(None, SQLITE), SQLITE) is None
    assert Prose().process_bind_param(None, SQLITE) is None


def test_an_unknown_word_is_an_error_and_not_nothing() -> None:
    read = Word(Tier).result_processor(SQLITE, None)

    assert read("A") is Tier.A
    with pytest.raises(KeyError):
        read("Z")
    with pytest.raises(ValueError, match="Z"):
        Word(Tier).process_bind_param("Z", SQLITE)  # type: ignore[arg-type]


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_becomes_text_that_a_database_takes(text: str) -> None:
    stored = Prose().process_bind_param(text, SQLITE)

    assert stored is not None
    assert "\0" not in stored
    assert stored.encode("utf-8").decode("utf-8") == stored


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_good_text_is_left_alone(text: str) -> None:
    assert Prose().process_bind_param(text, SQLITE) == text


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)).map(lambda t: timedelta(seconds=t.days)))
def test_a_length_of_time_comes_back(length: timedelta) -> None:
    stored = Seconds().process_bind_param(length, SQLITE)

    assert Seconds().process_result_value(stored, SQLITE) == length
