"""The people at a client, in one window that turns from the list to the form of one and back."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Callers
from bot.listeners.payload import id_of, modal_of
from bot.services.contacts import ContactInput, Contacts
from domain.errors import FieldErrors
from messages.contact_pages import PickedContact, contact_modal, contacts_modal
from messages.ids import Action, View


class ContactPages:
    def __init__(self, *, callers: Callers, answers: Answers, contacts: Contacts) -> None:
        self._callers = callers
        self._answers = answers
        self._contacts = contacts

    @property
    def actions(self) -> dict[Action, Callable[..., Any]]:
        return {
            Action.CONTACTS: self.open,
            Action.CONTACT_ADD: self.turn_to,
            Action.CONTACT_EDIT: self.turn_to,
            Action.CONTACT_FIRST: self.make_first,
            Action.CONTACT_REMOVE: self.remove,
        }

    @property
    def views(self) -> dict[View, Callable[..., Any]]:
        return {View.CONTACT: self.saved}

    async def open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        desk = await self._contacts.open(caller.member, id_of(body))
        await self._answers.open(caller.team_id, body, contacts_modal(caller.t, desk.form_id, desk.client))
        await ack()

    async def turn_to(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        desk = await self._contacts.pick(caller.member, modal.form_id, id_of(body))
        view = contact_modal(caller.t, desk.form_id, PickedContact(client=desk.client, contact=desk.contact))
        await self._answers.update(caller.team_id, modal.view_id, view)
        await ack()

    async def make_first(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        desk = await self._contacts.make_first(caller.member, modal.form_id, id_of(body))
        await self._answers.update(caller.team_id, modal.view_id, contacts_modal(caller.t, desk.form_id, desk.client))
        await ack()

    async def remove(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        desk = await self._contacts.remove(caller.member, modal.form_id, id_of(body))
        await self._answers.update(caller.team_id, modal.view_id, contacts_modal(caller.t, desk.form_id, desk.client))
        await ack()

    async def saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        given = ContactInput(
            name=modal.text("contact_name"),
            email=modal.text("contact_email"),
            phone=modal.text("phone"),
            language=modal.text("language"),
            zone=modal.text("zone"),
        )
        try:
            desk = await self._contacts.save(caller.member, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="update", view=contacts_modal(caller.t, desk.form_id, desk.client))
