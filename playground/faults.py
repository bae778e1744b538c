"""What can be made to go wrong, on demand."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playground.records import ApiCall

Where = Callable[[ApiCall], bool]
"""Narrows a fault to certain calls: by `args`, by `team_id`."""


@dataclass(kw_only=True)
class Fault:
    """Strikes the next `times` calls of `method` (`*`: any; `response_url`: posts to those) that `where` picks."""

    method: str
    times: int
    where: Where | None = None
    error: str = ""
    """Slack's error name in a normal answer; with `status` 200."""
    status: int = 200
    retry_after: int | None = None
    """Seconds, sent with 429."""
    seconds: float = 0.0
    """Hang this long before anything happens."""
    drop: Literal["", "before", "after"] = ""
    """Break the connection before the call takes effect, or after it did and before the answer."""

    @property
    def name(self) -> str:
        if self.drop:
            return f"drop {self.drop}"
        return self.error or (f"status {self.status}" if self.status != 200 else f"hang {self.seconds}")


class Faults:
    """Each call meets at most one: the first that was told for its method, else the first for any method."""

    def __init__(self) -> None:
        self.deliver_twice = False
        """Every command, interaction and event reaches the bot twice, at the same time."""
        self.pace_posts = False
        """A second chat.postMessage to one channel within a second gets 429, as Slack does in the long run."""
        self._posted: dict[str, float] = {}
        self._pending: list[Fault] = []

    def fail(self, method: str, error: str = "internal_error", *, times: int = 1, where: Where | None = None) -> None:
        """Answer `ok: false` with this error name; nothing takes effect."""
        self._pending.append(Fault(method=method, times=times, where=where, error=error))

    def status(self, method: str, status: int = 503, *, times: int = 1, where: Where | None = None) -> None:
        """Answer an HTTP error with a body that is not JSON; nothing takes effect."""
        self._pending.append(Fault(method=method, times=times, where=where, status=status))

    def rate_limit(self, method: str, *, retry_after: int = 1, times: int = 1, where: Where | None = None) -> None:
        """Answer 429 with Retry-After in seconds."""
        self._pending.append(
            Fault(method=method, times=times, where=where, status=429, error="ratelimited", retry_after=retry_after)
        )

    def hang(self, method: str, seconds: float, *, times: int = 1, where: Where | None = None) -> None:
        """Wait, then do as always."""
        self._pending.append(Fault(method=method, times=times, where=where, seconds=seconds))

    def drop(
        self, method: str, when: Literal["before", "after"] = "after", *, times: int = 1, where: Where | None = None
    ) -> None:
        """Break the connection. `after`: the message stands in Slack, and the bot cannot know."""
        self._pending.append(Fault(method=method, times=times, where=where, drop=when))

    @property
    def pending(self) -> list[Fault]:
        """Those that still wait for their call, in order."""
        return list(self._pending)

    def forget(self, fault: Fault) -> None:
        if fault in self._pending:
            self._pending.remove(fault)

    def clear(self) -> None:
        self._pending.clear()
        self.deliver_twice = False
        self.pace_posts = False

    def strike(self, call: ApiCall) -> Fault | None:
        """The fault for this call, used up by it."""
        for fault in sorted(self._pending, key=lambda one: one.method == "*"):
            if fault.method in {call.method, "*"} and (fault.where is None or fault.where(call)):
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
                return fault
        return self._too_soon(call) if self.pace_posts and call.method == "chat.postMessage" else None

    def _too_soon(self, call: ApiCall) -> Fault | None:
        channel, moment = str(call.args.get("channel")), time.monotonic()
        if moment - self._posted.get(channel, float("-inf")) < 1.0:
            return Fault(method=call.method, times=1, status=429, error="ratelimited", retry_after=1)
        self._posted[channel] = moment
        return None
