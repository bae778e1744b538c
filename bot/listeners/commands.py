"""`/meetdown`: one table from subcommand to handler and help line; every other word looks for a meeting."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import ephemeral_body
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.clients import ClientPages
from bot.listeners.connect import Connect
from bot.listeners.new_meeting import NewMeeting
from bot.listeners.report import ReportPages
from bot.listeners.settings import Settings
from bot.listeners.sick_day import SickDay
from bot.listeners.templates import TemplatePages
from bot.services.meetings import Found, Meetings
from bot.services.memory import Memory
from domain.clock import Clock
from messages import help_page, meeting_list
from messages.blocks import Message
from messages.from_overview import view_of
from messages.help_page import HelpLine
from messages.i18n import N_

LONGEST_WORDS = 300
"""Characters of a command that are read; Slack takes thousands."""

IN_DUTCH = {
    "klanten": "clients",
    "rapport": "report",
    "teksten": "templates",
    "instellingen": "settings",
    "hulp": "help",
}
"""Standing alone they mean the subcommand; with more words they may be the title of a meeting."""

Handler = Callable[[Caller, str, Body], Awaitable[Message | None]]
"""Takes the words after the subcommand; a message is the answer, None means that a modal was opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subcommand:
    handler: Handler
    usage: str
    sentence: str


class Commands:
    def __init__(
        self,
        *,
        callers: Callers,
        meetings: Meetings,
        clients: ClientPages,
        connect: Connect,
        new_meeting: NewMeeting,
        report: ReportPages,
        sick_day: SickDay,
        settings: Settings,
        templates: TemplatePages,
        clock: Clock,
        lists: Memory[tuple[str, str], str],
        sends_mail: bool,
    ) -> None:
        self.clients = clients
        self.connect = connect
        self.new_meeting = new_meeting
        self.report = report
        self.sick_day = sick_day
        self._callers = callers
        self._meetings = meetings
        self._clock = clock
        self._lists = lists
        self._sends_mail = sends_mail
        self._table = self._subcommands(settings, templates)

    def _subcommands(self, settings: Settings, templates: TemplatePages) -> dict[str, Subcommand]:
        """In the order of the help."""
        return {
            "new": Subcommand(
                handler=self.new_meeting.open,
                usage="/meetdown new Acme tomorrow 10:00 90m",
                sentence=N_("enters a meeting that is in no calendar"),
            ),
            "clients": Subcommand(
                handler=self.clients.list,
                usage="/meetdown clients",
                sentence=N_("shows your clients; also: clients tiers, clients archived, clients export"),
            ),
            "connect": Subcommand(
                handler=self.connect.open, usage="/meetdown connect", sentence=N_("connects your calendar")
            ),
            "report": Subcommand(
                handler=self.report.ask,
                usage="/meetdown report",
                sentence=N_("counts the hours you won, beside what clients said to it"),
            ),
            "templates": Subcommand(
                handler=templates.open,
                usage="/meetdown templates",
                sentence=N_("shows the texts that go to clients, and changes them"),
            ),
            "settings": Subcommand(
                handler=settings.open,
                usage="/meetdown settings",
                sentence=N_("changes your reminders, your language and what counts in the workspace"),
            ),
            "help": Subcommand(handler=self.help, usage="/meetdown help", sentence=N_("shows this")),
        }

    async def meetdown(self, ack: AsyncAck, body: dict[str, Any]) -> BoltResponse | None:
        caller = await self._callers.of(body)
        words = str(body.get("text") or "").strip()[:LONGEST_WORDS]
        if not words:
            return _json(await self._coming_json(caller))
        message = await self.answer(caller, words, body)
        if message is None:
            await ack()
            return None
        return _json(_ephemeral_json(message))

    async def _coming_json(self, caller: Caller) -> str:
        """The list as the answer's body. Asked for again within a second, with nothing written, it is the same."""
        key = (caller.team_id, caller.user_id)
        remembered, mark = self._lists.recall(key), self._lists.mark
        if remembered is not None:
            return remembered
        made = _ephemeral_json(await self.coming(caller))
        self._lists.remember(key, made, mark)
        return made

    async def answer(self, caller: Caller, words: str, body: Body) -> Message | None:
        """A subcommand comes first; a client of that name is found by its name in quotation marks."""
        first, _, rest = words.partition(" ")
        name = first.lower() if rest else IN_DUTCH.get(first.lower(), first.lower())
        subcommand = self._table.get(name)
        if subcommand is not None:
            return await subcommand.handler(caller, rest.strip(), body)
        absence = self.sick_day.read(caller, words)
        if absence is not None:
            return await self.sick_day.command(caller, absence, body)
        return await (self.find(caller, _unquoted(words)) if _unquoted(words) else self.coming(caller))

    async def in_conversation(self, caller: Caller, words: str) -> Message:
        """What somebody writes in the DM: there is no trigger to open a modal with, so buttons do that."""
        said = words.strip()[:LONGEST_WORDS]
        first = said.lower().partition(" ")[0]
        if first in {"connect", "new"}:
            return help_page.welcome(caller.t)
        absence = self.sick_day.read(caller, said)
        if absence is not None:
            return await self.sick_day.in_conversation(caller, absence)
        return await self.answer(caller, said, {}) or help_page.welcome(caller.t)

    async def coming(self, caller: Caller) -> Message:
        found = await self._meetings.coming(caller.team_id, caller.user_id)
        return meeting_list.coming(caller.t, found, caller.member.time_zone, self._clock.now())

    async def find(self, caller: Caller, words: str) -> Message:
        found = await self._meetings.find(caller.member, words)
        return self.found(caller, words, found)

    def found(self, caller: Caller, words: str, found: Found) -> Message:
        t, now = caller.t, self._clock.now()
        if found.one is not None:
            return meeting_list.one(t, view_of(found.one, now, mail_sender_configured=self._sends_mail), now)
        if found.several:
            return meeting_list.choice(t, words, found.several, caller.member.time_zone, now)
        return meeting_list.nothing(t, words, now, found.has_calendar)

    async def help(self, caller: Caller, words: str, body: Body) -> Message:
        del words, body
        lines = [
            HelpLine(usage="/meetdown", sentence=N_("shows your coming client meetings")),
            HelpLine(usage="/meetdown acme", sentence=N_("finds the meeting by client, title, person or time")),
            HelpLine(usage="/meetdown today sick", sentence=N_("takes care of all your client meetings in one go")),
        ]
        lines += [HelpLine(usage=entry.usage, sentence=entry.sentence) for entry in self._table.values()]
        return help_page.help_message(caller.t, lines)


def _ephemeral_json(message: Message) -> str:
    return json.dumps({"response_type": "ephemeral", **ephemeral_body(message)}, ensure_ascii=False)


def _json(body: str) -> BoltResponse:
    return BoltResponse(status=200, body=body, headers={"content-type": "application/json;charset=utf-8"})


def _unquoted(words: str) -> str:
    return words.strip(" \"'“”„’‘«»")
