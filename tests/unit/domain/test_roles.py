"""Whose decisions somebody may see."""

import pytest

from domain.roles import Circle, Sight

ALONE = Sight(member_id="UMINE")
MANAGER = Sight(member_id="UMINE", people=frozenset({"UA", "UB"}))
ADMIN = Sight(member_id="UMINE", is_admin=True)
BOTH = Sight(member_id="UMINE", people=frozenset({"UA", "UB"}), is_admin=True)


@pytest.mark.parametrize(
    ("sight", "circles"),
    [
        (ALONE, (Circle.MINE,)),
        (MANAGER, (Circle.MINE, Circle.PEOPLE)),
        (ADMIN, (Circle.MINE, Circle.WORKSPACE)),
        (BOTH, (Circle.MINE, Circle.PEOPLE, Circle.WORKSPACE)),
    ],
)
def test_everybody_chooses_among_the_circles_of_their_role(sight: Sight, circles: tuple[Circle, ...]) -> None:
    assert sight.circles == circles


def test_a_circle_says_whose_decisions_are_in_it() -> None:
    assert BOTH.owners(Circle.MINE) == frozenset({"UMINE"})
    assert BOTH.owners(Circle.PEOPLE) == frozenset({"UA", "UB"})
    assert BOTH.owners(Circle.WORKSPACE) is None


def test_a_circle_that_is_not_theirs_shows_their_own() -> None:
    assert {ALONE.owners(circle) for circle in Circle} == {frozenset({"UMINE"})}
    assert MANAGER.owners(Circle.WORKSPACE) == frozenset({"UMINE"})
    assert ADMIN.owners(Circle.PEOPLE) == frozenset({"UMINE"})


def test_one_persons_decisions_are_seen_by_themselves_their_managers_and_administrators() -> None:
    assert [sight.sees("UA") for sight in (ALONE, MANAGER, ADMIN)] == [False, True, True]
    assert [sight.sees("UC") for sight in (ALONE, MANAGER, ADMIN)] == [False, False, True]
    assert all(sight.sees("UMINE") for sight in (ALONE, MANAGER, ADMIN))
