"""What two processes do at the same time on PostgreSQL: each of these happens once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from domain.brief import HandoffState, Question
from domain.decision import DecisionState
from domain.meeting import SyncWindow
from domain.planned import ReminderState
from domain.words import Lead, MeetingKind
from storage import briefs, decisions, kinds, meetings, posts, proposals, reminders, workspaces
from storage.database import Database
from storage.posts import Post
from tests.support.stored import BRIEF, CALENDAR, DECISION, HANDOFF, MEETING, NOW, OWNER, TEAM, agency, meeting

T = TypeVar("T")
AT_ONCE = 8


@pytest.fixture
async def processes(postgresql_url: str) -> AsyncIterator[list[Database]]:
    """As many databases as processes would open, each with a connection that is ready."""
    opened = [Database.open(postgresql_url) for _ in range(AT_ONCE)]
    await opened[0].run(agency)
    await asyncio.gather(*(one.ping() for one in opened))
    yield opened
    await asyncio.gather(*(one.close() for one in opened))


async def together(calls: list[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*calls))


async def test_of_many_decisions_for_one_meeting_one_stands(processes: list[Database]) -> None:
    made = [replace(DECISION, id=f"decision-{number}") for number in range(AT_ONCE)]

    recorded = await together(
        [one.run(decisions.record, decision, None) for one, decision in zip(processes, made, strict=True)]
    )

    table = decisions.DECISIONS
    states = await processes[0].run(lambda session: list(session.scalars(select(table.c.state))))
    assert recorded == [(decision, True) for decision in made]
    assert sorted(states) == [DecisionState.STANDING] + [DecisionState.SUPERSEDED] * (AT_ONCE - 1)


async def test_the_same_decision_from_a_double_click_is_made_once(processes: list[Database]) -> None:
    recorded = await together([one.run(decisions.record, HANDOFF, BRIEF) for one in processes])

    assert sorted(new for _, new in recorded) == [False] * (AT_ONCE - 1) + [True]
    assert {decision.id for decision, _ in recorded} == {HANDOFF.id}


async def test_an_offer_is_answered_by_one_click(processes: list[Database]) -> None:
    await processes[0].run(decisions.record, HANDOFF, BRIEF)
    answers = [HandoffState.ACCEPTED, HandoffState.DECLINED] * (AT_ONCE // 2)

    won = await together(
        [one.run(briefs.answer, TEAM, BRIEF.id, answer, NOW) for one, answer in zip(processes, answers, strict=True)]
    )

    stored = await processes[0].run(briefs.get, TEAM, BRIEF.id)
    assert sorted(won) == [False] * (AT_ONCE - 1) + [True]
    assert stored is not None
    assert stored.state is answers[won.index(True)]


async def test_an_oauth_state_is_consumed_once(processes: list[Database]) -> None:
    await processes[0].run(workspaces.save_oauth_state, "state", NOW + timedelta(minutes=10))

    good = await together([one.run(workspaces.consume_oauth_state, "state", NOW) for one in processes])

    assert sorted(good) == [False] * (AT_ONCE - 1) + [True]


async def test_a_post_is_begun_once(processes: list[Database]) -> None:
    begun = await together([one.run(posts.begin, TEAM, "key", NOW) for one in processes])

    assert begun.count(Post(state="new")) == 1
    assert begun.count(Post(state="started")) == AT_ONCE - 1


async def test_a_domain_is_proposed_to_one(processes: list[Database]) -> None:
    new = await together([one.run(proposals.propose, TEAM, "globex.example", "", OWNER, NOW) for one in processes])

    assert sorted(new) == [False] * (AT_ONCE - 1) + [True]


async def test_two_plans_for_one_meeting_make_one(processes: list[Database]) -> None:
    await together([one.run(reminders.replan, MEETING, [(Lead.DECIDE, NOW)]) for one in processes])

    planned = await processes[0].run(reminders.of_meeting, TEAM, MEETING.id)
    assert [(one.lead, one.state) for one in planned] == [(Lead.DECIDE, ReminderState.PLANNED)]
    ended = await together([one.run(reminders.finish, planned[0].id, ReminderState.SENT, NOW) for one in processes])
    assert sorted(ended) == [False] * (AT_ONCE - 1) + [True]


async def test_two_syncs_of_one_calendar_add_each_meeting_once(processes: list[Database]) -> None:
    window = SyncWindow.around(NOW)
    wanted = [[MEETING, meeting(3, id=f"from-{number}")] for number in range(AT_ONCE)]

    applied = await together(
        [one.run(meetings.apply, CALENDAR, read, window, NOW) for one, read in zip(processes, wanted, strict=True)]
    )

    assert sorted(len(one.added) for one in applied) == [0] * (AT_ONCE - 1) + [1]
    assert [one.cancelled for one in applied] == [[]] * AT_ONCE


async def test_a_question_arrives_once(processes: list[Database]) -> None:
    await processes[0].run(decisions.record, HANDOFF, BRIEF)
    question = Question(id="q", text="Who?")

    asked = await together([one.run(briefs.add_question, TEAM, BRIEF.id, question) for one in processes])

    assert sorted(asked) == [False] * (AT_ONCE - 1) + [True]


async def test_a_decision_ends_once(processes: list[Database]) -> None:
    await processes[0].run(decisions.record, DECISION, None)

    ended = await together([one.run(decisions.end, TEAM, DECISION.id, DecisionState.UNDONE, NOW) for one in processes])

    assert sorted(ended) == [False] * (AT_ONCE - 1) + [True]


async def test_a_sync_that_is_under_way_does_not_write_its_guess_over_the_owners_word(
    processes: list[Database],
) -> None:
    window = SyncWindow.around(NOW)
    guesses = list(MeetingKind)
    calls: list[Awaitable[object]] = [
        one.run(meetings.apply, CALENDAR, [replace(MEETING, id=f"new-{number}", kind=guesses[number])], window, NOW)
        for number, one in enumerate(processes)
    ]
    calls.insert(AT_ONCE // 2, processes[0].run(kinds.correct, MEETING, MeetingKind.URGENT, NOW))

    await together(calls)

    stored = await processes[0].run(meetings.get, TEAM, MEETING.id)
    assert stored is not None
    assert stored.kind is MeetingKind.URGENT
