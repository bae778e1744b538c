"""What happened with a client: meetings, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.decision import Decision, Effect, EffectState
from domain.meeting import Meeting


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectRecord:
    """How far one effect of a decision is. `reference` is a Message-ID, a Slack ts or empty."""

    effect: Effect
    state: EffectState
    reference: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """A meeting with all its decisions, latest first; most meetings have none."""

    meeting: Meeting
    decisions: tuple[Decision, ...] = ()
    effects: Mapping[str, tuple[EffectRecord, ...]]
    """By decision id."""
