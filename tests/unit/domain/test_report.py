"""What a step-down won, and what the report makes of many."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aftermath import ClientAnswer
from domain.policy import Policy
from domain.report import Counted, Group, Tally, first_days, minutes_won, month_bounds, report, tally
from domain.roles import Circle
from domain.words import STEP_DOWNS, Option

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MARCH = date(2026, 3, 1)
groups = st.builds(
    Group,
    option=st.sampled_from(STEP_DOWNS),
    minutes_before=st.integers(5, 600),
    minutes_after=st.none() | st.integers(5, 600),
    saves_travel=st.booleans(),
    excused=st.booleans(),
    answer=st.none() | st.sampled_from(ClientAnswer),
    owner_id=st.sampled_from(["U1", "U2", "U3", "U4"]),
    times=st.integers(1, 50),
)


@pytest.mark.parametrize(
    ("group", "won"),
    [
        (Group(option=Option.SHORTER, minutes_before=90, minutes_after=30), 60),
        (Group(option=Option.SHORTER, minutes_before=90, minutes_after=30, saves_travel=True), 90),
        (Group(option=Option.SHORTER, minutes_before=30, minutes_after=45), 0),
        (Group(option=Option.SHORTER, minutes_before=30), 0),
        (Group(option=Option.CALL, minutes_before=60, saves_travel=True), 30),
        (Group(option=Option.CALL, minutes_before=60), 0),
        (Group(option=Option.EMAIL, minutes_before=60), 45),
        (Group(option=Option.EMAIL, minutes_before=10), 0),
        (Group(option=Option.HANDOFF, minutes_before=60), 60),
        (Group(option=Option.KEEP, minutes_before=60), 0),
    ],
)
def test_what_one_decision_won(group: Group, won: int) -> None:
    assert minutes_won(group, Policy()) == won


def test_travel_is_what_the_workspace_reckons_with() -> None:
    call = Group(option=Option.CALL, minutes_before=60, saves_travel=True)

    assert minutes_won(call, Policy(travel_minutes=50)) == 50


@given(st.lists(groups, max_size=20))
def test_nothing_is_lost_or_counted_twice(several: list[Group]) -> None:
    counted = tally(several, Policy())

    assert counted.times == sum(group.times for group in several)
    assert counted.answered + counted.silent + counted.unknown == counted.times
    assert counted.minutes == sum(group.times * minutes_won(group, Policy()) for group in several) >= 0


@given(st.lists(st.lists(groups, max_size=6), min_size=1, max_size=4))
def test_months_options_and_people_come_to_the_same_total(parts: list[list[Group]]) -> None:
    months = [
        (day, [Counted(groups=tuple(several))])
        for day, several in zip(first_days(MARCH, len(parts)), parts, strict=True)
    ]

    made = report(Circle.PEOPLE, "U9", months, Policy())

    assert made.total == tally((group for several in parts for group in several), Policy())
    assert sum(made.options.values(), Tally()) == made.total
    assert sum(made.people.values(), Tally()) == made.total


def test_an_option_is_costly_from_two_complaints_and_a_quarter_of_the_answers() -> None:
    assert not Tally(times=2, complained=1, confirmed=1).is_costly
    assert Tally(times=8, complained=2, confirmed=6).is_costly
    assert not Tally(times=9, complained=2, confirmed=7).is_costly
    assert Tally(times=20, complained=2, silent=18).is_costly


@pytest.mark.parametrize(
    ("circle", "owners", "shown"),
    [
        (Circle.MINE, {"U1"}, True),
        (Circle.PEOPLE, {"U2", "U3"}, False),
        (Circle.WORKSPACE, {"U1", "U2", "U3"}, False),
        (Circle.PEOPLE, {"U2", "U3", "U4"}, True),
    ],
)
def test_how_many_were_ill_is_told_of_three_others_at_least(circle: Circle, owners: set[str], shown: bool) -> None:
    ill = Group(option=Option.CALL, minutes_before=60, excused=True)
    counted = Counted(groups=(ill, replace(ill, excused=False)), owners=frozenset(owners))

    assert report(circle, "U1", [(MARCH, [counted])], Policy()).shows_excused is shown


def test_that_all_of_them_were_ill_is_told_of_nobody_but_oneself() -> None:
    ill = Group(option=Option.CALL, minutes_before=60, excused=True, times=3)
    counted = Counted(groups=(ill,), owners=frozenset({"U2", "U3", "U4"}))

    shown = {circle: report(circle, "U1", [(MARCH, [counted])], Policy()).shows_excused for circle in Circle}

    assert shown == {Circle.MINE: True, Circle.PEOPLE: False, Circle.WORKSPACE: False}


def test_people_one_by_one_are_for_who_leads_them() -> None:
    counted = Counted(groups=(Group(option=Option.HANDOFF, minutes_before=60, owner_id="U2"),))

    assert set(report(Circle.PEOPLE, "U1", [(MARCH, [counted])], Policy()).people) == {"U2"}
    assert report(Circle.WORKSPACE, "U1", [(MARCH, [counted])], Policy()).people == {}


def test_months_go_back_over_the_new_year() -> None:
    assert first_days(date(2026, 2, 28), 4) == (
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )


def test_a_month_is_that_of_the_readers_clock_also_when_the_clocks_change() -> None:
    starts_at, ends_at = month_bounds(MARCH, AMSTERDAM)

    assert starts_at == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert ends_at == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert month_bounds(date(2026, 12, 1), AMSTERDAM)[1] == datetime(2026, 12, 31, 23, tzinfo=UTC)
