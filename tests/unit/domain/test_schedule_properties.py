"""What holds of every plan, whatever the zone, the hours and the clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.schedule import APART, AS_GOOD_AS_MISSED, Leads, plan, remind_later_at, still_useful
from domain.words import Lead
from domain.working_days import WorkWeek

CLOCK_CHANGES = (
    ("Europe/Amsterdam", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Amsterdam", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
)
minutes = st.integers(-7 * 24 * 60, 7 * 24 * 60).map(lambda count: timedelta(minutes=count))
some_leads = st.builds(
    Leads,
    decide_working_days=st.integers(1, 5),
    last_call=st.integers(1, 72 * 60).map(lambda count: timedelta(minutes=count)),
)
some_hours = st.sampled_from([(time(18), time(8)), (time(0), time(0)), (time(22), time(2, 30)), (time(1), time(9))])


@st.composite
def situations(draw: st.DrawFn) -> tuple[datetime, datetime, Leads, WorkWeek]:
    """A start and a present moment within a week of a clock change."""
    name, change = draw(st.sampled_from(CLOCK_CHANGES))
    quiet_from, quiet_until = draw(some_hours)
    holiday = change.date() + timedelta(days=draw(st.integers(-8, 8)))
    week = WorkWeek(
        zone=ZoneInfo(name), quiet_from=quiet_from, quiet_until=quiet_until, is_holiday=lambda day: day == holiday
    )
    return change + draw(minutes), change + draw(minutes), draw(some_leads), week


@given(situations())
def test_every_reminder_is_due_from_now_on_and_before_the_start(
    situation: tuple[datetime, datetime, Leads, WorkWeek],
) -> None:
    starts_at, now, leads, week = situation

    due = plan(starts_at, leads=leads, week=week, now=now)

    assert all(now <= one.due_at < starts_at for one in due)
    assert bool(due) == (now < starts_at)


@given(situations())
def test_a_free_day_or_a_night_is_disturbed_only_where_no_working_moment_is_left(
    situation: tuple[datetime, datetime, Leads, WorkWeek],
) -> None:
    starts_at, now, leads, week = situation

    for one in plan(starts_at, leads=leads, week=week, now=now):
        assert week.is_working(one.due_at) or week.next_working(now) > starts_at - AS_GOOD_AS_MISSED


@given(situations())
def test_two_reminders_are_never_close(situation: tuple[datetime, datetime, Leads, WorkWeek]) -> None:
    starts_at, now, leads, week = situation

    due = plan(starts_at, leads=leads, week=week, now=now)

    assert [one.lead for one in due] in ([], [Lead.LAST_CALL], [Lead.DECIDE, Lead.LAST_CALL])
    assert len(due) < 2 or due[1].due_at - due[0].due_at >= APART


@given(situations())
def test_a_planned_reminder_is_useful_at_its_time_and_planning_then_gives_it_again(
    situation: tuple[datetime, datetime, Leads, WorkWeek],
) -> None:
    starts_at, now, leads, week = situation

    for one in plan(starts_at, leads=leads, week=week, now=now):
        assert still_useful(one.lead, starts_at=starts_at, leads=leads, week=week, now=one.due_at)
        assert one in plan(starts_at, leads=leads, week=week, now=one.due_at)


@given(situations(), st.integers(1, 12), st.integers(1, 48))
def test_remind_me_later_is_a_working_moment_that_leaves_enough_time(
    situation: tuple[datetime, datetime, Leads, WorkWeek], wait: int, leave: int
) -> None:
    starts_at, now, _, week = situation

    later = remind_later_at(starts_at, wait=timedelta(hours=wait), leave=timedelta(hours=leave), week=week, now=now)

    if later is not None:
        assert now < later <= starts_at - timedelta(hours=leave)
