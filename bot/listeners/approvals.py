"""The buttons of an approval: the approver's two, and the owner's."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Callers
from bot.listeners.payload import id_of, modal_of
from bot.services.approvals import Approvals
from messages import mistakes
from messages.approval_owner import withdrawn_note
from messages.approval_page import decline_modal


class ApprovalButtons:
    """The jobs bring both messages up to date."""

    def __init__(self, *, callers: Callers, answers: Answers, approvals: Approvals) -> None:
        self._callers = callers
        self._answers = answers
        self._approvals = approvals

    async def approve(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._approvals.approve(caller.team_id, caller.user_id, id_of(body))
        await ack()

    async def decline(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form_id = await self._approvals.open_decline(caller.team_id, caller.user_id, id_of(body))
        await self._answers.open(caller.team_id, body, decline_modal(caller.t, form_id))
        await ack()

    async def declined(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._approvals.decline(caller.team_id, caller.user_id, modal.form_id, modal.text("because"))
        await ack(response_action="clear")

    async def withdraw(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._approvals.withdraw(caller.team_id, caller.user_id, id_of(body))
        await self._answers.replace(body, mistakes.ephemeral(caller.t, withdrawn_note(caller.t)))
        await ack()

    async def go_ahead(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._approvals.go_ahead(caller.team_id, caller.user_id, id_of(body))
        done = caller.t.text("Done: it is carried out. Our conversation shows how far everything is.")
        await self._answers.replace(body, mistakes.ephemeral(caller.t, done))
        await ack()
