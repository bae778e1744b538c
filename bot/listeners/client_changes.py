"""A client as a whole: merged with another one, archived, brought back, taken along as a file."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import id_of, modal_of
from bot.services.client_book import ClientBookService
from bot.services.client_changes import ClientChanges
from bot.services.client_exports import ClientExports
from domain.errors import FieldErrors
from messages import client_export_page, merge_page
from messages.blocks import Message
from messages.client_pages import archived_page
from messages.ids import Action, View
from messages.merge_page import OTHER, Moves


class ClientChangePages:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        book: ClientBookService,
        changes: ClientChanges,
        exports: ClientExports,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._book = book
        self._changes = changes
        self._exports = exports

    @property
    def actions(self) -> dict[Action, Callable[..., Any]]:
        return {
            Action.CLIENT_MERGE: self.merge,
            Action.CLIENT_ARCHIVE: self.archive,
            Action.CLIENT_BACK: self.bring_back,
            Action.CLIENTS_ARCHIVED: self.look_at_archived,
        }

    @property
    def views(self) -> dict[View, Callable[..., Any]]:
        return {View.MERGE: self.chosen, View.MERGE_SURE: self.merged}

    async def archived(self, caller: Caller, body: Body) -> Message:
        del body
        found = await self._book.all_of(caller.team_id, caller.user_id)
        return archived_page(caller.t, found.archived)

    async def export(self, caller: Caller, body: Body) -> Message:
        del body
        return client_export_page.asked(caller.t, await self._exports.ask(caller.member))

    async def look_at_archived(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._answers.show(body, await self.archived(caller, body))
        await ack()

    async def archive(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        client = await self._changes.archive(caller.team_id, id_of(body))
        view = merge_page.archived_modal(caller.t, client)
        await self._answers.update(caller.team_id, modal_of(body).view_id, view)
        await ack()

    async def bring_back(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """From the page of those that were archived, or from the client's own window."""
        caller = await self._callers.of(body)
        client = await self._changes.bring_back(caller.team_id, id_of(body))
        if body.get("view"):
            view = merge_page.back_modal(caller.t, client)
            await self._answers.update(caller.team_id, modal_of(body).view_id, view)
        else:
            await self._answers.show(body, merge_page.brought_back(caller.t, client))
        await ack()

    async def merge(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        begun = await self._changes.begin_merge(caller.member, id_of(body))
        view = merge_page.merge_modal(caller.t, begun.form_id, begun.client, begun.others)
        await self._answers.open(caller.team_id, body, view)
        await ack()

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        try:
            check = await self._changes.choose(caller.member, modal.form_id, modal.text("client"))
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        moves = Moves(
            contacts=check.moves.contacts,
            domains=check.moves.domains,
            meetings=check.moves.meetings,
            decisions=check.moves.decisions,
        )
        view = merge_page.sure_modal(caller.t, check.form_id, check.kept, check.other, moves)
        await ack(response_action="update", view=view)

    async def merged(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        client = await self._changes.merge(caller.member, modal.form_id, modal.text("name") == OTHER)
        await ack(response_action="update", view=merge_page.merged_modal(caller.t, client))
