"""What a form is filled in with at first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.services.option_pages import prefilled
from domain.member import Member, Workspace
from domain.words import Option
from storage import clients, meetings, members, overviews
from storage.database import Database
from tests.support.stored import ACME, MEETING, OWNER, TEAM

FRIDAY = datetime(2026, 4, 24, 9, 0, tzinfo=UTC)
"""Before King's Day, a Monday on which the Netherlands do not work."""


async def test_the_next_contact_is_not_on_a_holiday_of_the_workspace(database: Database) -> None:
    await database.run(clients.add, ACME)
    await database.run(members.save, Member(team_id=TEAM, user_id=OWNER, time_zone="UTC"))
    await database.run(meetings.add, replace(MEETING, starts_at=FRIDAY, ends_at=FRIDAY + timedelta(hours=1)))
    overview = await database.read(overviews.load, TEAM, MEETING.id, FRIDAY - timedelta(days=3))

    given = [
        prefilled(overview, workspace, Option.EMAIL).next_contact
        for workspace in (Workspace(team_id=TEAM, country="NL"), None)
    ]

    assert given == ["2026-04-28", "2026-04-27"]
