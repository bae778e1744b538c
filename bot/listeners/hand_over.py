"""Both sides of a hand-over: the delegate's buttons, and the owner's answer to a question."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Callers
from bot.listeners.payload import action_of, id_of, modal_of
from bot.services.handoffs import Handoffs
from domain.brief import CheckItem
from domain.errors import FieldErrors
from domain.planned import FormKind
from messages.brief_answers import answer_modal, ask_modal, decline_modal
from messages.brief_pages import whole_brief_modal
from messages.ids import unpack


class HandOverButtons:
    def __init__(self, *, callers: Callers, answers: Answers, handoffs: Handoffs) -> None:
        self._callers = callers
        self._answers = answers
        self._handoffs = handoffs

    async def accept(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._handoffs.accept(caller.team_id, caller.user_id, id_of(body))
        await ack()

    async def ask(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, brief_id = await self._callers.of(body), id_of(body)
        await self._handoffs.look(caller.team_id, caller.user_id, brief_id)
        form_id = await self._handoffs.open_form(caller.team_id, caller.user_id, FormKind.ASK, brief_id)
        await self._answers.open(caller.team_id, body, ask_modal(caller.t, form_id))
        await ack()

    async def decline(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, brief_id = await self._callers.of(body), id_of(body)
        await self._handoffs.look(caller.team_id, caller.user_id, brief_id)
        form_id = await self._handoffs.open_form(caller.team_id, caller.user_id, FormKind.DECLINE, brief_id)
        await self._answers.open(caller.team_id, body, decline_modal(caller.t, form_id))
        await ack()

    async def answer(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, question_id = await self._callers.of(body), id_of(body)
        question = await self._handoffs.question(caller.team_id, caller.user_id, question_id)
        form_id = await self._handoffs.open_form(caller.team_id, caller.user_id, FormKind.ANSWER, question_id)
        await self._answers.open(caller.team_id, body, answer_modal(caller.t, form_id, question))
        await ack()

    async def whole_brief(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        handover = await self._handoffs.look(caller.team_id, caller.user_id, id_of(body))
        await self._answers.open(caller.team_id, body, whole_brief_modal(caller.t, handover.brief))
        await ack()

    async def ticked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Slack keeps what it shows; what is stored is shown again whenever the message changes."""
        caller, action = await self._callers.of(body), action_of(body)
        named = unpack(str(action.get("block_id", "")), 2)
        values = {str(option.get("value", "")) for option in action.get("selected_options") or []}
        ticked = frozenset(item for item in CheckItem if item.value in values)
        await self._handoffs.tick(caller.team_id, caller.user_id, named[1] if named else "", ticked)
        await ack()

    async def asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            await self._handoffs.ask(caller.team_id, caller.user_id, modal.form_id, modal.text("question"))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="clear")

    async def answered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            await self._handoffs.answer(caller.team_id, caller.user_id, modal.form_id, modal.text("answer"))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="clear")

    async def declined(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._handoffs.decline(caller.team_id, caller.user_id, modal.form_id, modal.text("because"))
        await ack(response_action="clear")
