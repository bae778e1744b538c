"""The debrief after a hand-over: its form, and what stands in place of the question afterwards."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.background import Background
from bot.listeners.caller import Caller, Callers
from bot.listeners.payload import id_of, modal_of, response_url_of
from bot.services.debriefs import DebriefInput, Debriefs
from bot.services.decisions import Decisions
from domain.clock import Clock
from domain.errors import FieldErrors
from domain.planned import FollowUp
from messages import follow_up_page
from messages.debrief_page import debrief_modal


class DebriefPages:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        debriefs: Debriefs,
        decisions: Decisions,
        background: Background,
        clock: Clock,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._debriefs = debriefs
        self._decisions = decisions
        self._background = background
        self._clock = clock

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form_id = await self._debriefs.open(caller.member, id_of(body), response_url=response_url_of(body))
        await self._answers.open(caller.team_id, body, debrief_modal(caller.t, form_id))
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        given = DebriefInput(
            outcome=modal.text("outcome"),
            promises=modal.text("promises"),
            open_points=modal.text("open_points"),
            mood=modal.text("mood"),
        )
        try:
            follow_up, origin = await self._debriefs.submit(caller.member, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        self._background.start(self._show_settled(caller, follow_up, origin))
        await ack(response_action="clear")

    async def _show_settled(self, caller: Caller, follow_up: FollowUp, origin: str) -> None:
        about = await self._decisions.about(follow_up)
        message = follow_up_page.settled(
            caller.t,
            follow_up,
            about.meeting,
            about.client,
            caller.member.time_zone,
            self._clock.now(),
            owner_name=about.owner.name,
        )
        await self._answers.replace_at(origin, message)
