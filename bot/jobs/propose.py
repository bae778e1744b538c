"""The workflows about outside domains that may be clients: ask a member, and close the question once it is answered."""

from bot.jobs.tools import Tools
from domain.overview import LiveMessage
from domain.planned import Proposal
from messages import client_proposals
from messages.i18n import translator
from storage import clients, members, posts, proposals

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
            message = client_proposals.proposal(t, proposal)
            await self._tools.posting.to_member(team_id, user_id, _key(proposal), message)

    async def settled(self, team_id: str, domain: str) -> None:
        await self._tools.steps("settle", self._settle, team_id, domain)

    async def _settle(self, team_id: str, domain: str) -> None:
        """The question loses its buttons, where it was asked in a message."""
        tools = self._tools
        proposal = await tools.database.read(proposals.any_state, team_id, domain)
        post = await tools.database.read(posts.find, team_id, _key(proposal)) if proposal else None
        if proposal is None or post is None or post.state != "posted":
            return
        member = await tools.database.read(members.get, team_id, proposal.member_id)
        owners = await tools.database.read(clients.domains, team_id)
        client = await tools.database.read(clients.get, team_id, owners[domain]) if domain in owners else None
        message = client_proposals.proposal_settled(translator(member.language if member else "en"), domain, client)
        live = LiveMessage(channel=post.channel, ts=post.ts)
        await tools.posting.edit(team_id, live, _key(proposal), message)


def _key(proposal: Proposal) -> str:
    return f"proposal-{proposal.member_id}-{proposal.domain}"[:255]
