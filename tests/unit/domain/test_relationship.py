"""Alerts about our own behaviour: only where there is enough to compare, and with the numbers that they rest on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Policy
from domain.relationship import Alert, AlertKind, Touch, alerts
from domain.words import STEP_DOWNS, Option

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
touches = st.lists(
    st.builds(
        Touch,
        starts_at=st.integers(1, 400).map(lambda days: NOW - timedelta(days=days)),
        minutes=st.integers(15, 240),
        option=st.none() | st.sampled_from(STEP_DOWNS),
        senior=st.booleans(),
    ),
    max_size=20,
)


def weekly(*minutes: int, senior: tuple[int, ...] = (), option: Option | None = None) -> list[Touch]:
    """One a week, the latest first, a day ago; `senior`: at which of them the lead was not."""
    return [
        Touch(starts_at=NOW - timedelta(days=1) - week * WEEK, minutes=length, senior=week not in senior, option=option)
        for week, length in enumerate(minutes)
    ]


def found(past: list[Touch], *, next_at: datetime | None = None, now: datetime = NOW) -> tuple[Alert, ...]:
    return alerts("acme", past, next_at, Policy(), now)


def test_a_relationship_that_stays_as_it_was_gives_no_alert() -> None:
    assert found(weekly(60, 60, 60, 60, 60, 60, 60, 60)) == ()


def test_meetings_that_became_shorter_give_one_with_both_lengths() -> None:
    past = weekly(30, 45, 30, 30, 60, 60, 90, 60)

    assert found(past) == (Alert(kind=AlertKind.SHORTER, client_id="acme", now=30, before=60, of=4, minutes=60),)


@pytest.mark.parametrize(("last", "before"), [(50, 60), (15, 25)])
def test_a_little_shorter_is_no_alert(last: int, before: int) -> None:
    assert found(weekly(*[last] * 4, *[before] * 4)) == ()


def test_a_silence_of_twice_the_usual_gap_gives_one() -> None:
    past = weekly(60, 60, 60, 60, 60)

    assert found(past, now=NOW + timedelta(days=19)) == ()
    assert found(past, now=NOW + timedelta(days=20)) == (
        Alert(kind=AlertKind.RARER, client_id="acme", now=21, before=7, minutes=60),
    )


def test_a_meeting_that_is_planned_soon_ends_the_silence() -> None:
    later = NOW + timedelta(days=30)

    assert found(weekly(60, 60, 60, 60), next_at=later + WEEK, now=later) == ()
    assert found(weekly(60, 60, 60, 60), next_at=later + 2 * WEEK, now=later) != ()


def test_a_lead_who_stays_away_gives_one() -> None:
    past = weekly(60, 60, 60, 60, 60, 60, 60, 60, senior=(0, 1, 3))

    assert found(past) == (Alert(kind=AlertKind.MORE_JUNIOR, client_id="acme", now=1, before=4, of=4, minutes=60),)


def test_a_lead_who_was_never_there_is_no_news() -> None:
    assert found(weekly(*[60] * 8, senior=tuple(range(8)))) == ()


def test_one_step_down_after_the_other_gives_one() -> None:
    past = [*weekly(60, 60, 60, option=Option.CALL), Touch(starts_at=NOW - 5 * WEEK, minutes=60)]

    assert [(alert.kind, alert.now, alert.of) for alert in found(past)] == [(AlertKind.CLUSTER, 3, 4)]


def test_what_an_email_took_the_place_of_was_not_held() -> None:
    """Settled by e-mail, a meeting ends no silence and has no length."""
    past = [
        *weekly(15, 15, option=Option.EMAIL),
        *(Touch(starts_at=NOW - week * WEEK, minutes=60) for week in range(4, 9)),
    ]

    assert [alert.kind for alert in found(past)] == [AlertKind.RARER]


@given(touches)
def test_numbers_bear_out_what_an_alert_says(past: list[Touch]) -> None:
    for alert in found(past):
        if alert.kind is AlertKind.SHORTER:
            assert alert.before - alert.now >= 15
        elif alert.kind is AlertKind.RARER:
            assert alert.now >= alert.before + 13
        elif alert.kind is AlertKind.MORE_JUNIOR:
            assert alert.before - alert.now >= 2
        else:
            assert alert.now >= Policy().pattern_step_downs
        assert alert.minutes >= 60


@given(touches)
def test_the_order_of_the_meetings_does_not_matter(past: list[Touch]) -> None:
    unique = list({touch.starts_at: touch for touch in past}.values())

    assert found(unique) == found(list(reversed(unique)))


@given(touches)
def test_too_few_meetings_give_no_comparison(past: list[Touch]) -> None:
    few = past[:3]

    assert {alert.kind for alert in found(few)} <= {AlertKind.CLUSTER}
