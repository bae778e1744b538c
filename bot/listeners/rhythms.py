"""*Propose another rhythm*: the modal while it is filled in, and its submission."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Callers
from bot.listeners.payload import Modal, id_of, modal_of
from bot.services.rhythms import RhythmForms, RhythmInput
from domain.errors import FieldErrors
from messages.ids import Field
from messages.rhythm_page import rhythm_modal


class Rhythms:
    def __init__(self, *, callers: Callers, answers: Answers, forms: RhythmForms) -> None:
        self._callers = callers
        self._answers = answers
        self._forms = forms

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        page = await self._forms.open(caller.team_id, caller.user_id, id_of(body))
        await self._answers.open(caller.team_id, body, rhythm_modal(caller.t, page))
        await ack()

    async def revised(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._forms.revise(caller.team_id, caller.user_id, modal.form_id, _given(modal))
        await self._answers.update(caller.team_id, modal.view_id, rhythm_modal(caller.t, page))
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            again = await self._forms.submit(caller.team_id, caller.user_id, modal.form_id, _given(modal))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        if again is not None:
            await ack(response_action="update", view=rhythm_modal(caller.t, again))
            return
        await ack(response_action="clear")


def _given(modal: Modal) -> RhythmInput:
    return RhythmInput(
        rhythm=modal.text(Field.RHYTHM),
        minutes=modal.text(Field.RHYTHM_LENGTH),
        to=modal.text(Field.TO),
        subject=modal.text(Field.SUBJECT),
        body=modal.text(Field.BODY),
    )
