"""How a listener answers: a modal, an ephemeral sentence, a list that is shown anew."""

from typing import Any

import structlog

from bot.listeners.payload import Body, is_ephemeral, response_url_of, trigger_of
from bot.slack.gateway import SlackGateway
from bot.slack.problems import SlackCode, SlackProblem, Uncertain
from messages.blocks import Block, Message

log = structlog.get_logger()


class Answers:
    def __init__(self, gateway: SlackGateway) -> None:
        self._gateway = gateway

    async def open(self, team_id: str, body: Body, view: Block) -> str:
        """A modal for the click or command; on top of the one it was made in."""
        if body.get("view"):
            return await self._gateway.push_view(team_id=team_id, trigger_id=trigger_of(body), view=view)
        return await self._gateway.open_view(team_id=team_id, trigger_id=trigger_of(body), view=view)

    async def update(self, team_id: str, view_id: str, view: Block) -> None:
        """Show a modal anew; where it was closed meanwhile, nothing is lost by leaving it."""
        try:
            await self._gateway.update_view(team_id=team_id, view_id=view_id, view=view)
        except SlackProblem as problem:
            if problem.code is not SlackCode.VIEW_NOT_FOUND:
                raise

    async def tell(self, body: Body, message: Message) -> None:
        """A message below the one with the button that only the person who pressed it sees."""
        await self.tell_at(response_url_of(body), message)

    async def tell_at(self, response_url: str, message: Message) -> None:
        await self._respond(response_url, {"response_type": "ephemeral", "replace_original": False}, message)

    async def replace(self, body: Body, message: Message) -> None:
        """An ephemeral message shows something else from now on; a real one is brought up to date by the jobs."""
        if is_ephemeral(body):
            await self.replace_at(response_url_of(body), message)

    async def show(self, body: Body, message: Message) -> None:
        """Another page: in the place of the ephemeral one that the button was on, below a message that stays."""
        if is_ephemeral(body):
            await self.replace(body, message)
        else:
            await self.tell(body, message)

    async def replace_at(self, response_url: str, message: Message) -> None:
        if response_url:
            await self._respond(response_url, {"replace_original": True}, message)

    async def _respond(self, url: str, how: dict[str, Any], message: Message) -> None:
        """A response URL is good for 30 minutes and five answers: an answer that comes too late is only a courtesy."""
        if not url:
            return
        try:
            await self._gateway.respond(url, {**how, **ephemeral_body(message)})
        except (SlackProblem, Uncertain) as problem:
            log.info("response_url_failed", problem=str(problem))


def ephemeral_body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks}
