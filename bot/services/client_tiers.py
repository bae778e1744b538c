"""Looking at the tiers: those that differ from what the revenue suggests, and the quarter's question to the leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.calendars.work_week import policy_of, week_of
from bot.services.ports import Jobs
from domain.client import Client
from domain.clock import Clock
from domain.errors import DomainError, Problem
from domain.member import Member
from domain.policy import Policy
from domain.tiering import Quarter, Standing, needs_review, question_key, standing
from domain.words import Tier
from storage import clients, outbox, posts, workspaces
from storage.database import Database
from storage.outbox import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class ToLookAt:
    found: Sequence[tuple[Client, Standing]]
    """Those whose tier is another one than suggested, the largest share first."""
    unknown: int
    """Clients whose part of the revenue nobody knows."""
    policy: Policy


class ClientTiers:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def to_look_at(self, team_id: str) -> ToLookAt:
        return await self._database.read(_to_look_at, team_id)

    async def take(self, team_id: str, client_id: str, tier: Tier) -> tuple[Client, Policy]:
        """Make the tier the one that was suggested. Whoever sees the client book may; raises DomainError."""
        return await self._database.run(_take, team_id, client_id, tier, self._clock.now())

    async def answer(self, member: Member, quarter: Quarter, client_id: str, tier: Tier) -> bool:
        """The lead's word on one client. Raises DomainError (NOT_YOURS) where somebody else leads it by now.

        False where the message with the question is not known any more (after a month) and will not show it.
        """
        now = self._clock.now()
        is_shown = await self._database.run(
            partial(_answer, member=member, quarter=quarter, client_id=client_id, tier=tier, now=now)
        )
        self._jobs.poke()
        return is_shown

    async def all_fit(self, member: Member, quarter: Quarter, client_ids: Sequence[str]) -> bool:
        """The tiers of those that the question showed are as they should be. As `answer`; whom another leads by now is
        left out.
        """
        is_shown = await self._database.run(_all_fit, member, quarter, client_ids, self._clock.now())
        self._jobs.poke()
        return is_shown


def _to_look_at(session: Session, team_id: str) -> ToLookAt:
    policy = policy_of(workspaces.get(session, team_id))
    known = [(client, standing(client, policy)) for client in clients.active(session, team_id)]
    found = [(client, one) for client, one in known if one is not None and not one.fits]
    return ToLookAt(
        found=sorted(found, key=lambda pair: -pair[1].share),
        unknown=sum(one is None for _, one in known),
        policy=policy,
    )


def _take(session: Session, team_id: str, client_id: str, tier: Tier, now: datetime) -> tuple[Client, Policy]:
    if clients.get(session, team_id, client_id) is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    clients.review_tier(session, team_id, client_id, tier, now)
    changed = clients.get(session, team_id, client_id)
    if changed is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    return changed, policy_of(workspaces.get(session, team_id))


def _answer(session: Session, *, member: Member, quarter: Quarter, client_id: str, tier: Tier, now: datetime) -> bool:
    client = clients.get(session, member.team_id, client_id)
    if client is None or client.archived_at is not None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    if client.lead_id != member.user_id:
        raise DomainError(Problem.NOT_YOURS)
    clients.review_tier(session, member.team_id, client.id, tier, now)
    return _show(session, member, quarter, now)


def _all_fit(session: Session, member: Member, quarter: Quarter, client_ids: Sequence[str], now: datetime) -> bool:
    week = week_of(member, workspaces.get(session, member.team_id))
    mine = clients.led_by(session, member.team_id, member.user_id)
    for client in [one for one in mine if one.id in client_ids and needs_review(one, quarter, week)]:
        clients.review_tier(session, member.team_id, client.id, client.tier, now)
    return _show(session, member, quarter, now)


def _show(session: Session, member: Member, quarter: Quarter, now: datetime) -> bool:
    """The question is shown anew, with what was answered; False where it is not known any more."""
    post = posts.find(session, member.team_id, question_key(member.user_id, quarter))
    if post is None or post.state != "posted":
        return False
    subject, edition = f"{member.user_id}@{quarter.name}@shown", f"{now:%Y%m%dT%H%M%S%f}"
    outbox.promise(session, member.team_id, Work.REVIEW_TIERS, subject, now, edition=edition)
    return True
