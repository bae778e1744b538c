"""The four options: the buttons, the modal while it is filled in, and its submission."""

import asyncio
import weakref
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.background import Background
from bot.listeners.caller import Caller, Callers
from bot.listeners.payload import action_of, id_of, is_ephemeral, modal_of, response_url_of
from bot.services.meetings import Meetings
from bot.services.option_forms import OptionForms
from bot.services.option_input import OptionInput
from domain.clock import Clock
from domain.decision import Decision
from domain.errors import FieldErrors
from domain.ids import new_id
from domain.words import Option
from messages import meeting_list, mistakes, state
from messages.blocks import Message
from messages.from_overview import view_of
from messages.ids import Action
from messages.meeting_view import MeetingView
from messages.option_modals import option_modal
from messages.when import moment

OPTIONS = {
    Action.SHORTER: Option.SHORTER,
    Action.CALL: Option.CALL,
    Action.EMAIL: Option.EMAIL,
    Action.HANDOFF: Option.HANDOFF,
}


class Options:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        forms: OptionForms,
        meetings: Meetings,
        background: Background,
        clock: Clock,
        sends_mail: bool,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._forms = forms
        self._meetings = meetings
        self._background = background
        self._clock = clock
        self._sends_mail = sends_mail
        self._revising: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        option = OPTIONS[Action(str(action_of(body)["action_id"]))]
        origin = response_url_of(body) if is_ephemeral(body) else ""
        page = await self._forms.open(caller.team_id, caller.user_id, id_of(body), option, response_url=origin)
        await self._answers.open(caller.team_id, body, option_modal(caller.t, page))
        await ack()

    async def revised(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        given = OptionInput.of(modal.values, modal.sections)
        # One after the other, and without Slack's hash: of two quick choices the later one is shown in the end.
        async with self._revising.setdefault(modal.form_id, asyncio.Lock()):
            page = await self._forms.revise(caller.team_id, caller.user_id, modal.form_id, given)
            await self._answers.update(caller.team_id, modal.view_id, option_modal(caller.t, page))
        await ack()

    async def fixed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A finding below the draft is put right; the text in the field is another one from then on."""
        caller, modal = await self._callers.of(body), modal_of(body)
        given, which = OptionInput.of(modal.values, modal.sections), str(action_of(body).get("value", ""))
        async with self._revising.setdefault(modal.form_id, asyncio.Lock()):
            page = await self._forms.fix(caller.team_id, caller.user_id, modal.form_id, given, which)
            await self._answers.update(caller.team_id, modal.view_id, option_modal(caller.t, page))
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        given = OptionInput.of(modal.values, modal.sections)
        try:
            made = await self._forms.submit(caller.team_id, caller.user_id, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        if not isinstance(made, Decision):
            await ack(response_action="update", view=option_modal(caller.t, made))
            return
        origin = await self._forms.origin(caller.team_id, caller.user_id, modal.form_id)
        if origin:
            self._background.start(self._show_decided(origin, made))
        await ack(response_action="clear")

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of several meetings: its card with all the buttons, in place of the list."""
        caller = await self._callers.of(body)
        view = await self._view(caller.team_id, caller.user_id, id_of(body))
        if is_ephemeral(body):
            await self._answers.replace(body, meeting_list.one(caller.t, view, self._clock.now()))
        else:
            # *Choose another way*, where a colleague does not answer: the buttons once more.
            if await self._meetings.waits_for_delegate(caller.team_id, id_of(body)):
                view = replace(view, decision=None)
            await self._answers.tell(body, meeting_list.one(caller.t, view, self._clock.now()))
        await ack()

    async def another_way(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Where no manager answers: the buttons once more, though a decision is still asked for."""
        caller = await self._callers.of(body)
        view = await self._view(caller.team_id, caller.user_id, id_of(body))
        if view.request is not None and view.request.is_left_to_owner:
            view = replace(view, decision=None, request=None)
        card = meeting_list.one(caller.t, view, self._clock.now())
        if is_ephemeral(body):
            await self._answers.replace(body, card)
        else:
            await self._answers.tell(body, card)
        await ack()

    async def keep(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._meetings.keep(caller.team_id, caller.user_id, id_of(body), new_id())
        if is_ephemeral(body):
            view = await self._view(caller.team_id, caller.user_id, id_of(body))
            await self._answers.replace(body, self._copy(caller, view))
        await ack()

    async def later(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, now = await self._callers.of(body), self._clock.now()
        due_at = await self._meetings.later(caller.member, id_of(body))
        t = caller.t
        if due_at is None:
            text = t.text("There is no time left for another reminder before this meeting. Please decide now.")
        else:
            at = moment(t, due_at, caller.member.time_zone, now)
            text = t.text("I will come back to it: {moment}.", moment=at)
        await self._answers.tell(body, mistakes.ephemeral(t, text))
        await ack()

    async def _show_decided(self, origin: str, made: Decision) -> None:
        """The list that the decision was made from turns into its state."""
        caller = await self._callers.by_id(made.team_id, made.owner_id)
        view = await self._view(made.team_id, made.owner_id, made.meeting_id)
        await self._answers.replace_at(origin, self._copy(caller, view))

    def _copy(self, caller: Caller, view: MeetingView) -> Message:
        """*Undo* and how far it is stand with the live message, which is kept up to date; a copy is not."""
        return state.copied(caller.t, view, self._clock.now())

    async def _view(self, team_id: str, user_id: str, meeting_id: str) -> MeetingView:
        overview = await self._meetings.overview(team_id, user_id, meeting_id)
        return view_of(overview, self._clock.now(), mail_sender_configured=self._sends_mail)
