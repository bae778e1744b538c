"""`/meetdown settings`: a member's own, and those of the workspace."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import Modal, id_of, modal_of, trigger_of
from bot.services.member_settings import MemberSettings
from bot.services.workspace_settings import WorkspaceSettings
from domain.errors import FieldErrors
from messages.blocks import Message
from messages.i18n import translator
from messages.settings_page import settings_modal, settings_offer, settings_saved
from messages.workspace_settings_page import group_modal, workspace_modal


class Settings:
    def __init__(
        self, *, callers: Callers, answers: Answers, own: MemberSettings, workspace: WorkspaceSettings
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._own = own
        self._workspace = workspace

    async def open(self, caller: Caller, words: str, body: Body) -> Message | None:
        del words
        if not trigger_of(body):
            return settings_offer(caller.t)
        page = await self._own.open(caller.t, caller.member)
        await self._answers.open(caller.team_id, body, settings_modal(caller.t, page))
        return None

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await self.open(await self._callers.of(body), "", body)
        await ack()

    async def reset(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._own.reset(caller.member, modal.form_id, _texts(modal), id_of(body))
        await self._answers.update(caller.team_id, modal.view_id, settings_modal(caller.t, page))
        await ack()

    async def saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            saved = await self._own.save(caller.member, modal.form_id, _texts(modal))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        t = translator(saved.member.language)
        await ack(response_action="update", view=settings_saved(t, reminders_move=saved.reminders_move))

    async def look(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        page = await self._workspace.look(caller.member)
        await self._answers.open(caller.team_id, body, workspace_modal(caller.t, page))
        await ack()

    async def group(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, below = await self._callers.of(body), modal_of(body).view_id
        page = await self._workspace.open(caller.member, id_of(body), below)
        await self._answers.open(caller.team_id, body, group_modal(caller.t, page))
        await ack()

    async def group_reset(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._workspace.reset(caller.member, modal.form_id)
        await self._answers.update(caller.team_id, modal.view_id, group_modal(caller.t, page))
        await ack()

    async def group_saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The page below shows the new numbers as soon as this one closes."""
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            saved = await self._workspace.save(caller.member, modal.form_id, _texts(modal))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        if saved.below:
            await self._answers.update(caller.team_id, saved.below, workspace_modal(caller.t, saved.page))
        await ack()


def _texts(modal: Modal) -> dict[str, str]:
    return {name: modal.text(name) for name in modal.values}
