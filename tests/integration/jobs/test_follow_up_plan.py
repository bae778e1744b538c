"""When follow-ups are due, by the holidays that count for their owner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.jobs.follow_up_plan import plan
from domain.member import Member, Workspace
from storage import clients, meetings, members, overviews
from storage.database import Database
from tests.support.stored import ACME, DECISION, MEETING, OWNER, TEAM

FRIDAY = datetime(2026, 4, 24, 9, 0, tzinfo=UTC)
"""Before King's Day, a Monday on which the Netherlands do not work."""


async def test_the_holidays_of_the_workspace_count_where_the_owners_country_is_unknown(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    starts_at = FRIDAY + timedelta(days=14)
    await database.run(clients.add, ACME)
    await database.run(members.save, Member(team_id=TEAM, user_id=OWNER, time_zone="UTC"))
    await database.run(meetings.add, replace(MEETING, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)))
    overview = await database.read(overviews.load, TEAM, MEETING.id, FRIDAY)
    await database.close()

    (confirm,) = plan(replace(DECISION, made_at=FRIDAY), overview, Workspace(team_id=TEAM, country="NL"))

    assert confirm.due_at == datetime(2026, 4, 28, 9, 0, tzinfo=UTC)
