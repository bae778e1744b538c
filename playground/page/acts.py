"""What a person does on the page: each act is one small JSON post, and changes the world, not the page.

What changed reaches every open page over the live connection; the answer only says what went wrong.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground import modals
from playground.page import entered, scene
from playground.page.manifest import Features
from playground.page.tools import Tools, Trouble
from playground.page.world import World
from playground.person import Person, Reply
from playground.records import Channel, Ephemeral, Json, Message, Surface, View
from playground.screen import NotOnScreen
from playground.submission import BotMistake

NOT_CONNECTED = "We had some trouble connecting. Try again?"
LONGEST_TEXT = 40_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    notice: str = ""
    """What the person is told; empty where the page itself shows it."""
    found: list[Json] = field(default_factory=list)
    """Suggestions."""
    ok: bool = True
    """False: what was done failed, and what was typed should stay."""


Act = Callable[[Person, Mapping[str, Any]], Awaitable[Outcome]]


class Acts:
    def __init__(self, world: World, features: Features) -> None:
        self._world = world
        self._store = world.slack.store
        self._features = features
        self._tools = Tools(world)
        self._acts: dict[str, Act] = {
            "say": self._say,
            "click": self._click,
            "choose": self._choose,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "close_all": self._close,
            "shortcut": self._shortcut,
            "open_home": self._open_home,
        }

    async def do(self, user_id: str, given: Mapping[str, Any]) -> Outcome:
        """LookupError for an act or a person that is not known."""
        person = self._world.slack.as_user(scene.person(self._store, user_id).id)
        act = self._acts.get(str(given.get("act"))) or self._tool(str(given.get("act")))
        try:
            return await act(person, given)
        except NotOnScreen:
            return Outcome(notice="This was changed meanwhile. Look again, please.", ok=False)
        except BotMistake as mistake:
            return Outcome(notice=f"{NOT_CONNECTED} (The bot answered what Slack does not take: {mistake})", ok=False)
        except Trouble as trouble:
            return Outcome(notice=str(trouble), ok=False)
        except (LookupError, ValueError, OverflowError) as error:
            return Outcome(notice=f"This cannot be entered: {error}", ok=False)
        finally:
            self._store.changed()

    def _tool(self, name: str) -> Act:
        use = self._tools.named(name)

        async def act(person: Person, given: Mapping[str, Any]) -> Outcome:
            return Outcome(notice=await use(person, given))

        return act

    # Writing

    async def _say(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        text, thread_ts = str(given.get("text", "")).strip()[:LONGEST_TEXT], str(given.get("thread") or "")
        if not text:
            return Outcome()
        channel = self._channel(person, str(given.get("place", "")))
        if text.startswith("/"):
            return await self._command(person, channel, text, in_thread=bool(thread_ts))
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if channel.kind != "im":
            person.write(channel, escaped, thread_ts=thread_ts)
            return Outcome()
        if not self._store.app.messages_tab:
            return Outcome(notice="Sending messages to this app has been turned off.", ok=False)
        await person.send_dm(escaped, thread_ts=thread_ts)
        return Outcome()

    async def _command(self, person: Person, channel: Channel, text: str, *, in_thread: bool) -> Outcome:
        command, _, rest = text.partition(" ")
        if command not in {one.name for one in self._features.commands}:
            return Outcome(notice=f"{command} is not a valid command.", ok=False)
        if in_thread:
            return Outcome(notice=f"{command} is not supported in threads. Sorry!", ok=False)
        reply = await person.command(command, rest.strip(), channel=channel.id)
        if reply.error:
            return Outcome(notice=f"{command} failed with the error “{reply.error}”", ok=False)
        return Outcome()

    # On a message, a modal or the Home tab

    async def _click(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        on = self._surface(person, given)
        self._enter(person, on, given)
        block, element = entered.spot_at(on, str(given.get("block")), str(given.get("action")))
        if element["type"] == "overflow":
            return _told(await person.choose(on, (block, element), given.get("value")))
        clicked = await person.click(
            on, action_id=element["action_id"], block_id=block["block_id"], value=given.get("value") or None
        )
        return _told(clicked)

    async def _choose(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        """A value was entered; the bot hears of it where Slack would tell it."""
        on = self._surface(person, given)
        self._enter(person, on, given)
        spot = entered.spot_at(on, str(given.get("block")), str(given.get("action")))
        value = entered.as_slack_has_it(spot[1], given.get("value"), person.user.tz)
        return _told(await person.choose(on, spot, value))

    async def _suggest(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        on = self._surface(person, given)
        spot = entered.spot_at(on, str(given.get("block")), str(given.get("action")))
        return Outcome(found=await person.suggestions(on, spot, str(given.get("value", ""))))

    async def _submit(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        view = self._modal(person, given)
        self._enter(person, view, given)
        reply = await person.submit(view)
        return Outcome(ok=not reply.errors) if not reply.error else Outcome(notice=NOT_CONNECTED, ok=False)

    async def _close(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        await person.close_view(self._modal(person, given), all_of_them=given.get("act") == "close_all")
        return Outcome()

    async def _shortcut(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        on = self._surface(person, given)
        if not isinstance(on, Message):
            raise NotOnScreen("no message")
        return _told(await person.message_shortcut(str(given.get("value")), on))

    async def _open_home(self, person: Person, given: Mapping[str, Any]) -> Outcome:
        del given
        return _told(await person.open_home())

    # Finding

    def _channel(self, person: Person, place: str) -> Channel:
        if place in ("", scene.HOME):
            return person.dm
        channel = self._store.channels.get(place)
        if channel is None or person.user.id not in channel.members:
            raise NotOnScreen(place)
        return channel

    def _surface(self, person: Person, given: Mapping[str, Any]) -> Surface:
        """`message:CHANNEL:TS`, `ephemeral:CHANNEL:TS` or `view:ID`, of which the person must see it."""
        kind, _, rest = str(given.get("surface", "")).partition(":")
        if kind == "view":
            return self._view(person, rest)
        place, _, ts = rest.partition(":")
        channel = self._channel(person, place)
        shown: Message | Ephemeral | None = self._store.message(channel.id, ts)
        if kind == "ephemeral":
            shown = next((one for one in person.ephemerals if (one.channel, one.ts) == (channel.id, ts)), None)
        if shown is None:
            raise NotOnScreen(ts)
        return shown

    def _view(self, person: Person, view_id: str) -> View:
        for view in (modals.top(self._store, person.user.id), person.home):
            if view is not None and view.id == view_id:
                return view
        raise NotOnScreen(view_id)

    def _modal(self, person: Person, given: Mapping[str, Any]) -> View:
        view = self._surface(person, given)
        if not isinstance(view, View) or view.type != "modal":
            raise NotOnScreen("no modal")
        return view

    def _enter(self, person: Person, on: Surface, given: Mapping[str, Any]) -> None:
        values = given.get("values")
        entered.enter(on, person.held(on), values if isinstance(values, Mapping) else {}, person.user.tz)


def _told(reply: Reply) -> Outcome:
    return Outcome(notice=NOT_CONNECTED, ok=False) if reply.error else Outcome()
