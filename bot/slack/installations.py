"""Which bot token belongs to a workspace: looked up once, kept for a while, forgotten when told."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

CACHE_SECONDS = 300.0
_KEPT = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class BotInstallation:
    """The bot in one workspace, or (with `team_id` None) in a whole Grid organisation."""

    team_id: str | None
    enterprise_id: str | None = None
    bot_token: str = field(repr=False)
    bot_user_id: str
    bot_id: str
    scopes: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """The id that the workspace's things are stored under."""
        return self.team_id or self.enterprise_id or ""


class Installations(Protocol):
    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        """The installation of the workspace, else the one of its organisation; None where there is neither.

        Either id may be None. Raises whatever the store raises where it cannot be asked.
        """
        ...


class CachedInstallations:
    """`Installations` with a memory, so that a request costs neither a query nor an `auth.test`.

    A workspace without installation is not remembered: it may be installed the next moment.
    """

    def __init__(
        self,
        source: Installations,
        *,
        seconds: float = CACHE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._seconds = seconds
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[str | None, str | None], tuple[float, BotInstallation]] = OrderedDict()
        self._generation = 0

    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        key = (team_id, enterprise_id)
        known = self._known.get(key)
        if known is not None and known[0] > self._monotonic():
            return known[1]
        generation = self._generation
        found = await self._source.find(team_id, enterprise_id)
        # What was read before an invalidation must not outlive it.
        if found is not None and generation == self._generation:
            if len(self._known) >= _KEPT:
                self._known.popitem(last=False)
            self._known[key] = (self._monotonic() + self._seconds, found)
        return found

    def invalidate(self, team_id: str | None, enterprise_id: str | None = None) -> None:
        """Forget everything known of the workspace or the organisation: installed anew, uninstalled, token changed."""
        self._generation += 1
        gone = {one for one in (team_id, enterprise_id) if one is not None}
        for key, (_, kept) in list(self._known.items()):
            if gone & {*key, kept.team_id, kept.enterprise_id}:
                del self._known[key]


class SingleInstallation:
    """`Installations` for one configured token: `auth.test` is asked once, at the first need, and kept."""

    def __init__(self, identify: Callable[[], Awaitable[BotInstallation]]) -> None:
        """`identify` asks Slack who the token belongs to; raises SlackProblem."""
        self._identify = identify
        self._installation: BotInstallation | None = None

    async def start(self) -> BotInstallation:
        """The installation of the token. Raises SlackProblem where Slack refuses it or cannot be reached."""
        if self._installation is None:
            self._installation = await self._identify()
        return self._installation

    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        own = await self.start()
        if own.team_id is None:
            return own if enterprise_id is not None and enterprise_id == own.enterprise_id else None
        return own if team_id == own.team_id else None
