"""`/meetdown templates`: the texts to clients, looked through, edited with a preview, and their versions."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import Modal, action_of, modal_of, trigger_of
from bot.services.templates import Templates
from domain.errors import DomainError, FieldErrors, Problem
from domain.wording import Scope
from messages.blocks import Message
from messages.template_editor import EditorPage, editor_modal, versions_modal
from messages.templates_page import LOCKED, TemplatesPage, templates_modal, templates_offer, unpacked


class TemplatePages:
    def __init__(self, *, callers: Callers, answers: Answers, templates: Templates) -> None:
        self._callers = callers
        self._answers = answers
        self._templates = templates

    async def open(self, caller: Caller, words: str, body: Body) -> Message | None:
        del words
        if not trigger_of(body):
            return templates_offer(caller.t)
        page = await self._templates.texts(caller.member)
        await self._answers.open(caller.team_id, body, templates_modal(caller.t, page))
        return None

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await self.open(await self._callers.of(body), "", body)
        await ack()

    async def filtered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Another language, or somebody else's texts."""
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._templates.texts(caller.member, *_chosen(modal))
        await self._answers.update(caller.team_id, modal.view_id, templates_modal(caller.t, page))
        await ack()

    async def locked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._templates.lock(caller.member, locked=LOCKED in modal.chosen("lock"))
        page = await self._templates.texts(caller.member, *_chosen(modal))
        await self._answers.update(caller.team_id, modal.view_id, templates_modal(caller.t, page))
        await ack()

    async def edit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        key = unpacked(str(action_of(body).get("value", "")))
        if key is None:
            raise DomainError(Problem.TEMPLATE_NOT_FOUND)
        scope = Scope.WORKSPACE if modal.text("scope") == Scope.WORKSPACE else Scope.MINE
        page = await self._templates.edit(caller.member, key, scope, modal.view_id)
        await self._answers.open(caller.team_id, body, editor_modal(caller.t, page))
        await ack()

    async def preview(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._templates.preview(caller.member, modal.form_id, modal.text("subject"), modal.text("body"))
        await self._show(caller, modal, page)
        await ack()

    async def versions(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        page = await self._templates.versions(caller.member, modal.form_id, modal.text("subject"), modal.text("body"))
        await self._answers.update(caller.team_id, modal.view_id, versions_modal(caller.t, page))
        await ack()

    async def back(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._show(caller, modal, await self._templates.back(caller.member, modal.form_id))
        await ack()

    async def use_again(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        chosen = str(action_of(body).get("value", ""))
        await self._show(caller, modal, await self._templates.use_again(caller.member, modal.form_id, chosen))
        await ack()

    async def reset(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._show(caller, modal, await self._templates.reset(caller.member, modal.form_id))
        await ack()

    async def saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The editor closes, and the list below it shows whose words are in use now."""
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            made = await self._templates.save(caller.member, modal.form_id, modal.text("subject"), modal.text("body"))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        if not isinstance(made, TemplatesPage):
            await ack(response_action="update", view=editor_modal(caller.t, made))
            return
        view_id, page = await self._templates.list_view(caller.member, modal.form_id)
        await self._answers.update(caller.team_id, view_id, templates_modal(caller.t, page))
        await ack()

    async def _show(self, caller: Caller, modal: Modal, page: EditorPage) -> None:
        await self._answers.update(caller.team_id, modal.view_id, editor_modal(caller.t, page))


def _chosen(modal: Modal) -> tuple[str, str]:
    return modal.text("language"), modal.text("scope")
