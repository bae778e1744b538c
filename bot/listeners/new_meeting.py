"""`/meetdown new`: a meeting by hand."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.background import Background
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import modal_of, response_url_of
from bot.services.by_hand import ByHand, ByHandInput
from domain.clock import Clock
from domain.errors import FieldErrors
from domain.overview import Overview
from messages.blocks import Message
from messages.from_overview import view_of
from messages.new_meeting_page import created, new_meeting_modal


class NewMeeting:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        by_hand: ByHand,
        background: Background,
        clock: Clock,
        sends_mail: bool,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._by_hand = by_hand
        self._background = background
        self._clock = clock
        self._sends_mail = sends_mail

    async def open(self, caller: Caller, words: str, body: Body) -> Message | None:
        form = await self._by_hand.open(caller.member, words, response_url=response_url_of(body))
        view = new_meeting_modal(caller.t, form.form_id, form.prefill, form.clients, form.zone)
        await self._answers.open(caller.team_id, body, view)
        return None

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await self.open(await self._callers.of(body), "", body)
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        given = ByHandInput(
            client_text=modal.text("client"),
            title=modal.text("title"),
            day=modal.text("date"),
            at=modal.text("time"),
            minutes=modal.text("minutes"),
            place=modal.text("place"),
            contact_name=modal.text("contact_name"),
            contact_email=modal.text("contact_email"),
            phone=modal.text("phone"),
        )
        try:
            entered = await self._by_hand.submit(caller.member, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        origin = await self._by_hand.origin(caller.member, modal.form_id)
        self._background.start(self._show(caller, origin, entered))
        await ack(response_action="clear")

    async def _show(self, caller: Caller, origin: str, entered: Overview) -> None:
        """The new meeting with its buttons, below the command or the button that it began with."""
        now = self._clock.now()
        view = view_of(entered, now, mail_sender_configured=self._sends_mail)
        await self._answers.tell_at(origin, created(caller.t, view, now))
