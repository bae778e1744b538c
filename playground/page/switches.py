"""The fault switches of the page: each one puts faults before the stand-in's calls, or takes them away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.faults import Fault, Faults

ALWAYS = 1_000_000
SLOW_SECONDS = 2.0
RETRY_AFTER = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Switch:
    name: str
    title: str
    about: str
    is_on: Callable[[Faults], bool]
    turn: Callable[[Faults, bool], None]


def _waiting(faults: Faults, mine: Callable[[Fault], bool]) -> list[Fault]:
    return [fault for fault in faults.pending if mine(fault)]


def _pending(
    name: str, title: str, about: str, *, mine: Callable[[Fault], bool], begin: Callable[[Faults], None]
) -> Switch:
    """A switch that is on for as long as a fault of its kind waits."""

    def turn(faults: Faults, on: bool) -> None:
        for fault in _waiting(faults, mine):
            faults.forget(fault)
        if on:
            begin(faults)

    return Switch(name=name, title=title, about=about, is_on=lambda faults: bool(_waiting(faults, mine)), turn=turn)


def _flag(name: str, title: str, about: str) -> Switch:
    def turn(faults: Faults, on: bool) -> None:
        setattr(faults, name, on)

    return Switch(name=name, title=title, about=about, is_on=lambda faults: bool(getattr(faults, name)), turn=turn)


SWITCHES: Sequence[Switch] = (
    _pending(
        "slow",
        "Slow Slack",
        f"Every call of the bot takes {SLOW_SECONDS:g} seconds longer.",
        mine=lambda fault: fault.seconds > 0,
        begin=lambda faults: faults.hang("*", SLOW_SECONDS, times=ALWAYS),
    ),
    _pending(
        "rate_limit",
        "Too many requests",
        f"The next three posts get 429 with Retry-After: {RETRY_AFTER}.",
        mine=lambda fault: fault.status == 429,
        begin=lambda faults: faults.rate_limit("chat.postMessage", retry_after=RETRY_AFTER, times=3),
    ),
    _pending(
        "lost",
        "Lost connection after a post",
        "The next message is posted, but the bot gets no answer and cannot know. It must not post it twice.",
        mine=lambda fault: fault.drop == "after",
        begin=lambda faults: faults.drop("chat.postMessage", "after"),
    ),
    _flag(
        "deliver_twice",
        "Everything twice",
        "Each command, click and event reaches the bot twice, at the same time.",
    ),
    _flag(
        "pace_posts",
        "One post per second",
        "A second message to one conversation within a second gets 429, as Slack does in the long run.",
    ),
)


def flip(faults: Faults, name: str) -> None:
    """Turn one switch over; `none` turns all off. LookupError for an unknown name."""
    if name == "none":
        for switch in SWITCHES:
            switch.turn(faults, False)
        return
    for switch in SWITCHES:
        if switch.name == name:
            switch.turn(faults, not switch.is_on(faults))
            return
    raise LookupError(name)
