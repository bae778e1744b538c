"""Another rhythm as a use case: who may propose it, and that it is proposed once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.services.rhythms import RhythmForms, RhythmInput
from domain.errors import DomainError, FieldErrors, Problem
from domain.words import Option
from messages.rhythm_page import RhythmPage
from storage import decisions, meetings, members, outbox
from storage.database import Database
from storage.rhythms import PROPOSALS
from tests.support.stored import DECISION, MEETING, NOW, OWNER, TEAM, agency, meeting
from tests.support.use_cases import OLGA, CountedJobs, StoppedClock


@pytest.fixture
async def forms(database: Database) -> RhythmForms:
    """A series with Acme of which the last three meetings became calls."""
    await database.run(agency)
    await database.run(members.save, OLGA)
    for days in (7, 14, 21):
        past = meeting(-days, uid=MEETING.uid, occurrence=f"o{days}")
        await database.run(meetings.add, past)
        made = replace(DECISION, id=f"d{days}", meeting_id=past.id, option=Option.CALL)
        await database.run(decisions.record, made, None)
    return service(database)


def service(database: Database) -> RhythmForms:
    return RhythmForms(database=database, clock=StoppedClock(), jobs=CountedJobs(), sends_mail=True)


def filled(page: RhythmPage, **changes: str) -> RhythmInput:
    given = RhythmInput(
        rhythm=page.rhythm.value,
        minutes=str(page.minutes),
        to=", ".join(page.draft.to),
        subject=page.draft.subject,
        body=page.draft.body,
    )
    return replace(given, **changes)


async def proposed(database: Database) -> int:
    return await database.read(lambda session: session.scalar(select(func.count()).select_from(PROPOSALS)) or 0)


async def test_the_same_form_sent_twice_is_one_proposal(forms: RhythmForms, database: Database) -> None:
    page = await forms.open(TEAM, OWNER, MEETING.id)

    answers = [await forms.submit(TEAM, OWNER, page.form_id, filled(page)) for _ in range(2)]

    assert answers == [None, None]
    assert await proposed(database) == 1
    promised = await database.read(outbox.promised, NOW + timedelta(days=1))
    assert [one.work for one in promised if one.subject_id == page.form_id] == ["propose_rhythm"]


async def test_two_forms_that_were_open_at_once_are_one_proposal(forms: RhythmForms, database: Database) -> None:
    pages = [await forms.open(TEAM, OWNER, MEETING.id) for _ in range(2)]
    await forms.submit(TEAM, OWNER, pages[0].form_id, filled(pages[0]))

    with pytest.raises(DomainError) as refused:
        await forms.submit(TEAM, OWNER, pages[1].form_id, filled(pages[1]))

    assert refused.value.problem is Problem.RHYTHM_PROPOSED
    assert await proposed(database) == 1


async def test_nobody_proposes_anything_in_somebody_elses_name(forms: RhythmForms, database: Database) -> None:
    page = await forms.open(TEAM, OWNER, MEETING.id)

    with pytest.raises(DomainError) as refused:
        await forms.open(TEAM, "U2", MEETING.id)
    with pytest.raises(DomainError) as unknown:
        await forms.submit(TEAM, "U2", page.form_id, filled(page))

    assert (refused.value.problem, unknown.value.problem) == (Problem.NOT_YOURS, Problem.FORM_EXPIRED)
    assert await proposed(database) == 0


async def test_what_is_missing_is_said_at_its_field(forms: RhythmForms) -> None:
    page = await forms.open(TEAM, OWNER, MEETING.id)

    with pytest.raises(FieldErrors) as missing:
        await forms.submit(TEAM, OWNER, page.form_id, filled(page, to="", subject="", body=""))
    with pytest.raises(FieldErrors) as wrong:
        await forms.submit(TEAM, OWNER, page.form_id, filled(page, to="ann", subject="x" * 201))

    assert set(missing.value.errors) == {"to", "subject", "body"}
    assert set(wrong.value.errors) == {"to", "subject"}


async def test_a_text_that_no_longer_fits_the_choice_is_shown_before_it_goes_out(
    forms: RhythmForms, database: Database
) -> None:
    page = await forms.open(TEAM, OWNER, MEETING.id)

    again = await forms.submit(TEAM, OWNER, page.form_id, filled(page, rhythm="both"))

    assert again is not None
    assert (again.edition, again.rhythm.value, bool(again.notice)) == (page.edition + 1, "both", True)
    assert again.draft.body != page.draft.body
    assert await proposed(database) == 0
    assert await forms.submit(TEAM, OWNER, page.form_id, filled(again)) is None
    assert await proposed(database) == 1
