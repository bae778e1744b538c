"""Shares of the revenue, the tiers that they suggest, and the quarters in which leads are asked."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.client import Client
from domain.policy import Policy
from domain.tiering import (
    STILL_WORTH,
    Quarter,
    Standing,
    needs_review,
    reviews_to_plan,
    shares,
    standing,
    suggested_tier,
)
from domain.words import Tier
from domain.working_days import WorkWeek

CLIENT = Client(id="c", team_id="T", name="Acme", tier=Tier.B)
WEEK = WorkWeek(zone=ZoneInfo("Europe/Amsterdam"), quiet_from=time(18), quiet_until=time(8))


def local(year: int, month: int, day: int, hour: int = 9, zone: str = "Europe/Amsterdam") -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_shares_are_parts_of_the_whole() -> None:
    assert shares({"a": 750_000, "b": 250_000, "c": 0}) == {"a": 0.75, "b": 0.25, "c": 0}
    assert shares({"a": 0}) == {}
    assert shares({}) == {}


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 1e13), min_size=1))
def test_shares_make_one_together_and_keep_the_order(revenues: dict[str, float]) -> None:
    found = shares(revenues)

    if found:
        assert sum(found.values()) == pytest.approx(1, abs=1e-6)
        assert all(found[one] <= found[other] for one in found for other in found if revenues[one] <= revenues[other])


@pytest.mark.parametrize(
    ("share", "tier"), [(1, Tier.A), (0.10, Tier.A), (0.0999, Tier.B), (0.03, Tier.B), (0.0299, Tier.C), (0, Tier.C)]
)
def test_the_thresholds_are_those_of_the_workspace(share: float, tier: Tier) -> None:
    assert suggested_tier(share, Policy()) is tier
    assert suggested_tier(0.2, Policy(tier_a_share=0.25, tier_b_share=0.2)) is Tier.B


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_suggests_a_lower_tier(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert suggested_tier(high, Policy()) <= suggested_tier(low, Policy())


def test_a_standing_says_whether_the_share_was_reckoned_and_the_tier_fits() -> None:
    typed = replace(CLIENT, revenue_share=0.12)

    assert standing(CLIENT, Policy()) is None
    assert standing(typed, Policy()) == Standing(share=0.12, reckoned=False, suggested=Tier.A, fits=False)
    assert standing(replace(typed, revenue=5.0, tier=Tier.A), Policy()) == Standing(
        share=0.12, reckoned=True, suggested=Tier.A, fits=True
    )


@pytest.mark.parametrize(("month", "number"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)])
def test_a_quarter_has_three_months(month: int, number: int) -> None:
    quarter = Quarter.of(datetime(2026, month, 15, tzinfo=UTC).date())

    assert quarter == Quarter(year=2026, number=number)
    assert Quarter.parse(quarter.name) == quarter
    assert Quarter.of(quarter.first_day) == quarter


@pytest.mark.parametrize("name", ["", "2026", "2026q5", "2026q", "26q1", "2026Q1", "٢٠٢٦q1", "2026q1q"])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a quarter"):
        Quarter.parse(name)


def test_the_question_comes_on_the_first_working_day_of_the_quarter_at_nine() -> None:
    holidays = {local(2026, 1, day).date() for day in (1, 2)}
    free = replace(WEEK, is_holiday=lambda day: day in holidays)
    late_riser = replace(WEEK, quiet_until=time(10))

    assert Quarter(year=2026, number=1).review_at(free) == local(2026, 1, 5)
    assert Quarter(year=2026, number=2).review_at(WEEK) == local(2026, 4, 1)
    assert Quarter(year=2026, number=2).review_at(late_riser) == local(2026, 4, 1, 10)


@pytest.mark.parametrize(
    ("now", "planned"),
    [
        (local(2026, 3, 29), []),
        (local(2026, 3, 30), [("2026q2", local(2026, 4, 1))]),
        (local(2026, 4, 1, 8), [("2026q2", local(2026, 4, 1))]),
        (local(2026, 4, 9, 11), [("2026q2", local(2026, 4, 9, 11))]),
        (local(2026, 4, 9, 23), [("2026q2", local(2026, 4, 10, 8))]),
        (local(2026, 4, 1) + STILL_WORTH + timedelta(hours=1), []),
    ],
)
def test_a_question_is_planned_two_days_ahead_and_asked_late_only_while_it_is_worth_it(
    now: datetime, planned: list[tuple[str, datetime]]
) -> None:
    assert [(quarter.name, at) for quarter, at in reviews_to_plan(now, WEEK)] == planned


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])
def test_the_quarter_is_that_of_the_members_own_zone(zone: str) -> None:
    week = replace(WEEK, zone=ZoneInfo(zone))

    assert Quarter(year=2026, number=3).review_at(week) == local(2026, 7, 1, zone=zone)


def test_a_tier_is_looked_at_once_a_quarter() -> None:
    quarter = Quarter(year=2026, number=2)
    begins = local(2026, 4, 1, 0)

    def asked(reviewed: datetime | None) -> bool:
        return needs_review(replace(CLIENT, tier_reviewed_at=reviewed), quarter, WEEK)

    assert [asked(None), asked(begins - timedelta(seconds=1)), asked(begins)] == [True, True, False]
    assert not needs_review(replace(CLIENT, archived_at=begins), quarter, WEEK)
