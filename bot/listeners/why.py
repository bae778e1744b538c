"""*Why?* on a card or in an option's modal, and the kind of meeting that is put right there."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Caller, Callers
from bot.listeners.payload import action_of, id_of, is_ephemeral, modal_of, response_url_of
from bot.services.option_forms import OptionForms
from bot.services.option_input import OptionInput
from bot.services.reasoning import Behind, Explained, Reasoning
from domain.clock import Clock
from domain.words import MeetingKind
from messages import meeting_list
from messages.from_overview import view_of
from messages.option_modals import option_modal
from messages.why_page import why_modal


class Why:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        reasoning: Reasoning,
        forms: OptionForms,
        clock: Clock,
        sends_mail: bool,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._reasoning = reasoning
        self._forms = forms
        self._clock = clock
        self._sends_mail = sends_mail

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        origin = response_url_of(body) if is_ephemeral(body) else ""
        page = await self._reasoning.open(
            caller.team_id, caller.user_id, id_of(body), _behind(body), response_url=origin
        )
        await self._answers.open(caller.team_id, body, why_modal(caller.t, page))
        await ack()

    async def kind_chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        chosen = (action_of(body).get("selected_option") or {}).get("value")
        kind = next((kind for kind in MeetingKind if kind.value == chosen), None)
        if kind is not None:
            told = await self._reasoning.correct_kind(caller.team_id, caller.user_id, modal.form_id, kind)
            await self._answers.update(caller.team_id, modal.view_id, why_modal(caller.t, told.page))
            await self._show_elsewhere(caller, told)
        await ack()

    async def _show_elsewhere(self, caller: Caller, told: Explained) -> None:
        """What stands below *Why?* was judged by the kind of before; a live message is the jobs' business."""
        if told.behind.form_id:
            form = replace(_NO_MODAL, values=dict(told.behind.values))
            given = OptionInput.of(form.values, form.sections)
            page = await self._forms.revise(caller.team_id, caller.user_id, told.behind.form_id, given)
            await self._answers.update(caller.team_id, told.behind.view_id, option_modal(caller.t, page))
        if told.response_url:
            now = self._clock.now()
            view = view_of(told.overview, now, mail_sender_configured=self._sends_mail)
            await self._answers.replace_at(told.response_url, meeting_list.one(caller.t, view, now))


_NO_MODAL = modal_of({})


def _behind(body: dict[str, Any]) -> Behind:
    if not body.get("view"):
        return Behind()
    modal = modal_of(body)
    given = OptionInput.of(modal.values, modal.sections)
    return Behind(form_id=modal.form_id, view_id=modal.view_id, values=modal.values, reason=given.chosen_reason)
