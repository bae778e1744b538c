"""A delegate's answer, and what it does to the meeting."""

from bot.services.handoffs import Handoffs
from domain.planned import FormKind, ReminderState
from storage import decisions, reminders
from storage.database import Database
from tests.support.stored import BRIEF, DELEGATE, HANDOFF, MEETING, TEAM, agency
from tests.support.use_cases import CountedJobs, StoppedClock


async def test_after_a_refusal_the_meeting_has_its_reminders_again(database: Database) -> None:
    await database.run(agency)
    await database.run(decisions.record, HANDOFF, BRIEF)
    handoffs = Handoffs(database=database, clock=StoppedClock(), jobs=CountedJobs())
    form_id = await handoffs.open_form(TEAM, DELEGATE, FormKind.DECLINE, BRIEF.id)

    await handoffs.decline(TEAM, DELEGATE, form_id, "I am away.")

    planned = await database.read(reminders.of_meeting, TEAM, MEETING.id)
    assert [reminder.state for reminder in planned] == [ReminderState.PLANNED, ReminderState.PLANNED]
