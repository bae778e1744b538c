"""How fast Slack may be called: one pace for each partition, so that a busy tenant never slows another."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

_KEPT = 10_000
"""Partitions remembered before those at rest are forgotten."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """`per_minute` calls in the long run, `burst` of them at once."""

    per_minute: int
    burst: int

    @property
    def seconds_per_call(self) -> float:
        return 60 / self.per_minute


# https://docs.slack.dev/apis/web-api/rate-limits: per method, workspace and app; the figures are Slack's lower bounds.
TIER_3 = Rate(per_minute=50, burst=50)
TIER_4 = Rate(per_minute=100, burst=100)
PER_CHANNEL = Rate(per_minute=60, burst=4)
"""chat.postMessage: one a second to each channel, short bursts allowed."""
PER_WORKSPACE = Rate(per_minute=300, burst=60)
"""chat.postMessage: "several hundred a minute" to a whole workspace."""
GENEROUS = Rate(per_minute=600, burst=100)


class MustWait(Exception):  # noqa: N818 - an answer, not an error
    """The turn is `seconds` away, further than the caller can wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:.1f} s away")
        self.seconds = seconds


class Pace:
    """Turns by the leaky-bucket rule (GCRA): each partition holds the moment at which its bucket would be empty."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._empty_at: dict[Hashable, float] = {}
        self._stopped_until: dict[Hashable, float] = {}

    async def turn(self, partition: Hashable, rate: Rate, *, max_wait: float) -> None:
        """Return when a call of `partition` may be made; raises MustWait where that is over `max_wait` seconds away."""
        now = self._monotonic()
        empty_at = max(self._empty_at.get(partition, now), now)
        wait = max(empty_at - (rate.burst - 1) * rate.seconds_per_call, self._stopped_until.get(partition, now)) - now
        if wait > max_wait:
            raise MustWait(wait)
        self._forget_those_at_rest(now)
        self._empty_at[partition] = empty_at + rate.seconds_per_call
        while wait > 0:
            await self._sleep(wait)
            # A 429 may have stopped the partition while this call was waiting for its turn.
            wait = self._stopped_until.get(partition, 0) - self._monotonic()
            if wait > max_wait:
                raise MustWait(wait)

    def stop(self, partition: Hashable, seconds: float) -> None:
        """No turns in `partition` for the next `seconds`: Slack's Retry-After."""
        until = self._monotonic() + seconds
        self._stopped_until[partition] = max(self._stopped_until.get(partition, until), until)

    def _forget_those_at_rest(self, now: float) -> None:
        if len(self._empty_at) >= _KEPT:
            self._empty_at = {partition: at for partition, at in self._empty_at.items() if at > now}
        if len(self._stopped_until) >= _KEPT:
            self._stopped_until = {partition: until for partition, until in self._stopped_until.items() if until > now}
