"""`/meetdown connect`: a calendar by its secret address, checked while the modal is open."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.background import Background
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import Modal, id_of, modal_of
from bot.services.feeds import Feeds
from domain.errors import FieldErrors
from messages.blocks import Block, Message
from messages.connect_page import ConnectCheck, connect_modal

ACK_WITHIN_S = 2.0
"""Slack waits 3 s for the answer to a submission; what takes longer is checked with the modal left open."""


class Connect:
    def __init__(self, *, callers: Callers, answers: Answers, feeds: Feeds, background: Background) -> None:
        self._callers = callers
        self._answers = answers
        self._feeds = feeds
        self._background = background

    async def open(self, caller: Caller, words: str, body: Body) -> Message | None:
        del words
        form = await self._feeds.open(caller.member)
        await self._answers.open(caller.team_id, body, connect_modal(caller.t, form.form_id, form.calendars))
        return None

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await self.open(await self._callers.of(body), "", body)
        await ack()

    async def check(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The Check button, or the Enter key in the field. Fetching may take 20 s, so the answer comes first."""
        caller, modal = await self._callers.of(body), modal_of(body)
        self._background.start(self._show_check(caller, modal))
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        url = modal.text("url")
        try:
            if not await self._feeds.was_good(caller.member, modal.form_id, url):
                checked = await self._feeds.check(caller.member, modal.form_id, url, within_s=ACK_WITHIN_S)
                if checked.problem is not None:
                    raise FieldErrors({"url": checked.problem})
            await self._feeds.connect(caller.member, modal.form_id, url)
        except TimeoutError:
            self._background.start(self._show_check(caller, modal))
            await ack(response_action="update", view=await self._page(caller, modal, ConnectCheck(is_slow=True)))
            return
        except FieldErrors as found:
            await ack(response_action="errors", errors=modal.errors(caller.t, found))
            return
        await ack(response_action="clear")

    async def disconnect(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, modal = await self._callers.of(body), modal_of(body)
        await self._feeds.disconnect(caller.member, id_of(body))
        await self._answers.update(caller.team_id, modal.view_id, await self._page(caller, modal, None))
        await ack()

    async def _show_check(self, caller: Caller, modal: Modal) -> None:
        checked = await self._feeds.check(caller.member, modal.form_id, modal.text("url"))
        await self._answers.update(caller.team_id, modal.view_id, await self._page(caller, modal, checked))

    async def _page(self, caller: Caller, modal: Modal, checked: ConnectCheck | None) -> Block:
        known = await self._feeds.connected(caller.member)
        return connect_modal(caller.t, modal.form_id, known, checked, modal.text("url"))
