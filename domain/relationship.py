"""Alerts about our own behaviour towards a client: do we meet them shorter, rarer, with fewer of our seniors?

A decision can be right each time and wrong in a row. The rules look only at what the client sees of us, and only where
there is enough to compare; docs/report.md says where each number comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from domain.clock import require_aware
from domain.policy import Policy
from domain.words import Option

COMPARED = 4
"""The last meetings that are held against as many before them."""
FEWEST_BEFORE = 3
"""Without so many before them there is nothing to compare with."""
SHORTER_SHARE = 0.75
"""An alert where the usual length fell to this share of what it was, or below,"""
SHORTER_MINUTES = 15
"""and by at least this many minutes."""
SILENCE_TIMES = 2
"""An alert where the silence lasts this many times as long as the usual gap between two meetings,"""
SILENCE_EXTRA = timedelta(days=14)
"""and is longer than it by at least this."""
SENIOR_FEWER = 2
"""An alert where the lead (without one: the owner themselves) came to so many fewer of the compared meetings."""
SNOOZE = timedelta(days=90)
"""How long *Not now* keeps an alert away."""
MAKE_GOOD_WITHIN = timedelta(weeks=3)
"""Until when a meeting that makes good is proposed."""
MAKE_GOOD_FROM = 2
"""Working days from now on which it can be at the earliest: a client is not asked for tomorrow."""
MAKE_GOOD_MINUTES = 60
"""Its length where the usual one is shorter."""


class AlertKind(StrEnum):
    SHORTER = "shorter"
    RARER = "rarer"
    MORE_JUNIOR = "more_junior"
    CLUSTER = "cluster"
    """One step-down after the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Touch:
    """One meeting with a client as the client saw it; copies in several calendars are one.

    `minutes` is the length that it was held for, `senior` whether the client's lead was there (without a lead: the
    owner in person). Settled by e-mail (`option` is EMAIL) it was not held at all.
    """

    starts_at: datetime
    minutes: int
    option: Option | None = None
    """How it was stepped down; None: held as planned."""
    senior: bool = True

    def __post_init__(self) -> None:
        require_aware(self.starts_at, "starts_at")

    @property
    def held(self) -> bool:
        return self.option is not Option.EMAIL


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """`now` and `before` are minutes (shorter), days (rarer), meetings of `of` (more junior, cluster)."""

    kind: AlertKind
    client_id: str
    now: int
    before: int
    of: int = 0
    minutes: int = MAKE_GOOD_MINUTES
    """Length of the meeting that would make good."""


def alerts(
    client_id: str, past: Sequence[Touch], next_at: datetime | None, policy: Policy, now: datetime
) -> tuple[Alert, ...]:
    """`past`: meetings with the client that are over, in any order; `next_at`: the next that is planned, if any."""
    ordered = sorted(past, key=lambda touch: touch.starts_at, reverse=True)
    held = [touch for touch in ordered if touch.held]
    minutes = max(MAKE_GOOD_MINUTES, _usual_length(held))
    found = (
        _shorter(client_id, held, minutes),
        _rarer(client_id, held, next_at, minutes, now),
        _more_junior(client_id, held, minutes),
        _cluster(client_id, ordered, policy, minutes),
    )
    return tuple(alert for alert in found if alert is not None)


def _compared(held: Sequence[Touch]) -> tuple[Sequence[Touch], Sequence[Touch]] | None:
    last, before = held[:COMPARED], held[COMPARED : 2 * COMPARED]
    return (last, before) if len(before) >= FEWEST_BEFORE else None


def _usual_length(held: Sequence[Touch]) -> int:
    """That of the meetings before the last ones: what the client was used to."""
    lengths = [touch.minutes for touch in held[COMPARED : 2 * COMPARED] or held]
    return round(median(lengths)) if lengths else 0


def _shorter(client_id: str, held: Sequence[Touch], minutes: int) -> Alert | None:
    compared = _compared(held)
    if compared is None:
        return None
    last, before = (round(median(touch.minutes for touch in several)) for several in compared)
    if last > before * SHORTER_SHARE or before - last < SHORTER_MINUTES:
        return None
    return Alert(kind=AlertKind.SHORTER, client_id=client_id, now=last, before=before, of=COMPARED, minutes=minutes)


def _rarer(
    client_id: str, held: Sequence[Touch], next_at: datetime | None, minutes: int, now: datetime
) -> Alert | None:
    """A meeting that is planned within the usual gap from now ends the silence as well as one that was held."""
    gaps = [later.starts_at - earlier.starts_at for later, earlier in pairwise(held[: 2 * COMPARED])]
    if len(gaps) < FEWEST_BEFORE:
        return None
    usual = timedelta(seconds=median(gap.total_seconds() for gap in gaps))
    silence = now - held[0].starts_at
    if next_at is not None and next_at - now <= usual:
        return None
    if silence < usual * SILENCE_TIMES or silence < usual + SILENCE_EXTRA:
        return None
    days = max(1, round(usual / timedelta(days=1)))
    return Alert(kind=AlertKind.RARER, client_id=client_id, now=silence.days, before=days, minutes=minutes)


def _more_junior(client_id: str, held: Sequence[Touch], minutes: int) -> Alert | None:
    """Of fewer meetings before than are compared now, the share is held against them."""
    compared = _compared(held)
    if compared is None:
        return None
    last, before = compared
    senior_now = sum(touch.senior for touch in last)
    senior_before = round(sum(touch.senior for touch in before) * len(last) / len(before))
    if senior_before - senior_now < SENIOR_FEWER:
        return None
    return Alert(
        kind=AlertKind.MORE_JUNIOR,
        client_id=client_id,
        now=senior_now,
        before=senior_before,
        of=len(last),
        minutes=minutes,
    )


def _cluster(client_id: str, ordered: Sequence[Touch], policy: Policy, minutes: int) -> Alert | None:
    last = ordered[: policy.pattern_meetings]
    stepped_down = sum(touch.option is not None for touch in last)
    if stepped_down < policy.pattern_step_downs:
        return None
    before = sum(touch.option is not None for touch in ordered[len(last) : 2 * len(last)])
    return Alert(
        kind=AlertKind.CLUSTER, client_id=client_id, now=stepped_down, before=before, of=len(last), minutes=minutes
    )
