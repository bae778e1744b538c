"""The page's regions as HTML: those that change by themselves are sent again over the live connection."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from playground import modals
from playground.page import inspector
from playground.page.guide import Guide
from playground.page.manifest import Features
from playground.page.scene import HOME, PANES, Address, Scene, person
from playground.page.switches import SWITCHES
from playground.page.templating import blocks_for, environment
from playground.page.world import PageEntry, World
from playground.records import Channel, Ephemeral, Message, User, View

PANE_MARKS: Mapping[str, str] = {"clock": "🕒", "mail": "✉", "calendar": "📅", "faults": "⚡", "inspector": "{}"}
REGIONS = ("sidebar", "head", "guide", "messages", "composer", "pane", "modal")
CALENDAR_SECONDS = 5.0
"""The longest the calendar may take before the pane says so."""


class Gone(LookupError):  # noqa: N818 - reads as what happened
    """The address names a person or a conversation that is not there."""


class Regions:
    def __init__(self, world: World, features: Features) -> None:
        self._world = world
        self._features = features
        self._guide = Guide(world)
        self._templates = environment()
        self._entries: dict[str, Sequence[PageEntry]] = {}

    def forget_calendars(self) -> None:
        """Read the entries anew when they are shown next: they may have changed."""
        self._entries.clear()

    def scene(self, address: Address) -> Scene:
        try:
            return Scene(self._world.slack.store, person(self._world.slack.store, address.user_id))
        except LookupError as error:
            raise Gone(address.user_id) from error

    def channel(self, scene: Scene, address: Address) -> Channel:
        """The conversation at the address; the Home tab belongs to the DM with the bot."""
        if address.place in ("", HOME):
            return scene.dm
        channel = scene.store.channels.get(address.place)
        if channel is None or scene.user.id not in channel.members:
            raise Gone(address.place)
        return channel

    async def render(self, address: Address) -> dict[str, str]:
        """Each region's HTML. Gone where the address leads nowhere."""
        scene = self.scene(address)
        values = {**self._common(scene, address), **await self._in_pane(scene, address)}
        return {name: self._templates.get_template(f"{name}.html").render(values) for name in REGIONS}

    async def page(self, address: Address) -> str:
        scene = self.scene(address)
        regions = {name: Markup(html) for name, html in (await self.render(address)).items()}
        commands = [
            {"name": one.name, "about": one.about, "usage": one.usage, "words": list(one.words)}
            for one in self._features.commands
        ]
        page = self._templates.get_template("page.html")
        return page.render(scene=scene, address=address, regions=regions, commands=commands)

    def _common(self, scene: Scene, address: Address) -> dict[str, Any]:
        channel = self.channel(scene, address)
        now = self._world.clock.now()
        return {
            **blocks_for(scene),
            "scene": scene,
            "address": address,
            "channel": channel,
            "lines": scene.lines(channel),
            "thread": scene.thread(channel, address.thread) if address.thread else [],
            "panes": PANES,
            "pane_marks": PANE_MARKS,
            "has_home": self._features.has_home or scene.home is not None,
            "shortcuts": [one for one in self._features.shortcuts if one.on_message],
            "steps": self._guide.steps(scene.user),
            "now": now.astimezone(scene.zone),
            "now_ms": int(self._world.clock.offset.total_seconds() * 1000),
            "moved": _described(self._world.clock.offset),
            "tone": _tone,
            "local": lambda moment: moment.astimezone(scene.zone),
            **self._modal(scene),
        }

    def _modal(self, scene: Scene) -> dict[str, Any]:
        view: View | None = modals.top(scene.store, scene.user.id)
        return {"view": view, "depth": len(scene.store.stacks.get(scene.user.id, []))}

    async def _in_pane(self, scene: Scene, address: Address) -> dict[str, Any]:
        if address.pane == "clock":
            due = await self._world.next_due()
            return {"due": due.astimezone(scene.zone) if due else None}
        if address.pane == "mail":
            mails = list(reversed(self._world.mailbox.mails))
            return {"mails": mails, "mail": next((one for one in mails if one.id == address.about), None)}
        if address.pane == "calendar":
            return await self._calendar(scene)
        if address.pane == "faults":
            faults = self._world.slack.faults
            return {
                "switches": [
                    {"name": one.name, "title": one.title, "about": one.about, "on": one.is_on(faults)}
                    for one in SWITCHES
                ]
            }
        if address.pane == "inspector":
            return self._inspected(scene, address)
        return {}

    async def _calendar(self, scene: Scene) -> dict[str, Any]:
        user, trouble = scene.user, ""
        if user.id not in self._entries:
            try:
                async with asyncio.timeout(CALENDAR_SECONDS):
                    self._entries[user.id] = await self._world.calendar.entries(user.id)
            except (OSError, LookupError, TimeoutError) as error:
                trouble = f"The calendar does not answer: {error}"
        tomorrow = (self._world.clock.now() + timedelta(days=1)).astimezone(scene.zone)
        return {
            "entries": self._entries.get(user.id, []),
            "feed": self._world.calendar.feed_url(user.id),
            "trouble": trouble,
            "tomorrow": tomorrow.strftime("%Y-%m-%dT10:00"),
        }

    def _inspected(self, scene: Scene, address: Address) -> dict[str, Any]:
        slack = self._world.slack
        everything: list[Message | Ephemeral] = [*scene.store.messages, *scene.store.ephemerals]
        shown = next((one for one in everything if one.ts == address.about), None)
        return {
            "inspected": inspector.as_json(shown.payload) if shown else "",
            "violations": [str(found) for found in slack.violations[-20:]],
            "traffic": inspector.traffic(slack, address.about),
        }


def _described(offset: timedelta) -> str:
    """How far the clock was moved, in words; empty for less than a second."""
    seconds = round(offset.total_seconds())
    days, rest = divmod(abs(seconds), 86_400)
    hours, minutes = divmod(rest // 60, 60)
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    return ("−" if seconds < 0 else "") + (" ".join(parts) or f"{rest} s") if seconds else ""


def _tone(user: User) -> int:
    """One of six colours, the same for a person each time."""
    return sum(map(ord, user.id)) % 6
