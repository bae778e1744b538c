"""What is due is sent once, and while it is of use: after downtime, at night, on free days, when the clocks change."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from bot.calendars.work_week import leads_of, week_of
from bot.jobs.engine import Engine
from bot.jobs.planner import Planner
from domain.planned import Reminder, ReminderState
from domain.words import Lead, Option
from storage import meetings, members, outbox, planning, reminders
from storage.models import MeetingRow, table_of
from storage.models.outbox import OutboxRow
from storage.reminders import REMINDER, REMINDERS
from tests.integration.jobs.conftest import Workshop
from tests.support.like_meetings import FIRST_NUMBER, NOW, STARTS_AT, TEAM, decided, owner_of, reminded

MEETINGS = table_of(MeetingRow)
MEETING_ID = f"meeting-{FIRST_NUMBER}"
OWNER = owner_of(FIRST_NUMBER)


async def test_after_days_of_downtime_only_the_last_call_is_made(workshop: Workshop) -> None:
    await plan(workshop)

    await come_back(workshop, STARTS_AT - timedelta(minutes=50))

    assert await states(workshop) == [(Lead.DECIDE, ReminderState.SKIPPED), (Lead.LAST_CALL, ReminderState.SENT)]
    assert (await workshop.seen()).who_was_told == "owner: reminder"


async def test_after_downtime_that_outlasted_the_meeting_nothing_is_said(workshop: Workshop) -> None:
    await plan(workshop)

    await come_back(workshop, STARTS_AT + timedelta(minutes=1))

    assert (await workshop.seen()).told == ()
    assert await planned(workshop) == []


async def test_a_first_reminder_that_is_hours_late_is_still_sent(workshop: Workshop) -> None:
    await plan(workshop)

    await come_back(workshop, NOW + timedelta(hours=5))

    assert (await states(workshop))[0] == (Lead.DECIDE, ReminderState.SENT)


async def test_what_came_due_at_night_waits_for_the_morning(workshop: Workshop) -> None:
    """Due on Tuesday at 09:00; back on Wednesday at 03:00, local time."""
    await plan(workshop)

    await come_back(workshop, local(11, 3))
    at_night = (await workshop.seen()).told
    due = [one.due_at for one in await planned(workshop)]
    await come_back(workshop, local(11, 8) + timedelta(minutes=1))

    assert at_night == ()
    assert due[0] == local(11, 8)
    assert (await workshop.seen()).who_was_told == "owner: reminder"


async def test_the_clock_may_go_back_and_forth(workshop: Workshop) -> None:
    await plan(workshop)
    for hours in (1, -5, 2, 1, 6):
        await come_back(workshop, NOW + timedelta(hours=hours))

    await come_back(workshop, STARTS_AT - timedelta(minutes=90))

    assert [state for _, state in await states(workshop)] == [ReminderState.SENT, ReminderState.SENT]
    assert len(workshop.slack.calls_of("chat.postMessage")) == 2


@pytest.mark.parametrize(
    ("starts_at", "first", "last"),
    [
        # A Monday after the clocks went forward in the night: the Thursday before, by the clock on the wall.
        ("2026-03-30T08:00+00:00", "2026-03-26T09:00+00:00", "2026-03-30T06:00+00:00"),
        # A Monday after they went back.
        ("2026-10-26T09:00+00:00", "2026-10-22T08:00+00:00", "2026-10-26T07:00+00:00"),
        # The day after King's Day, which is a Monday: Thursday and Friday are the two working days before.
        ("2026-04-28T08:00+00:00", "2026-04-23T08:00+00:00", "2026-04-28T06:00+00:00"),
    ],
    ids=["clocks go forward", "clocks go back", "holiday and weekend"],
)
async def test_reminders_come_at_the_time_on_the_wall(
    workshop: Workshop, starts_at: str, first: str, last: str
) -> None:
    moments = [datetime.fromisoformat(moment) for moment in (starts_at, first, last)]
    await plan(workshop, starts_at=moments[0], ends_at=moments[0] + timedelta(hours=1))
    due = [one.due_at for one in await planned(workshop)]

    told = []
    for moment in due:
        await come_back(workshop, moment - timedelta(minutes=1))
        told.append(len((await workshop.seen()).told))
        await come_back(workshop, moment + timedelta(minutes=1))
        told.append(len((await workshop.seen()).told))

    assert due == moments[1:]
    assert told == [0, 1, 1, 2]


async def test_a_meeting_that_moved_is_reminded_of_at_its_new_time(workshop: Workshop) -> None:
    await plan(workshop)
    await come_back(workshop, NOW + timedelta(hours=1))

    await plan(workshop, starts_at=STARTS_AT + timedelta(days=7), ends_at=STARTS_AT + timedelta(days=7, hours=1))
    await come_back(workshop, STARTS_AT)
    meanwhile = len(workshop.slack.calls_of("chat.postMessage"))
    await come_back(workshop, NOW + timedelta(days=7, hours=1))

    assert meanwhile == 1
    assert len(workshop.slack.calls_of("chat.postMessage")) == 2


async def test_a_meeting_that_moves_while_it_is_reminded_of_keeps_its_next_reminder(workshop: Workshop) -> None:
    """The row is used again for the new start: the end of the old reminder must not end it."""
    await plan(workshop)
    reminder = (await planned(workshop))[0]
    moved = STARTS_AT + timedelta(days=7)
    await plan(workshop, starts_at=moved, ends_at=moved + timedelta(hours=1))

    ended = await workshop.database.run(
        reminders.finish, reminder.id, ReminderState.SENT, NOW, starts_at=reminder.starts_at
    )

    assert ended is False
    assert [one.starts_at for one in await planned(workshop)] == [moved, moved]


async def test_a_meeting_that_was_cancelled_is_not_reminded_of(workshop: Workshop) -> None:
    await plan(workshop)
    await plan(workshop, cancelled=True)

    await come_back(workshop, STARTS_AT - timedelta(minutes=90))

    assert (await workshop.seen()).told == ()
    assert {state for _, state in await states(workshop)} == {ReminderState.WITHDRAWN}


async def test_a_reminder_and_a_decision_at_the_same_moment_end_in_the_decision(workshop: Workshop) -> None:
    await workshop.begin(reminded(Lead.DECIDE, NOW))
    await workshop.do(decided(Option.CALL))

    seen = await workshop.seen()

    assert "A call instead" in seen.told[0][2]
    assert len(seen.told) == 1


async def test_work_of_another_release_holds_up_nobody(workshop: Workshop) -> None:
    row = {"key": "a", "team_id": TEAM, "workflow": "of_tomorrow", "subject_id": "x", "due_at": NOW, "attempt": 0}
    await workshop.database.run(lambda session: session.execute(insert(table_of(OutboxRow)).values(**row)))

    await workshop.begin(decided(Option.CALL))
    for _ in range(3):
        await workshop.bot.meetdown.planner.round()
    await workshop.slack.wait_for(lambda: workshop.slack.calls_of("chat.postMessage"))

    assert [one.work for one in await workshop.database.read(outbox.promised)] == ["of_tomorrow"]


async def test_what_is_stuck_holds_up_nobody_behind_it(workshop: Workshop) -> None:
    """A round starts so many, and the next one those behind them, also where none of the first has ended."""
    await workshop.begin(reminded(Lead.DECIDE, NOW))
    one = (await planned(workshop))[0]
    many = [replace(one, id=f"{number:03}", due_at=NOW - timedelta(seconds=500 - number)) for number in range(250)]
    await workshop.database.run(
        lambda session: session.execute(insert(REMINDERS), [REMINDER.values(reminder) for reminder in many])
    )
    never_ends = Started()
    planner = Planner(workshop.database, never_ends, workshop.clock)

    counts = []
    for _ in range(4):
        await planner.round()
        counts.append(len(set(never_ends.keys)))

    assert counts == [100, 200, 251, 251]
    assert len(never_ends.keys) == 251


async def test_a_round_that_fails_is_followed_by_the_next(workshop: Workshop) -> None:
    failing = Started(failures=2)
    planner = Planner(workshop.database, failing, workshop.clock)
    rounds = asyncio.create_task(planner.run())
    await workshop.begin(reminded(Lead.DECIDE, NOW))

    for _ in range(1000):
        planner.poke()
        await asyncio.sleep(0.002)
        if failing.keys:
            break

    await planner.check()
    rounds.cancel()


async def test_reminders_that_never_got_out_leave_the_list(workshop: Workshop) -> None:
    await plan(workshop)

    count = await workshop.database.run(reminders.skip_missed, STARTS_AT + timedelta(seconds=1), NOW)

    assert count == 2
    assert {state for _, state in await states(workshop)} == {ReminderState.SKIPPED}


class Started(Engine):
    """Notes what is started, and starts nothing."""

    def __init__(self, *, failures: int = 0) -> None:
        self.keys: list[str] = []
        self._failures = failures

    def knows(self, name: str) -> bool:
        return True

    async def start(self, name: str, key: str, team_id: str, subject_id: str, attempt: int = 0) -> None:
        if self._failures:
            self._failures -= 1
            raise RuntimeError("not now")
        self.keys.append(key)

    async def prune(self, before: datetime) -> None:
        pass


async def plan(workshop: Workshop, **changes: Any) -> None:
    """The meeting as it is now, and its reminders, as a sync plans them."""
    await workshop.begin(nothing)
    await workshop.database.run(_plan, changes, workshop.clock.now())


def nothing(number: int) -> Callable[[Session], str]:
    return lambda session: ""


def _plan(session: Session, changes: dict[str, Any], now: datetime) -> None:
    if changes:
        session.execute(update(MEETINGS).where(MEETINGS.c.id == MEETING_ID).values(**changes))
    meeting = meetings.get(session, TEAM, MEETING_ID)
    owner = members.get(session, TEAM, OWNER)
    assert meeting is not None
    assert owner is not None
    planning.plan_reminders(session, meeting, leads_of(owner, None), week_of(owner, None), now)


async def come_back(workshop: Workshop, moment: datetime) -> None:
    """As after downtime until that moment."""
    workshop.clock.move_to(moment)
    await workshop.bot.settle()


async def states(workshop: Workshop) -> list[tuple[Lead, ReminderState]]:
    every = await workshop.database.read(reminders.of_meeting, TEAM, MEETING_ID)
    return [(one.lead, one.state) for one in every]


async def planned(workshop: Workshop) -> list[Reminder]:
    every = await workshop.database.read(reminders.of_meeting, TEAM, MEETING_ID)
    return [one for one in every if one.state is ReminderState.PLANNED]


def local(day: int, hour: int) -> datetime:
    """In March 2026, before the clocks go forward, in the owner's zone."""
    return datetime(2026, 3, day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))
