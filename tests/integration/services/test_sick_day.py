"""A sick day on both engines: all of it in one transaction, each decision once."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.services.sick_day import SickDays
from bot.services.sick_day_input import DraftsInput, SickInput
from bot.services.sick_day_words import Absence
from domain.decision import DecisionState
from domain.errors import DomainError, Problem
from domain.sick_day import SickDay
from domain.words import Option, Reason
from storage import bundles, decisions, meetings, outbox
from storage.database import Database
from tests.support.stored import DELEGATE, MEETING, NOW, TEAM, agency
from tests.support.use_cases import OLGA, CountedJobs, StoppedClock

TODAY = ("first", "second")


@pytest.fixture
async def sick_days(database: Database) -> SickDays:
    """Two meetings of today, beside those of the agency later in the week."""
    await database.run(agency)
    for number, name in enumerate(TODAY):
        starts_at = NOW + timedelta(hours=2 + number * 2)
        meeting = replace(
            MEETING, id=name, uid=name, occurrence="", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )
        await database.run(meetings.add, meeting)
    nobody: Any = None
    return SickDays(
        database=database, clock=StoppedClock(), jobs=CountedJobs(), members=nobody, people=nobody, sends_mail=True
    )


async def proposed(sick_days: SickDays, option: Option = Option.CALL) -> str:
    """A form whose texts are on the screen."""
    page = await sick_days.open(OLGA, Absence(reason=Reason.ILLNESS))
    assert tuple(row.overview.meeting.id for row in page.rows) == TODAY
    await sick_days.propose(OLGA, page.form_id, SickInput(options=dict.fromkeys(TODAY, option.value)))
    return page.form_id


async def confirm(sick_days: SickDays, form_id: str) -> SickDay:
    done = await sick_days.confirm(OLGA, form_id, DraftsInput())
    assert isinstance(done, SickDay)
    return done


async def test_a_form_that_is_sent_several_times_at_once_decides_once(database: Database, sick_days: SickDays) -> None:
    form_id = await proposed(sick_days)

    done = await asyncio.gather(*(confirm(sick_days, form_id) for _ in range(4)))

    made = await database.read(bundles.made_in, TEAM, form_id)
    promised = Counter(one.work for one in await database.read(outbox.promised))
    assert [(one.meeting_id, one.state) for one in made] == [(name, DecisionState.STANDING) for name in TODAY]
    assert (promised["carry_out"], promised["bundle_shown"]) == (2, 1)
    assert [dict(one.skipped) for one in done] == [{}] * 4


async def test_of_two_forms_about_the_same_day_each_meeting_is_decided_on_in_one(
    database: Database, sick_days: SickDays
) -> None:
    one, other = await proposed(sick_days), await proposed(sick_days, Option.SHORTER)

    done = await asyncio.gather(confirm(sick_days, one), confirm(sick_days, other))

    made = [await database.read(bundles.made_in, TEAM, form_id) for form_id in (one, other)]
    assert sorted(decision.meeting_id for several in made for decision in several) == list(TODAY)
    skipped = [dict(day.skipped) for day in done]
    assert sum(map(len, skipped)) == 2
    assert {why for some in skipped for why in some.values()} == {Problem.MEETING_ALREADY_DECIDED}


async def test_undo_all_is_for_the_owner_and_for_once(database: Database, sick_days: SickDays) -> None:
    form_id = await proposed(sick_days)
    await confirm(sick_days, form_id)

    with pytest.raises(DomainError, match=Problem.NOT_YOURS):
        await sick_days.undo(replace(OLGA, user_id=DELEGATE), form_id)
    with pytest.raises(DomainError, match=Problem.DECISION_NOT_FOUND):
        await sick_days.undo(OLGA, "")
    undone = await sick_days.undo(OLGA, form_id)
    with pytest.raises(DomainError, match=Problem.ALREADY_UNDONE):
        await sick_days.undo(OLGA, form_id)

    assert (undone.count, undone.refused) == (2, ())
    assert [await database.read(decisions.standing, TEAM, name) for name in TODAY] == [None, None]


async def test_a_form_is_only_for_who_opened_it(sick_days: SickDays) -> None:
    form_id = await proposed(sick_days)
    other = replace(OLGA, user_id=DELEGATE)

    for call in (sick_days.revise(other, form_id, SickInput()), sick_days.confirm(other, form_id, DraftsInput())):
        with pytest.raises(DomainError, match=Problem.FORM_EXPIRED):
            await call


async def test_ids_that_are_made_up_come_to_nothing(sick_days: SickDays) -> None:
    page = await sick_days.open(OLGA, Absence(reason=Reason.EMERGENCY))

    shown = await sick_days.propose(OLGA, page.form_id, SickInput(options={"nonsense": "call", "first": "nonsense"}))

    assert [draft.option for draft in shown.drafts] == [page.rows[0].chosen]
    assert shown.skipped == ()


async def test_a_button_that_is_pressed_days_later_means_today(sick_days: SickDays) -> None:
    long_ago, far_ahead = NOW.date() - timedelta(days=3), NOW.date() + timedelta(days=300)

    late = await sick_days.look(OLGA, Absence(reason=Reason.ILLNESS, last_day=long_ago))
    forged = await sick_days.look(OLGA, Absence(reason=Reason.ILLNESS, last_day=far_ahead))

    assert (late.last_day, len(late.rows)) == (NOW.date(), 2)
    assert forged.last_day == NOW.date() + timedelta(days=28)
