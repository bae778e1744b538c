"""Tiers beside revenue: the page of those to look at, one click to take a tier over, the quarter's question."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.payload import action_of, modal_of
from bot.services.client_tiers import ClientTiers
from domain.client import Client
from domain.errors import DomainError, Problem
from domain.policy import Policy
from domain.tiering import Quarter, standing
from domain.words import Tier
from messages import client_tiers
from messages.blocks import Block, Message
from messages.client_form import KnownClient, client_modal
from messages.client_tiers import LIST, Ranked, Thresholds
from messages.i18n import LANGUAGES
from messages.ids import Action, Field, unnumbered, unpack


class TierPages:
    def __init__(self, *, callers: Callers, answers: Answers, tiers: ClientTiers) -> None:
        self._callers = callers
        self._answers = answers
        self._tiers = tiers

    @property
    def actions(self) -> dict[Action, Callable[..., Any]]:
        return {
            Action.TIERS: self.look,
            Action.TIER_TAKE: self.take,
            Action.TIER_KEEP: self.answered,
            Action.TIER_CHANGE: self.answered,
            Action.TIERS_FIT: self.all_fit,
        }

    async def page(self, caller: Caller, body: Body) -> Message:
        del body
        found = await self._tiers.to_look_at(caller.team_id)
        ranked = [Ranked(client=client, standing=one) for client, one in found.found]
        return client_tiers.page(caller.t, ranked, Thresholds.of(found.policy), found.unknown)

    async def look(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._answers.show(body, await self.page(caller, body))
        await ack()

    async def take(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """From the page it vanishes; in the window of the client the tier is the new one."""
        caller = await self._callers.of(body)
        client_id, tier = _parts(_value(body), 2)
        client, policy = await self._tiers.take(caller.team_id, client_id, _tier(tier))
        if body.get("view"):
            view = modal_of(body)
            await self._answers.update(caller.team_id, view.view_id, _modal(caller, body, client, policy))
        else:
            await self._answers.show(body, await self.page(caller, body))
        await ack()

    async def answered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The jobs show it in the message; where that is too old to be known, the answer is."""
        caller = await self._callers.of(body)
        quarter, client_id, tier = _parts(_value(body), 3)
        if not await self._tiers.answer(caller.member, _quarter(quarter), client_id, _tier(tier)):
            await self._answers.tell(body, client_tiers.noted(caller.t))
        await ack()

    async def all_fit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        quarter, ids = _parts(_value(body), 2)
        if not await self._tiers.all_fit(caller.member, _quarter(quarter), ids.split(LIST)):
            await self._answers.tell(body, client_tiers.noted(caller.t))
        await ack()


def _modal(caller: Caller, body: Body, client: Client, policy: Policy) -> Block:
    """The client's window with its new tier, under a new name: Slack keeps what was chosen under the old one."""
    modal = modal_of(body)
    block_id = modal.block_ids.get(Field.TIER, "")
    edition = block_id.removeprefix(unnumbered(block_id)).lstrip(".")
    known = KnownClient(
        client=client,
        standing=standing(client, policy),
        thresholds=Thresholds.of(policy),
        edition=int(edition) + 1 if edition.isdecimal() and len(edition) < 4 else 1,
    )
    return client_modal(caller.t, modal.form_id, known, LANGUAGES)


def _value(body: Body) -> str:
    """Of a button, or of the option that was chosen."""
    action = action_of(body)
    option = action.get("selected_option") or {}
    return str(action.get("value") or option.get("value") or "")


def _parts(value: str, count: int) -> tuple[str, ...]:
    parts = unpack(value, count)
    if parts is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    return parts


def _tier(word: str) -> Tier:
    try:
        return Tier(word)
    except ValueError:
        raise DomainError(Problem.CLIENT_NOT_FOUND) from None


def _quarter(name: str) -> Quarter:
    try:
        return Quarter.parse(name)
    except ValueError:
        raise DomainError(Problem.CLIENT_NOT_FOUND) from None
