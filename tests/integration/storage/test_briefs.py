"""Briefs of hand-overs on both engines."""

from dataclasses import replace

import pytest

from domain.brief import Brief, CheckItem, HandoffState, Question
from storage import briefs, decisions
from storage.database import Database
from tests.support.stored import (
    BRIEF,
    DELEGATE,
    HANDOFF,
    NOW,
    OTHER_TEAM,
    TEAM,
    agency,
)


@pytest.fixture
async def stocked(database: Database) -> Database:
    await database.run(agency)
    return database


async def test_a_brief_is_read_as_it_was_given(stocked: Database) -> None:
    question = Question(id="q", text="Who?")
    brief = replace(BRIEF, decision_id="whatever", questions=(question,), ticked=frozenset({CheckItem.NUMBERS}))

    await stocked.run(decisions.record, HANDOFF, brief)

    stored = replace(brief, decision_id=HANDOFF.id)
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == stored
    assert await stocked.run(briefs.of_decision, TEAM, HANDOFF.id) == stored


@pytest.mark.parametrize("answer", [HandoffState.ACCEPTED, HandoffState.DECLINED, HandoffState.WITHDRAWN])
async def test_an_offer_is_answered_once(stocked: Database, answer: HandoffState) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)

    assert not await stocked.run(briefs.answer, OTHER_TEAM, BRIEF.id, answer, NOW)
    assert await stocked.run(briefs.answer, TEAM, BRIEF.id, answer, NOW, "Away")
    assert not await stocked.run(briefs.answer, TEAM, BRIEF.id, HandoffState.ACCEPTED, NOW)
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == replace(BRIEF, state=answer, declined_because="Away")


async def test_an_accepted_brief_can_be_withdrawn(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)
    await stocked.run(briefs.answer, TEAM, BRIEF.id, HandoffState.ACCEPTED, NOW)

    assert await stocked.run(briefs.withdraw, TEAM, HANDOFF.id, NOW)
    assert not await stocked.run(briefs.withdraw, TEAM, HANDOFF.id, NOW)
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == replace(BRIEF, state=HandoffState.WITHDRAWN)


async def test_ticks_are_kept_as_they_were_last(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)
    ticked = frozenset({CheckItem.READ_BRIEF, CheckItem.INVITATION})

    await stocked.run(briefs.tick, TEAM, BRIEF.id, frozenset(CheckItem))
    await stocked.run(briefs.tick, TEAM, BRIEF.id, ticked)
    await stocked.run(briefs.tick, OTHER_TEAM, BRIEF.id, frozenset())

    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == replace(BRIEF, ticked=ticked)


async def test_a_question_is_asked_once_and_its_answer_goes_into_the_brief(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)
    first, second = Question(id="z", text="Who?"), Question(id="a", text="Why?")

    asked = [await stocked.run(briefs.add_question, TEAM, BRIEF.id, one) for one in (first, second, first)]
    answered = await stocked.run(briefs.answer_question, TEAM, "z", "Ann", NOW)

    with_answer = replace(first, answer="Ann", answered_at=NOW)
    brief: Brief = replace(BRIEF, questions=(with_answer, second))
    assert asked == [True, True, False]
    assert answered == (brief, with_answer)
    assert await stocked.run(briefs.brief_of_question, TEAM, "z") == answered
    assert await stocked.run(briefs.answer_question, OTHER_TEAM, "z", "Nobody", NOW) is None
    assert await stocked.run(briefs.answer_question, TEAM, "unknown", "?", NOW) is None
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == brief
    assert not await stocked.run(briefs.add_question, OTHER_TEAM, BRIEF.id, Question(id="spy", text="?"))


async def test_the_message_to_the_delegate_is_kept(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)
    before = await stocked.run(briefs.delegate_message, TEAM, BRIEF.id)

    await stocked.run(briefs.set_delegate_message, TEAM, BRIEF.id, "D2", "1.5")

    assert before is None
    assert await stocked.run(briefs.delegate_message, TEAM, BRIEF.id) == ("D2", "1.5")
    assert BRIEF.delegate_id == DELEGATE
