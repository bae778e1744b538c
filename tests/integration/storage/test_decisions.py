"""Decisions on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.decision import (
    Decision,
    DecisionState,
    Effect,
    EffectState,
    EmailTerms,
    KeepTerms,
    ShorterTerms,
)
from domain.errors import DomainError
from domain.planned import ReminderState
from domain.timeline import EffectRecord, TimelineEntry
from domain.words import Lead, Option
from storage import briefs, decisions, meetings, reminders, timelines
from storage.database import Database
from tests.support.stored import (
    ACME,
    BRIEF,
    DECISION,
    HANDOFF,
    MEETING,
    NOW,
    OTHER_TEAM,
    TEAM,
    agency,
    meeting,
)

LATER = NOW + timedelta(hours=1)
KEEP = replace(
    DECISION, id="keep", option=Option.KEEP, reason=None, terms=KeepTerms(), draft=None, override=None, made_at=LATER
)


@pytest.fixture
async def stocked(database: Database) -> Database:
    await database.run(agency)
    return database


@pytest.mark.parametrize(
    "decision",
    [
        DECISION,
        KEEP,
        replace(DECISION, option=Option.SHORTER, terms=ShorterTerms(minutes=30, stays=("a",), call=DECISION.terms)),  # type: ignore[arg-type]
        replace(
            DECISION,
            option=Option.EMAIL,
            terms=EmailTerms(status="Fine", decisions_needed="None", next_contact_on=date(2026, 4, 1)),
        ),
    ],
    ids=lambda decision: decision.option.value,
)
async def test_a_decision_is_read_as_it_was_made(stocked: Database, decision: Decision) -> None:
    assert await stocked.run(decisions.record, decision, None) == (decision, True)

    assert await stocked.run(decisions.get, TEAM, decision.id) == decision
    assert await stocked.run(decisions.standing, TEAM, "meeting") == decision


async def test_the_same_decision_again_is_not_new(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)

    again = await stocked.run(decisions.record, replace(HANDOFF, made_at=LATER), replace(BRIEF, sections={}))

    assert again == (HANDOFF, False)
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == BRIEF


async def test_a_later_decision_takes_the_place_of_the_standing_one(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)

    await stocked.run(decisions.record, KEEP, None)

    ended = replace(DECISION, state=DecisionState.SUPERSEDED, ended_at=LATER)
    assert await stocked.run(decisions.get, TEAM, DECISION.id) == ended
    assert await stocked.run(decisions.standing, TEAM, "meeting") == KEEP
    assert await stocked.run(decisions.superseded_by, TEAM, "keep") == ended
    assert await stocked.run(decisions.superseded_by, TEAM, DECISION.id) is None
    assert await stocked.run(decisions.record, DECISION, None) == (ended, False)


async def test_a_decision_withdraws_the_planned_reminders(stocked: Database) -> None:
    await stocked.run(reminders.replan, MEETING, [(Lead.DECIDE, NOW)])

    await stocked.run(decisions.record, DECISION, None)

    states = [one.state for one in await stocked.run(reminders.of_meeting, TEAM, "meeting")]
    assert states == [ReminderState.WITHDRAWN]


async def test_a_meeting_of_another_team_cannot_be_decided_on(stocked: Database) -> None:
    with pytest.raises(DomainError, match="meeting_not_found"):
        await stocked.run(decisions.record, replace(DECISION, team_id=OTHER_TEAM), None)

    assert await stocked.run(decisions.standing, TEAM, "meeting") is None


async def test_a_decision_ends_once(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)

    assert not await stocked.run(decisions.end, OTHER_TEAM, DECISION.id, DecisionState.UNDONE, LATER)
    assert await stocked.run(decisions.end, TEAM, DECISION.id, DecisionState.UNDONE, LATER)
    assert not await stocked.run(decisions.end, TEAM, DECISION.id, DecisionState.DECLINED, LATER)
    assert await stocked.run(decisions.get, TEAM, DECISION.id) == replace(
        DECISION, state=DecisionState.UNDONE, ended_at=LATER
    )
    assert await stocked.run(decisions.standing, TEAM, "meeting") is None


async def test_an_effect_has_one_state(stocked: Database) -> None:
    mail = EffectRecord(effect=Effect.MAIL, state=EffectState.DONE, reference="<id@agency.example>", detail="sent")
    calendar = EffectRecord(effect=Effect.CALENDAR, state=EffectState.HANDED_OVER)
    await stocked.run(decisions.record, DECISION, None)

    for effect in (replace(mail, state=EffectState.STARTED), calendar, mail):
        await stocked.run(decisions.set_effect, DECISION.id, effect, NOW)

    assert await stocked.run(decisions.effects, DECISION.id) == (calendar, mail)
    assert await stocked.run(decisions.effects, "none") == ()


async def test_the_timeline_tells_of_all_decisions_newest_first(stocked: Database) -> None:
    mail = EffectRecord(effect=Effect.MAIL, state=EffectState.DONE)
    past, dropped = meeting(-3), meeting(1, cancelled=True)
    for one in (past, dropped, meeting(-2, cancelled=True), meeting(2, client_id=None)):
        await stocked.run(meetings.add, one)
    about_dropped = replace(DECISION, id="dropped", meeting_id=dropped.id)
    for decision in (DECISION, KEEP, about_dropped):
        await stocked.run(decisions.record, decision, None)
    await stocked.run(decisions.set_effect, DECISION.id, mail, NOW)

    told = await stocked.run(timelines.load, TEAM, ACME.id)

    superseded = replace(DECISION, state=DecisionState.SUPERSEDED, ended_at=LATER)
    assert told == [
        TimelineEntry(meeting=MEETING, decisions=(KEEP, superseded), effects={DECISION.id: (mail,)}),
        TimelineEntry(meeting=dropped, decisions=(about_dropped,), effects={}),
        TimelineEntry(meeting=past, effects={}),
    ]
    assert await stocked.run(timelines.load, TEAM, ACME.id, limit=1) == told[:1]
    assert await stocked.run(timelines.load, OTHER_TEAM, ACME.id) == []
