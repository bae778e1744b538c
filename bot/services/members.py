"""Who somebody is: their name, language and zone, as Slack has them, remembered for a day."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.work_week import territory_of
from bot.services import contact_details
from bot.services.memory import Memory
from bot.slack.people import People
from bot.slack.person import Person
from bot.slack.problems import SlackCode, SlackProblem
from domain.client import Client
from domain.clock import Clock
from domain.member import Member
from storage import members, outbox
from storage.database import Database
from storage.outbox import Work

ANSWER_WITHIN_S = 1.0
"""Seconds that a profile is waited for: Slack takes an answer to a command for 3 s."""
FRESH_FOR = timedelta(hours=24)
"""After this a profile is read again; a `user_change` event makes it stale at once."""
ROLE_FRESH_FOR = timedelta(hours=1)
"""The same for what only administrators do."""


class Members:
    def __init__(self, *, database: Database, people: People, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._clock = clock
        self._remembered: Memory[tuple[str, str], Member] = Memory(database)

    async def known(self, team_id: str, user_id: str) -> Member | None:
        """As stored, however old."""
        return await self._database.read(members.get, team_id, user_id)

    async def know(self, team_id: str, user_id: str) -> Member:
        """The member, asked of Slack where nothing (or nothing fresh) is known.

        Where Slack cannot be asked the old profile serves, or one with Slack's defaults: a command is answered.
        """
        remembered = self._remembered.recall((team_id, user_id))
        if remembered is not None:
            return remembered
        mark = self._remembered.mark
        member = await self.known(team_id, user_id)
        if member is not None and self._is_fresh(member):
            self._remembered.remember((team_id, user_id), member, mark)
            return member
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                person = await self._people.person(team_id=team_id, user_id=user_id)
        except (SlackProblem, TimeoutError):
            return member or Member(team_id=team_id, user_id=user_id)
        return await self._save(team_id, person)

    async def is_admin(self, team_id: str, user_id: str) -> bool:
        """By what Slack said in the last hour. Raises SlackProblem where it must be asked and cannot be: nobody
        administers on the word of yesterday.
        """
        member = await self.known(team_id, user_id)
        if member is None or not self._is_fresh(member, ROLE_FRESH_FOR):
            self._people.changed(team_id=team_id, user_id=user_id)
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    person = await self._people.person(team_id=team_id, user_id=user_id)
            except TimeoutError:
                raise SlackProblem(SlackCode.UNREACHABLE, method="users.info") from None
            member = await self._save(team_id, person)
        return member.is_admin

    async def name_of(self, team_id: str, user_id: str) -> str:
        """As Slack has it now, of somebody who may be no member of ours; empty where Slack does not say."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return (await self._people.person(team_id=team_id, user_id=user_id)).name
        except (SlackProblem, TimeoutError):
            return ""

    async def changed(self, team_id: str, user_id: str) -> None:
        """Slack says that the profile is another one now; only members we know are read again."""
        self._people.changed(team_id=team_id, user_id=user_id)
        if await self.known(team_id, user_id) is None:
            return
        await self._save(team_id, await self._people.person(team_id=team_id, user_id=user_id))

    async def _save(self, team_id: str, person: Person) -> Member:
        return await self._database.run(_save, team_id, person, self._clock.now())

    def _is_fresh(self, member: Member, within: timedelta = FRESH_FOR) -> bool:
        return member.refreshed_at is not None and self._clock.now() - member.refreshed_at < within


def _save(session: Session, team_id: str, person: Person, now: datetime) -> Member:
    known = members.get(session, team_id, person.id)
    saved = members.save_profile(
        session,
        team_id=team_id,
        user_id=person.id,
        name=person.name,
        email=person.email.lower(),
        locale=person.locale,
        time_zone=person.time_zone,
        now=now,
        is_admin=person.is_admin,
    )
    if known is not None and known.time_zone != saved.time_zone:
        # Days and nights are those of another place now.
        outbox.promise(session, team_id, Work.PLAN_REMINDERS, person.id, now, edition=f"{now:%Y%m%dT%H%M%S%f}")
    return saved


def region_of(member: Member, client: Client | None) -> str:
    """The country (ISO 3166) in which a phone number without a country code is meant."""
    territory = territory_of((client.time_zone if client else "") or member.time_zone)
    return contact_details.region_of(client.language if client else member.language, territory)
