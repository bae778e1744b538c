"""One client's timeline: looked at, filtered, turned, and what members add to it."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Caller, Callers
from bot.listeners.payload import action_of, id_of, modal_of
from bot.services.timelines import Timelines
from domain.aftermath import ClientAnswer
from domain.errors import FieldErrors
from domain.timeline import TimelineFilter
from messages.ids import unpack
from messages.timeline_page import NOTE, note_modal, place_of, timeline_modal


class TimelinePages:
    def __init__(self, *, callers: Callers, answers: Answers, timelines: Timelines) -> None:
        self._callers = callers
        self._answers = answers
        self._timelines = timelines

    async def look(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        page = await self._timelines.page(caller.member, id_of(body))
        await self._answers.open(caller.team_id, body, timeline_modal(caller.t, page))
        await ack()

    async def filtered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, chosen = await self._callers.of(body), action_of(body).get("selected_option") or {}
        parts = unpack(str(chosen.get("value", "")), 2)
        if parts is not None and parts[1] in set(TimelineFilter):
            await self._show(caller, modal_of(body).view_id, parts[0], TimelineFilter(parts[1]), 0)
        await ack()

    async def turned(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        place = place_of(str(action_of(body).get("value", "")))
        if place is not None:
            await self._show(caller, modal_of(body).view_id, *place)
        await ack()

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The menu of a meeting: a note opens its form on top, an answer of the client is shown at once."""
        caller, modal = await self._callers.of(body), modal_of(body)
        option = action_of(body).get("selected_option") or {}
        parts = unpack(str(option.get("value", "")), 2) or ("", "")
        place = place_of(modal.form_id)
        if parts[1] == NOTE:
            state = f"{modal.view_id}|{modal.form_id}"
            form_id = await self._timelines.open_note(caller.member, parts[0], state)
            await self._answers.open(caller.team_id, body, note_modal(caller.t, form_id))
        elif parts[1] in set(ClientAnswer) and place is not None:
            await self._timelines.say(caller.member, parts[0], ClientAnswer(parts[1]))
            await self._show(caller, modal.view_id, *place)
        await ack()

    async def noted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            form = await self._timelines.add_note(caller.member, modal.form_id, modal.text("note"))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        view_id, _, metadata = form.state.partition("|")
        place = place_of(metadata)
        if place is not None:
            await self._show(caller, view_id, *place)
        await ack()

    async def _show(self, caller: Caller, view_id: str, client_id: str, only: TimelineFilter, page: int) -> None:
        shown = await self._timelines.page(caller.member, client_id, only, page)
        await self._answers.update(caller.team_id, view_id, timeline_modal(caller.t, shown))
