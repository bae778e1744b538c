"""`/meetdown new`: a meeting by hand."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import modal_of
from bot.services.by_hand import ByHand, ByHandInput
from domain.errors import FieldErrors
from messages.blocks import Message
from messages.new_meeting_page import new_meeting_modal


class NewMeeting:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        by_hand: ByHand,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._by_hand = by_hand

    async def open(self, caller: Caller, words: str, body: Body) -> Message | None:
        form = await self._by_hand.open(caller.member, words)
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
            await self._by_hand.submit(caller.member, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="clear")
