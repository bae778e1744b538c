"""`/meetdown clients`: the list, one client's timeline, adding and changing, and proposed domains."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import action_of, id_of, is_ephemeral, modal_of
from bot.services.client_book import ClientBookService, ClientForm
from bot.services.client_input import ClientInput
from domain.errors import FieldErrors
from domain.tiering import standing
from messages.blocks import Message
from messages.client_form import COMPLAINT, GLAD_TO_WRITE, ClientPrefill, KnownClient, client_modal, saved_modal
from messages.client_pages import client_list
from messages.client_proposals import proposal_settled
from messages.client_tiers import Thresholds
from messages.i18n import LANGUAGES

Page = Callable[[Caller, Body], Awaitable[Message]]


class ClientPages:
    def __init__(
        self,
        *,
        callers: Callers,
        answers: Answers,
        book: ClientBookService,
        pages: Mapping[str, Page],
    ) -> None:
        """`pages`: those behind a further word, such as `/meetdown clients tiers`."""
        self._callers = callers
        self._answers = answers
        self._book = book
        self._pages = pages

    async def list(self, caller: Caller, words: str, body: Body) -> Message:
        page = self._pages.get(words.strip().lower())
        return await (page(caller, body) if page else self._page(caller, 0))

    async def turn(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, number = await self._callers.of(body), id_of(body)
        page = int(number) if number.isdecimal() and len(number) < 6 else 0
        await self._answers.replace(body, await self._page(caller, page))
        await ack()

    async def add(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form = await self._book.open_form(caller.member)
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form.id, None, LANGUAGES))
        await ack()

    async def change(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        form = await self._book.open_form(caller.member, client_id=id_of(body))
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form.id, _known(form), LANGUAGES))
        await ack()

    async def saved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        flags = modal.chosen("flags")
        given = ClientInput(
            name=modal.text("name"),
            tier=modal.text("tier"),
            revenue=modal.text("revenue"),
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
        form = await self._book.open_form(caller.member, domain=proposal.domain)
        name = proposal.domain.partition(".")[0].replace("-", " ").title()
        prefill = ClientPrefill(name=name, domains=(proposal.domain,), contact_email=proposal.sample_email)
        await self._answers.open(caller.team_id, body, client_modal(caller.t, form.id, None, LANGUAGES, prefill))
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
        return client_list(
            caller.t,
            found.clients,
            found.coming,
            page,
            found.proposals,
            to_look_at=found.to_look_at,
            archived=len(found.archived),
        )


def _known(form: ClientForm) -> KnownClient | None:
    if form.client is None:
        return None
    return KnownClient(
        client=form.client, standing=standing(form.client, form.policy), thresholds=Thresholds.of(form.policy)
    )
