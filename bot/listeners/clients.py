"""`/meetdown clients`: the list, one client's timeline, adding and changing, and proposed domains."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import action_of, id_of, is_ephemeral, modal_of
from bot.services.client_book import ClientBookService, ClientInput
from domain.clock import Clock
from domain.errors import FieldErrors
from messages.blocks import Message
from messages.client_pages import (
    COMPLAINT,
    GLAD_TO_WRITE,
    ClientPrefill,
    client_list,
    client_modal,
    proposal_settled,
    saved_modal,
)
from messages.i18n import LANGUAGES


class ClientPages:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        book: ClientBookService,
        clock: Clock,
    ) -> None:
        self._callers = callers
        self._answers = answers
        self._book = book
        self._clock = clock

    async def list(self, caller: Caller, words: str, body: Body) -> Message:
        del words, body
        return await self._page(caller, 0)

    async def turn(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, number = await self._callers.of(body), id_of(body)
        page = int(number) if number.isdecimal() and len(number) < 6 else 0
        await self._answers.replace(body, await self._page(caller, page))
        await ack()

    async def add(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form_id, _ = await self._book.open_form(caller.member)
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form_id, None, LANGUAGES))
        await ack()

    async def change(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form_id, client = await self._book.open_form(caller.member, client_id=id_of(body))
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form_id, client, LANGUAGES))
        await ack()

    async def saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        flags = modal.chosen("flags")
        given = ClientInput(
            name=modal.text("name"),
            tier=modal.text("tier"),
            share=modal.text("share"),
            domains=modal.text("domains"),
            language=modal.text("language"),
            formality=modal.text("formality"),
            zone=modal.text("zone"),
            lead=modal.text("lead"),
            renewal=modal.text("renewal"),
            open_complaint=COMPLAINT in flags,
            glad_to_write=GLAD_TO_WRITE in flags,
            notes=modal.text("notes"),
            contact_name=modal.text("contact_name"),
            contact_email=modal.text("contact_email"),
            phone=modal.text("phone"),
        )
        try:
            client = await self._book.save(caller.member, modal.form_id, given)
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="update", view=saved_modal(caller.t, client))

    async def accept_proposal(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One click opens the modal with the domain filled in; the tier is asked."""
        caller = await self._callers.of(body)
        proposal = await self._book.proposal(caller.team_id, str(action_of(body).get("value", "")))
        form_id, _ = await self._book.open_form(caller.member, domain=proposal.domain)
        name = proposal.domain.partition(".")[0].replace("-", " ").title()
        prefill = ClientPrefill(name=name, domains=(proposal.domain,), contact_email=proposal.sample_email)
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form_id, None, LANGUAGES, prefill))
        await ack()

    async def dismiss_proposal(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, domain = await self._callers.of(body), str(action_of(body).get("value", ""))
        await self._book.dismiss(caller.team_id, domain)
        message = proposal_settled(caller.t, domain, None)
        if is_ephemeral(body):
            await self._answers.tell(body, message)
        else:
            await self._answers.replace_at(str(body.get("response_url") or ""), message)
        await ack()

    async def _page(self, caller: Caller, page: int) -> Message:
        found = await self._book.all_of(caller.team_id, caller.user_id)
        return client_list(caller.t, found.clients, found.coming, page, found.proposals)
