"""The one form of a sick day: what it remembers, and the names of the decisions that are made in it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Problem
from domain.sick_day import Choice, SickDay, decision_id
from domain.words import Option, Reason
from messages.ids import pack, unpack

IDS = st.text("abcXYZ019-_", min_size=1, max_size=22)
MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(IDS, IDS, IDS)
def test_a_decision_is_named_by_its_form_and_its_meeting_alone(form: str, one: str, other: str) -> None:
    assert decision_id(form, one) == decision_id(form, one)
    assert (decision_id(form, one) == decision_id(form, other)) == (one == other)
    assert unpack(pack(decision_id(form, one)), 1) == (decision_id(form, one),)
    assert len(decision_id(form, one)) == 22


@given(
    st.sampled_from((Reason.ILLNESS, Reason.EMERGENCY)),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.lists(st.tuples(IDS, st.none() | st.sampled_from(Option), MOMENTS, st.text(max_size=9), st.booleans())),
    st.dictionaries(IDS, st.sampled_from(Problem), max_size=3),
    st.integers(0, 9),
)
def test_what_a_form_remembers_comes_back_as_it_was(
    reason: Reason,
    last_day: date,
    rows: list[tuple[str, Option | None, datetime, str, bool]],
    skipped: dict[str, Problem],
    rest: int,
) -> None:
    choices = tuple(
        Choice(
            meeting_id=meeting_id,
            option=option,
            starts_at=at,
            ends_at=at + timedelta(hours=1),
            phone=phone,
            warned=warned,
        )
        for meeting_id, option, at, phone, warned in rows
    )
    day = SickDay(
        reason=reason,
        last_day=last_day,
        passed=("before",),
        choices=choices,
        delegate_id="U0BEN",
        next_contact="2026-03-16",
        skipped=skipped,
        rest=rest,
        seen=("kick/12ab",),
        confirmed=True,
    )

    assert SickDay.load(day.dump()) == day
