"""What the judgement is told of who called a meeting."""

from dataclasses import replace

import pytest

from domain.assessment_facts import Organiser
from domain.meeting import Attendee
from domain.member import Member
from storage import clients, meetings, members, overviews
from storage.database import Database
from tests.support.stored import ACME, MEETING, NOW, OWNER, TEAM


@pytest.mark.parametrize(
    ("own", "organiser", "called_by"),
    [
        ("olga@agency.example", "olga@agency.example", Organiser.OWNER),
        ("olga@agency.example", "paul@agency.example", Organiser.COLLEAGUE),
        ("olga@agency.example", "ann@mail.acme.example", Organiser.CLIENT),
        ("olga@gmail.com", "ann@gmail.com", Organiser.CLIENT),
    ],
)
async def test_who_called_a_meeting_is_told_by_the_address(
    database: Database, own: str, organiser: str, called_by: Organiser
) -> None:
    await database.run(clients.add, ACME)
    await database.run(members.save, Member(team_id=TEAM, user_id=OWNER, email=own))
    await database.run(meetings.add, replace(MEETING, organiser=Attendee(email=organiser)))

    overview = await database.read(overviews.load, TEAM, MEETING.id, NOW)

    assert overview.facts.organiser is called_by
