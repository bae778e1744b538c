"""When members are busy, and what their clients have heard from us."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from domain.decision import DecisionState, Effect, EffectState, KeepTerms
from domain.free_time import BusyTimes, Span
from domain.meeting import Source
from domain.timeline import EffectRecord
from domain.words import Option
from storage import busy, calendars, decisions, meetings
from storage.database import Database
from tests.support.stored import ACME, CALENDAR, DECISION, NOW, OWNER, TEAM, VAULT, agency, meeting

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN = BusyTimes(until=AT + timedelta(days=20), spans=(Span(starts_at=AT, ends_at=AT + HOUR),))


async def test_what_a_calendar_holds_is_written_where_it_is_news(database: Database) -> None:
    def two_readings(session: Session) -> list[bool]:
        agency(session)
        more = replace(KNOWN, spans=())
        return [busy.keep(session, TEAM, CALENDAR.id, known) for known in (KNOWN, KNOWN, more)]

    assert await database.run(two_readings) == [True, False, True]


async def test_all_calendars_and_meetings_by_hand_count(database: Database) -> None:
    second = replace(CALENDAR, id="second", url="https://calendar.example/other.ics")
    by_hand = meeting(1, source=Source.BY_HAND, uid="", starts_at=AT + 2 * HOUR)
    gone = meeting(2, source=Source.BY_HAND, uid="", starts_at=AT + 6 * HOUR, cancelled=True)

    def fill(session: Session) -> BusyTimes | None:
        agency(session)
        calendars.add(session, VAULT, second)
        meetings.add(session, by_hand)
        meetings.add(session, gone)
        busy.keep(session, TEAM, CALENDAR.id, KNOWN)
        overlapping = Span(starts_at=AT + HOUR / 2, ends_at=AT + 3 * HOUR / 2)
        busy.keep(session, TEAM, second.id, BusyTimes(until=AT + timedelta(days=3), spans=(overlapping,)))
        return busy.of_member(session, TEAM, OWNER, NOW)

    assert await database.run(fill) == BusyTimes(
        until=AT + timedelta(days=3),
        spans=(
            Span(starts_at=AT, ends_at=AT + 3 * HOUR / 2),
            Span(starts_at=AT + 2 * HOUR, ends_at=AT + 3 * HOUR),
        ),
    )


async def test_nothing_is_known_before_every_calendar_was_read(database: Database) -> None:
    second = replace(CALENDAR, id="second", url="https://calendar.example/other.ics")

    def fill(session: Session) -> tuple[BusyTimes | None, BusyTimes | None]:
        without = busy.of_member(session, TEAM, OWNER, NOW)
        agency(session)
        calendars.add(session, VAULT, second)
        busy.keep(session, TEAM, CALENDAR.id, KNOWN)
        return without, busy.of_member(session, TEAM, OWNER, NOW)

    assert await database.run(fill) == (None, None)


@pytest.mark.parametrize(("state", "undone"), [(EffectState.DONE, True), (EffectState.HANDED_OVER, False)])
async def test_a_client_has_heard_of_a_step_down_once_the_words_are_out(
    database: Database, state: EffectState, undone: bool
) -> None:
    def fill(session: Session) -> bool:
        agency(session)
        decisions.record(session, DECISION, None)
        decisions.set_effect(session, DECISION.id, EffectRecord(effect=Effect.MAIL, state=state), NOW)
        if undone:
            decisions.end(session, TEAM, DECISION.id, DecisionState.UNDONE, NOW)
        return busy.heard_before(session, TEAM, ACME.id)

    assert await database.run(fill)


@pytest.mark.parametrize("state", [EffectState.STARTED, EffectState.WAITING, EffectState.FAILED])
async def test_words_that_are_not_out_nobody_has_heard(database: Database, state: EffectState) -> None:
    def fill(session: Session) -> bool:
        agency(session)
        decisions.record(session, DECISION, None)
        decisions.set_effect(session, DECISION.id, EffectRecord(effect=Effect.MAIL, state=state), NOW)
        return busy.heard_before(session, TEAM, ACME.id)

    assert not await database.run(fill)


async def test_a_text_that_was_taken_back_and_a_meeting_that_was_kept_nobody_has_heard_of(database: Database) -> None:
    def fill(session: Session) -> list[bool]:
        agency(session)
        given = EffectRecord(effect=Effect.MAIL, state=EffectState.HANDED_OVER)
        decisions.record(session, DECISION, None)
        decisions.set_effect(session, DECISION.id, given, NOW)
        decisions.end(session, TEAM, DECISION.id, DecisionState.UNDONE, NOW)
        undone = busy.heard_before(session, TEAM, ACME.id)
        decisions.record(session, replace(DECISION, id="kept", option=Option.KEEP, terms=KeepTerms(), draft=None), None)
        decisions.set_effect(session, "kept", given, NOW)
        return [undone, busy.heard_before(session, TEAM, ACME.id)]

    assert await database.run(fill) == [False, False]
