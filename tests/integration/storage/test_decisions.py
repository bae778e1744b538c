"""Decisions, briefs and follow-ups on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.brief import Brief, CheckItem, HandoffState, Question
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
from domain.planned import FollowUp, FollowUpKind, FollowUpState, ReminderState
from domain.timeline import EffectRecord, TimelineEntry
from domain.words import Lead, Option
from storage import briefs, decisions, follow_ups, meetings, reminders
from storage.database import Database
from tests.support.stored import (
    ACME,
    BRIEF,
    DECISION,
    DELEGATE,
    HANDOFF,
    MEETING,
    NOW,
    OTHER_TEAM,
    OWNER,
    TEAM,
    agency,
    meeting,
)

LATER = NOW + timedelta(hours=1)
KEEP = replace(
    DECISION, id="keep", option=Option.KEEP, reason=None, terms=KeepTerms(), draft=None, override=None, made_at=LATER
)
FOLLOW_UP = FollowUp(
    id="confirm",
    team_id=TEAM,
    decision_id=DECISION.id,
    meeting_id=MEETING.id,
    member_id=OWNER,
    kind=FollowUpKind.CONFIRM,
    due_at=NOW,
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
    past, dropped = meeting(-3), replace(MEETING, cancelled=True)
    for one in (past, meeting(1, cancelled=True), meeting(2, client_id=None)):
        await stocked.run(meetings.add, one)
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(decisions.record, KEEP, None)
    await stocked.run(decisions.set_effect, DECISION.id, mail, NOW)
    await stocked.run(meetings.correct_kind, TEAM, "meeting", MEETING.kind)

    told = await stocked.run(decisions.timeline, TEAM, ACME.id)

    superseded = replace(DECISION, state=DecisionState.SUPERSEDED, ended_at=LATER)
    assert told == [
        TimelineEntry(meeting=MEETING, decisions=(KEEP, superseded), effects={DECISION.id: (mail,)}),
        TimelineEntry(meeting=past, effects={}),
    ]
    assert dropped not in [entry.meeting for entry in told]
    assert await stocked.run(decisions.timeline, TEAM, ACME.id, limit=1) == told[:1]
    assert await stocked.run(decisions.timeline, OTHER_TEAM, ACME.id) == []


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
    answered = await stocked.run(briefs.answer_question, TEAM, "z", "Ann")

    with_answer = replace(first, answer="Ann")
    brief: Brief = replace(BRIEF, questions=(with_answer, second))
    assert asked == [True, True, False]
    assert answered == (brief, with_answer)
    assert await stocked.run(briefs.brief_of_question, TEAM, "z") == answered
    assert await stocked.run(briefs.answer_question, OTHER_TEAM, "z", "Nobody") is None
    assert await stocked.run(briefs.answer_question, TEAM, "unknown", "?") is None
    assert await stocked.run(briefs.get, TEAM, BRIEF.id) == brief
    assert not await stocked.run(briefs.add_question, OTHER_TEAM, BRIEF.id, Question(id="spy", text="?"))


async def test_the_message_to_the_delegate_is_kept(stocked: Database) -> None:
    await stocked.run(decisions.record, HANDOFF, BRIEF)
    before = await stocked.run(briefs.delegate_message, TEAM, BRIEF.id)

    await stocked.run(briefs.set_delegate_message, TEAM, BRIEF.id, "D2", "1.5")

    assert before is None
    assert await stocked.run(briefs.delegate_message, TEAM, BRIEF.id) == ("D2", "1.5")
    assert BRIEF.delegate_id == DELEGATE


async def test_a_follow_up_is_planned_once(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    call = replace(FOLLOW_UP, id="call", kind=FollowUpKind.CALL, due_at=NOW - timedelta(days=1))

    await stocked.run(follow_ups.plan, [FOLLOW_UP, call])
    await stocked.run(follow_ups.plan, [replace(FOLLOW_UP, due_at=LATER)])

    assert await stocked.run(follow_ups.get, TEAM, "confirm") == FOLLOW_UP
    assert await stocked.run(follow_ups.due, NOW, 10) == [call, FOLLOW_UP]
    assert await stocked.run(follow_ups.due, NOW, 1) == [call]
    assert await stocked.run(follow_ups.of_decision, TEAM, DECISION.id) == [call, FOLLOW_UP]
    with pytest.raises(IntegrityError):
        await stocked.run(follow_ups.plan, [replace(FOLLOW_UP, id="lost", decision_id="unknown")])


async def test_a_follow_up_goes_from_planned_over_sent_to_done(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP])

    async def finish(state: FollowUpState, team: str = TEAM) -> bool:
        return await stocked.run(follow_ups.finish, team, "confirm", state, "yes", now=NOW)

    assert not await finish(FollowUpState.SENT, OTHER_TEAM)
    assert [await finish(FollowUpState.SENT), await finish(FollowUpState.SENT)] == [True, False]
    assert await stocked.run(follow_ups.due, LATER, 10) == []
    assert [await finish(FollowUpState.DONE), await finish(FollowUpState.DONE)] == [True, False]
    assert not await finish(FollowUpState.WITHDRAWN)
    assert not await stocked.run(follow_ups.move, TEAM, "confirm", LATER)
    assert await stocked.run(follow_ups.get, TEAM, "confirm") == replace(
        FOLLOW_UP, state=FollowUpState.DONE, outcome="yes"
    )


async def test_a_snoozed_follow_up_is_due_again(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP])
    await stocked.run(follow_ups.finish, TEAM, "confirm", FollowUpState.SENT, now=NOW)

    assert not await stocked.run(follow_ups.move, OTHER_TEAM, "confirm", LATER)
    assert await stocked.run(follow_ups.move, TEAM, "confirm", LATER)

    assert await stocked.run(follow_ups.due, NOW, 10) == []
    assert await stocked.run(follow_ups.due, LATER, 10) == [replace(FOLLOW_UP, due_at=LATER)]


async def test_withdrawing_leaves_what_is_done(stocked: Database) -> None:
    await stocked.run(decisions.record, DECISION, None)
    await stocked.run(follow_ups.plan, [FOLLOW_UP, replace(FOLLOW_UP, id="done"), replace(FOLLOW_UP, id="sent")])
    await stocked.run(follow_ups.finish, TEAM, "done", FollowUpState.DONE, now=NOW)
    await stocked.run(follow_ups.finish, TEAM, "sent", FollowUpState.SENT, now=NOW)

    assert await stocked.run(follow_ups.withdraw, OTHER_TEAM, DECISION.id) == 0
    assert await stocked.run(follow_ups.withdraw, TEAM, DECISION.id) == 2
    found = await stocked.run(follow_ups.of_decision, TEAM, DECISION.id)
    assert {one.id: one.state for one in found} == {
        "confirm": FollowUpState.WITHDRAWN,
        "done": FollowUpState.DONE,
        "sent": FollowUpState.WITHDRAWN,
    }
