"""Acts on the playground itself: the clock, the calendar, the fault switches."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground.clock import FURTHEST
from playground.page.entered import LOCAL
from playground.page.switches import flip
from playground.page.world import World
from playground.person import Person

Tool = Callable[[Person, Mapping[str, Any]], Awaitable[str]]


class Trouble(Exception):  # noqa: N818 - an answer, not a failure of ours
    """What was asked for cannot be done; the message says why, to be shown as it is."""


class Tools:
    def __init__(self, world: World) -> None:
        self._world = world
        self._moving = asyncio.Lock()
        self._tools: dict[str, Tool] = {
            "clock": self._clock,
            "fault": self._fault,
            "entry_add": self._add,
            "entry_move": self._move,
            "entry_cancel": self._cancel,
        }

    def named(self, name: str) -> Tool:
        """LookupError for an unknown name. The tool answers what to tell the person, if anything, or raises Trouble."""
        return self._tools[name]

    async def _clock(self, person: Person, given: Mapping[str, Any]) -> str:
        wanted = str(given.get("value"))
        if self._moving.locked():
            raise Trouble("The clock is on its way already. Wait until it is there.")
        async with self._moving:
            due = await self._world.next_due() if wanted == "next" else None
            try:
                await self._move_clock(wanted, due)
            except ValueError:
                raise Trouble("The clock does not go that far.") from None
        now = self._world.clock.now().astimezone(ZoneInfo(person.user.tz))
        return f"It is {now:%A} {now.day} {now:%B}, {now:%H:%M}."

    async def _move_clock(self, wanted: str, due: datetime | None) -> None:
        clock = self._world.clock
        if wanted == "now":
            clock.back_to_now()
        elif wanted == "next" and due is None:
            raise Trouble("Nothing is due: no reminder and no follow-up is planned.")
        elif due is not None:
            await self._world.travel(max(due, clock.now()))
        elif re.fullmatch(r"\+\d{1,6}", wanted):
            await self._world.travel(clock.now() + timedelta(minutes=int(wanted)))
        else:
            raise Trouble("The clock cannot be moved like that.")

    async def _fault(self, person: Person, given: Mapping[str, Any]) -> str:
        del person
        try:
            flip(self._world.slack.faults, str(given.get("value")))
        except LookupError:
            raise Trouble("There is no such switch.") from None
        return ""

    async def _add(self, person: Person, given: Mapping[str, Any]) -> str:
        start, title = self._moment(person, given), str(given.get("title", "")).strip()
        if not title:
            raise Trouble("An entry needs a title.")
        try:
            minutes = int(str(given.get("minutes")))
        except ValueError:
            raise Trouble("How many minutes does it take?") from None
        attendees = [one for one in re.split(r"[\s,;]+", str(given.get("attendees", ""))) if one]
        wrong = [one for one in attendees if not re.fullmatch(r"[^@\s]+@[^@\s]+", one)]
        if wrong:
            raise Trouble(f"{wrong[0]} is not an e-mail address.")
        if not 5 <= minutes <= 1440:
            raise Trouble("An entry takes from 5 minutes to a day.")
        await self._world.calendar.add(
            person.user.id,
            title=title[:200],
            starts_at=start,
            ends_at=start + timedelta(minutes=minutes),
            location=str(given.get("location", "")).strip()[:200],
            attendees=attendees,
        )
        return "Added. The bot sees it when it reads the calendar next."

    async def _move(self, person: Person, given: Mapping[str, Any]) -> str:
        entry_id, start = str(given.get("value")), self._moment(person, given)
        for entry in await self._world.calendar.entries(person.user.id):
            if entry.id == entry_id:
                end = start + (entry.ends_at - entry.starts_at)
                await self._changed(self._world.calendar.move(person.user.id, entry_id, starts_at=start, ends_at=end))
                return f"{entry.title} was moved."
        raise Trouble("This entry is no longer there.")

    async def _cancel(self, person: Person, given: Mapping[str, Any]) -> str:
        await self._changed(self._world.calendar.cancel(person.user.id, str(given.get("value"))))
        return "Cancelled."

    async def _changed(self, change: Awaitable[None]) -> None:
        try:
            await change
        except LookupError:
            raise Trouble("This entry is no longer there.") from None
        except ValueError as error:
            raise Trouble(str(error)) from None

    def _moment(self, person: Person, given: Mapping[str, Any]) -> datetime:
        try:
            moment = datetime.strptime(str(given.get("starts_at")), LOCAL).replace(tzinfo=ZoneInfo(person.user.tz))
        except ValueError:
            raise Trouble("When? Choose a day and a time.") from None
        if abs(moment - self._world.clock.now()) > FURTHEST:
            raise Trouble("Choose a day that is nearer.")
        return moment
