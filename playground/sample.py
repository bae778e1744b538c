"""The sample agency, put where it belongs: people into Slack, clients into the bot, meetings into the calendar."""

from bot.calendars.work_week import week_of
from bot.secret_keys import load_secret_keys
from domain.planned import Calendar
from domain.policy import Policy
from playground import sample_people, sample_week
from playground.sample_people import OWNER
from playground.state import State
from playground.world import World
from storage import calendars, clients, members, workspaces
from storage.vault import Vault


async def connect(world: World, state: State) -> None:
    """Once the bot is up: the agency on the first start, later only what changed since."""
    if not state.seeded:
        await seed(world)
        state.seeded = True


async def seed(world: World) -> None:
    """What the bot knows at the beginning. Doing it again changes nothing that is there."""
    meetdown = world.meetdown
    if meetdown is None:
        raise RuntimeError("the bot is not running")
    database, team, now = meetdown.database, world.slack.workspace.id, world.clock.now()
    vault = Vault(load_secret_keys(meetdown.settings))
    agency = sample_people.workspace(world.slack)
    people = sample_people.members(world.slack)
    await database.run(workspaces.save, agency)
    for member in people:
        await database.run(members.save, member)
    await database.run(clients.import_all, team, sample_people.clients(team, now))
    week = week_of(people[0], agency, Policy())
    for event in sample_week.entries(now, week):
        await world.calendar.put(OWNER, event)
    url = world.calendar.feed_url(OWNER)
    if not await database.read(calendars.url_known, team, OWNER, url):
        calendar = Calendar(id=f"sample-{OWNER}", team_id=team, owner_id=OWNER, url=url, next_sync_at=now)
        await database.run(calendars.add, vault, calendar)
    meetdown.planner.poke()
