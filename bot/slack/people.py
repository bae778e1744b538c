"""The people of a workspace: their language and zone, remembered for a while, and who may take a meeting over."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.slack.gateway import SlackGateway
from bot.slack.person import Person
from bot.slack.problems import SlackCode, SlackProblem
from domain.errors import InvalidCode

CACHE_SECONDS = 3600.0
_KEPT = 20_000
_NOT_TO_BE_SEEN = frozenset({SlackCode.USER_NOT_FOUND, SlackCode.USER_NOT_VISIBLE})


class People:
    """`users.info` with a memory that `user_change` events refresh."""

    def __init__(
        self,
        gateway: SlackGateway,
        *,
        seconds: float = CACHE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gateway = gateway
        self._seconds = seconds
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def person(self, *, team_id: str, user_id: str) -> Person:
        """Raises SlackProblem (USER_NOT_FOUND, USER_NOT_VISIBLE …)."""
        known = self._known.get((team_id, user_id))
        if known is not None and known[0] > self._monotonic():
            return known[1]
        person = await self._gateway.user_info(team_id=team_id, user_id=user_id)
        if len(self._known) >= _KEPT:
            self._known.popitem(last=False)
        self._known[(team_id, user_id)] = (self._monotonic() + self._seconds, person)
        return person

    def changed(self, *, team_id: str, user_id: str) -> None:
        """A `user_change` event: the next look is a fresh one (the event itself carries no locale for certain)."""
        self._known.pop((team_id, user_id), None)

    async def delegate_problem(
        self, *, team_id: str, owner_id: str, delegate_id: str, guests_allowed: bool = False
    ) -> InvalidCode | None:
        """Why `delegate_id` cannot take a meeting of `owner_id` over; None where they can.

        Asks Slack afresh: somebody may have left since. Raises SlackProblem where Slack cannot be asked.
        """
        if delegate_id == owner_id:
            return InvalidCode.DELEGATE_IS_OWNER
        self.changed(team_id=team_id, user_id=delegate_id)
        try:
            person = await self.person(team_id=team_id, user_id=delegate_id)
        except SlackProblem as problem:
            if problem.code in _NOT_TO_BE_SEEN:
                return InvalidCode.DELEGATE_NOT_VISIBLE
            raise
        own = await self._gateway.installation(team_id)
        return delegate_problem(
            person, team_id=own.team_id, enterprise_id=own.enterprise_id, guests_allowed=guests_allowed
        )


def delegate_problem(
    person: Person, *, team_id: str | None, enterprise_id: str | None, guests_allowed: bool
) -> InvalidCode | None:
    """The rules that need nothing but the person. `is_stranger` is not among them: it does not tell."""
    if person.is_bot:
        return InvalidCode.DELEGATE_IS_BOT
    if person.is_deleted:
        return InvalidCode.DELEGATE_DELETED
    at_home = team_id is not None and person.team_id == team_id
    in_organisation = bool(person.enterprise_id) and person.enterprise_id == enterprise_id
    # On Grid, `team_id` may name another workspace of somebody who is in this one, too.
    in_workspace = team_id is None or not person.team_ids or team_id in person.team_ids
    if not at_home and not (in_organisation and in_workspace):
        return InvalidCode.DELEGATE_OUTSIDE
    if person.is_invited:
        return InvalidCode.DELEGATE_INVITED
    if person.is_guest and not guests_allowed:
        return InvalidCode.DELEGATE_GUEST
    return None
