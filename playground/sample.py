"""The sample agency, put where it belongs: people into Slack, clients into the bot, meetings into the calendar."""

import asyncio
from dataclasses import replace

from bot.assembly import Meetdown
from bot.calendars.work_week import week_of
from bot.secret_keys import load_secret_keys
from domain.ids import new_id
from domain.planned import Calendar
from playground import sample_months, sample_offer, sample_past, sample_people, sample_week
from playground.sample_people import OWNER
from playground.state import State
from playground.world import World
from storage import calendars, clients, members, workspaces
from storage.vault import Vault

LOOK_AGAIN_S = 0.1
"""Until the bot has read the calendar for the first time."""


async def connect(world: World, meetdown: Meetdown, state: State) -> None:
    """Once the bot is up: the agency on the first start, later only what changed since."""
    if state.seeded:
        await _follow_the_calendars(world, meetdown)
        world.seeded = True
        return
    await seed(world, meetdown)
    world.in_background(_remember(world, meetdown, state))


async def seed(world: World, meetdown: Meetdown) -> None:
    """What the bot knows at the beginning. Doing it again changes nothing that is there."""
    database, team, now = meetdown.database, world.slack.workspace.id, world.clock.now()
    agency = sample_people.workspace(world.slack)
    people = sample_people.members(world.slack)
    await database.run(workspaces.save, agency)
    for member in people:
        await database.run(members.save, member)
    await database.run(clients.import_all, team, sample_people.clients(team, now))
    week = week_of(people[0], agency)
    for person in people:
        for event in sample_week.entries(person.email, now, week):
            await world.calendar.put(person.user_id, event)
    await database.run(sample_offer.offer, team, now, week)
    await _follow_the_calendars(world, meetdown)
    url = world.calendar.feed_url(OWNER)
    if not await database.read(calendars.url_known, team, OWNER, url):
        calendar = Calendar(id=new_id(), team_id=team, owner_id=OWNER, url=url, next_sync_at=now, connected_at=now)
        await database.run(calendars.add, _vault(meetdown), calendar)
    meetdown.planner.poke()


async def _remember(world: World, meetdown: Meetdown, state: State) -> None:
    """The past is known once the calendar was read; then what was decided about it can be told."""
    team = world.slack.workspace.id
    while True:
        known = await meetdown.database.read(calendars.of_member, _vault(meetdown), team, OWNER)
        if any(calendar.synced_at for calendar in known):
            break
        await asyncio.sleep(LOOK_AGAIN_S)
    await meetdown.database.run(sample_past.remember, team)
    await meetdown.database.run(sample_months.remember, team, world.clock.now())
    state.seeded = world.seeded = True
    world.slack.store.changed()


async def _follow_the_calendars(world: World, meetdown: Meetdown) -> None:
    """The calendars may be served at another port than last time: what the bot reads has to go along."""
    team, now, vault = world.slack.workspace.id, world.clock.now(), _vault(meetdown)
    for owner in world.calendar.owners:
        url = world.calendar.feed_url(owner.user_id)
        for calendar in await meetdown.database.read(calendars.of_member, vault, team, owner.user_id):
            if calendar.url != url and owner.secret in calendar.url:
                await meetdown.database.run(calendars.remove, team, owner.user_id, calendar.id, now)
                moved = replace(calendar, id=new_id(), url=url, etag="", last_modified="", next_sync_at=now)
                await meetdown.database.run(calendars.add, vault, moved)


def _vault(meetdown: Meetdown) -> Vault:
    return Vault(load_secret_keys(meetdown.settings))
