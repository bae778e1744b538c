"""Whatever happened to the reminders of a meeting before: a plan is a plan."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from domain.meeting import Meeting
from domain.planned import Reminder, ReminderState
from domain.words import Lead
from storage import meetings, reminders
from storage.models import Base
from tests.support.stored import MEETING, NOW, TEAM

Plan = list[tuple[Lead, datetime]]
Step = Callable[[Session], object]


def finish_some(session: Session, state: ReminderState, most: int) -> None:
    for reminder in stored(session)[:most]:
        reminders.finish(session, reminder.id, state, NOW)


HOURS = st.integers(0, 3).map(lambda hours: timedelta(hours=hours))
PLANS: st.SearchStrategy[Plan] = st.dictionaries(st.sampled_from([Lead.DECIDE, Lead.LAST_CALL]), HOURS).map(
    lambda plan: [(lead, NOW + after) for lead, after in plan.items()]
)
MEETINGS: st.SearchStrategy[Meeting] = st.builds(
    lambda moved, cancelled: replace(MEETING, client_id=None, starts_at=NOW + moved, cancelled=cancelled),
    moved=HOURS,
    cancelled=st.booleans(),
)
ENDS = st.sampled_from([ReminderState.SENT, ReminderState.SKIPPED])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda meeting, plan: partial(reminders.replan, meeting=meeting, due=plan), MEETINGS, PLANS),
    st.builds(
        lambda meeting, after: partial(reminders.add_later, meeting=meeting, due_at=NOW + after), MEETINGS, HOURS
    ),
    st.builds(lambda state, most: partial(finish_some, state=state, most=most), ENDS, st.integers(0, 3)),
    st.just(partial(reminders.withdraw, team_id=TEAM, meeting_id=MEETING.id)),
)
PASTS = st.lists(STEPS, max_size=6)
ENGINE = create_engine("sqlite://", poolclass=StaticPool)


@contextmanager
def fresh() -> Iterator[Session]:
    """An open transaction that is never committed, in a database that all examples share."""
    Base.metadata.create_all(ENGINE)
    with Session(ENGINE) as session:
        meetings.add(session, replace(MEETING, client_id=None))
        yield session


def live_through(session: Session, past: list[Step]) -> None:
    for step in past:
        step(session)


def stored(session: Session) -> list[Reminder]:
    return reminders.of_meeting(session, TEAM, MEETING.id)


@settings(max_examples=150, deadline=None)
@given(PASTS, MEETINGS, PLANS)
def test_the_same_plan_twice_is_as_good_as_once(past: list[Step], meeting: Meeting, plan: Plan) -> None:
    with fresh() as session:
        live_through(session, past)
        reminders.replan(session, meeting, plan)
        once = stored(session)
        reminders.replan(session, meeting, plan)

        assert stored(session) == once


@settings(max_examples=150, deadline=None)
@given(PASTS, MEETINGS, PLANS)
def test_what_is_planned_is_the_plan_less_what_had_its_turn(past: list[Step], meeting: Meeting, plan: Plan) -> None:
    with fresh() as session:
        live_through(session, past)
        over = {
            one.lead for one in stored(session) if one.state in reminders.OVER and one.starts_at == meeting.starts_at
        }
        reminders.replan(session, meeting, plan)

        planned = [one for one in stored(session) if one.state is ReminderState.PLANNED]
        expected = [] if meeting.cancelled else sorted(one for one in plan if one[0] not in over)
        assert sorted((one.lead, one.due_at) for one in planned if one.lead is not Lead.LATER) == expected
        assert {one.starts_at for one in planned} <= {meeting.starts_at}
