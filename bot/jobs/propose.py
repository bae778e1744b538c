"""The workflow `propose_client`: show a member the outside domains in their meetings that may be clients."""

from bot.jobs.posts import post_to_member
from bot.jobs.tools import Tools
from messages import client_proposals
from messages.i18n import translator
from storage import members, proposals

AT_ONCE = 3
"""Messages a member gets at a time; the others are listed under `/meetdown clients`."""


class Propose:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, user_id: str) -> None:
        await self._tools.steps("propose", self._propose, team_id, user_id)

    async def _propose(self, team_id: str, user_id: str) -> None:
        member = await self._tools.database.read(members.get, team_id, user_id)
        t = translator(member.language if member else "en")
        for proposal in (await self._tools.database.read(proposals.open_for, team_id, user_id))[:AT_ONCE]:
            key = f"proposal-{user_id}-{proposal.domain}"[:255]
            await post_to_member(self._tools, team_id, user_id, key, client_proposals.proposal(t, proposal))
