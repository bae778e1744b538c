"""`/meetdown report` and what can be pressed in it."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.calendars.work_week import zone_of
from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import action_of, id_of, modal_of, response_url_of
from bot.services.by_hand import ByHand
from bot.services.report_words import read_report_words
from bot.services.reports import Reports
from domain.errors import DomainError
from domain.roles import Circle
from messages import blocks, problems
from messages.alerts_page import alerts_modal
from messages.blocks import Message
from messages.ids import unpack
from messages.new_meeting_page import new_meeting_modal
from messages.report_page import asked_for, not_understood


class ReportPages:
    def __init__(self, *, callers: Callers, answers: Answers, reports: Reports, by_hand: ByHand) -> None:
        self._callers = callers
        self._answers = answers
        self._reports = reports
        self._by_hand = by_hand

    async def ask(self, caller: Caller, words: str, body: Body) -> Message:
        """Who may not see so far is told here: in the DM nobody would say it."""
        del body
        asked = read_report_words(words)
        if asked is None:
            return not_understood(caller.t)
        try:
            return asked_for(caller.t, await self._reports.ask(caller.member, asked))
        except DomainError as error:
            text = problems.problem(caller.t, error)
            return blocks.message(text, [blocks.section(text)])

    async def circle_chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, (request_id, said) = await self._callers.of(body), _chosen(body)
        circle = next((one for one in Circle if one.value == said), None)
        if circle is not None:
            await self._reports.change(caller.member, request_id, circle=circle)
        await ack()

    async def months_chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, (request_id, said) = await self._callers.of(body), _chosen(body)
        if said.isascii() and said.isdigit() and len(said) <= 2:
            await self._reports.change(caller.member, request_id, months=int(said))
        await ack()

    async def file(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._reports.send_file(caller.member, id_of(body))
        await ack()

    async def alerts(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        page = await self._reports.alerts(caller.member, id_of(body), origin=response_url_of(body))
        await self._answers.open(caller.team_id, body, alerts_modal(caller.t, page))
        await ack()

    async def snooze(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller, (request_id, client_id) = await self._callers.of(body), _alert(body)
        page = await self._reports.snooze(caller.member, request_id, client_id)
        await self._answers.update(caller.team_id, modal_of(body).view_id, alerts_modal(caller.t, page))
        await ack()

    async def enter(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The form of a meeting by hand, with the client, the length and the first free time filled in."""
        caller, (request_id, client_id) = await self._callers.of(body), _alert(body)
        good = await self._reports.make_good(caller.member, request_id, client_id)
        form = await self._by_hand.open(caller.member, "", response_url=good.origin)
        prefill = replace(form.prefill, client_text=good.client.name, minutes=good.minutes)
        if good.slot is not None:
            local = good.slot.astimezone(zone_of(caller.member.time_zone))
            prefill = replace(prefill, date=local.date(), time=local.time())
        view = new_meeting_modal(caller.t, form.form_id, prefill, form.clients, form.zone)
        await self._answers.open(caller.team_id, body, view)
        await ack()


def _chosen(body: Body) -> tuple[str, str]:
    """The request and what was chosen in one of its menus; both empty where the value is not of that form."""
    value = str((action_of(body).get("selected_option") or {}).get("value", ""))
    request_id, said = unpack(value, 2) or ("", "")
    return request_id, said


def _alert(body: Body) -> tuple[str, str]:
    """The request and the client; both empty where the value is not of that form."""
    request_id, client_id = unpack(str(action_of(body).get("value", "")), 2) or ("", "")
    return request_id, client_id
