"""Who acts, in which workspace, in which language: what every listener starts with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.members import Members
from bot.slack.gateway import SlackGateway
from domain.member import Member
from messages.i18n import Translator, translator

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """`team_id` is where the workspace's things are stored: the organisation, where the bot is installed for one."""

    member: Member
    t: Translator

    @property
    def team_id(self) -> str:
        return self.member.team_id

    @property
    def user_id(self) -> str:
        return self.member.user_id


class Callers:
    def __init__(self, *, gateway: SlackGateway, members: Members) -> None:
        self._gateway = gateway
        self._members = members

    async def of(self, body: Body) -> Caller:
        """Raises SlackProblem where the bot is not installed for the sender's workspace."""
        return await self.by_id(await self.home(body), user_of(body))

    async def by_id(self, team_id: str, user_id: str) -> Caller:
        member = await self._members.know(team_id, user_id)
        return Caller(member=member, t=translator(member.language))

    async def home(self, body: Body) -> str:
        """The id that the workspace's things are stored under."""
        organisation = body.get("enterprise_id") or _id(body.get("enterprise"))
        team = body.get("team_id") or _id(body.get("team")) or _id(body.get("user"), "team_id")
        return (await self._gateway.installation_for(str(team or ""), str(organisation or ""))).home


def user_of(body: Body) -> str:
    event = body.get("event")
    user = body.get("user_id") or body.get("user") or (event.get("user") if isinstance(event, Mapping) else "")
    return str(user.get("id", "")) if isinstance(user, Mapping) else str(user or "")


def _id(value: object, name: str = "id") -> str:
    return str(value.get(name) or "") if isinstance(value, Mapping) else ""
