"""`/meetdown today sick`: all client meetings of an absence, in two windows and one message."""

import asyncio
import weakref
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.calendars.work_week import zone_of
from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import action_of, id_of, modal_of, response_url_of
from bot.services.sick_day import SickDays
from bot.services.sick_day_input import DraftsInput, SickInput
from bot.services.sick_day_words import Absence, read_absence
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors
from domain.sick_day import REASONS
from domain.words import Reason
from messages import mistakes
from messages.blocks import Message
from messages.ids import unpack
from messages.problems import problem
from messages.sick_page import nothing_to_do, offer, sick_modal
from messages.sick_page_bundle import undone_sentence
from messages.sick_page_drafts import SickDrafts, drafts_modal


class SickDay:
    def __init__(self, *, callers: Callers, answers: Answers, sick_days: SickDays, clock: Clock) -> None:
        self._callers = callers
        self._answers = answers
        self._sick_days = sick_days
        self._clock = clock
        self._revising: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    def read(self, caller: Caller, words: str) -> Absence | None:
        """Whether the words say that somebody cannot work; else they are for somebody else to read."""
        member = caller.member
        return read_absence(words, now=self._clock.now(), zone=zone_of(member.time_zone), locale=member.locale)

    async def command(self, caller: Caller, absence: Absence, body: Body) -> Message | None:
        page = await self._sick_days.open(caller.member, absence, response_url=response_url_of(body))
        if not page.rows:
            return nothing_to_do(caller.t, page)
        await self._answers.open(caller.team_id, body, sick_modal(caller.t, page))
        return None

    async def in_conversation(self, caller: Caller, absence: Absence) -> Message:
        """There is no trigger to open a window with, so a button does that."""
        page = await self._sick_days.look(caller.member, absence)
        return offer(caller.t, page) if page.rows else nothing_to_do(caller.t, page)

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        told = await self.command(caller, _absence(str(action_of(body).get("value", ""))), body)
        if told is not None:
            await self._answers.tell(body, told)
        await ack()

    async def rest(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        page = await self._sick_days.open_rest(caller.member, id_of(body))
        if page.rows:
            await self._answers.open(caller.team_id, body, sick_modal(caller.t, page))
        else:
            await self._answers.tell(body, nothing_to_do(caller.t, page))
        await ack()

    async def revised(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        # One after the other, and without Slack's hash: of two quick choices the later one is shown in the end.
        async with self._revising.setdefault(modal.form_id, asyncio.Lock()):
            page = await self._sick_days.revise(caller.member, modal.form_id, SickInput.of(modal.values))
            await self._answers.update(caller.team_id, modal.view_id, sick_modal(caller.t, page))
        await ack()

    async def proposed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            page = await self._sick_days.propose(caller.member, modal.form_id, SickInput.of(modal.values))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="push", view=drafts_modal(caller.t, page))

    async def confirmed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The jobs post the message with everything in it."""
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            done = await self._sick_days.confirm(caller.member, modal.form_id, DraftsInput.of(modal.values))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        if isinstance(done, SickDrafts):
            await ack(response_action="update", view=drafts_modal(caller.t, done))
            return
        await ack(response_action="clear")

    async def undo_all(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The jobs bring the messages up to date; what could not be undone is told here as well."""
        caller = await self._callers.of(body)
        undone = await self._sick_days.undo(caller.member, id_of(body))
        refused = tuple((overview, problem(caller.t, DomainError(code))) for overview, code in undone.refused)
        text = undone_sentence(caller.t, undone.count, refused)
        await self._answers.tell(body, mistakes.ephemeral(caller.t, text))
        await ack()


def _absence(value: str) -> Absence:
    """What the button of the conversation carries. It comes back untrusted: nonsense is today's illness."""
    code, day = unpack(value, 2) or ("", "")
    try:
        last_day = date.fromisoformat(day)
    except ValueError:
        last_day = None
    return Absence(
        reason=next((reason for reason in REASONS if reason.value == code), Reason.ILLNESS), last_day=last_day
    )
