"""What happened with a client: meetings, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.aftermath import AnswerRecord, Debrief, MeetingNote
from domain.decision import Decision, Effect, EffectState
from domain.meeting import Meeting
from domain.report import Tally
from domain.words import Tier

WON_DAYS = 365
IN_DOUBT = "in_doubt"
"""Detail of a mail whose server never answered: the client may have it."""
TEXT_MISSING = "text_missing"
"""Detail of a mail that is the owner's to send, but whose text could not be given to them: Slack takes no message for
them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectRecord:
    """How far one effect of a decision is. `reference` is a Message-ID, a Slack ts or empty. `detail` holds words and
    addresses with `, ` between them.
    """

    effect: Effect
    state: EffectState
    reference: str = ""
    detail: str = ""

    @property
    def in_doubt(self) -> bool:
        return IN_DOUBT in self._details

    @property
    def is_text_missing(self) -> bool:
        return TEXT_MISSING in self._details

    @property
    def refused(self) -> tuple[str, ...]:
        """Recipients of a mail that its server did not take, while it took the mail for others."""
        return tuple(word for word in self._details if "@" in word)

    @property
    def _details(self) -> list[str]:
        return self.detail.split(", ")


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """A meeting with all its decisions, latest first; most meetings have none."""

    meeting: Meeting
    decisions: tuple[Decision, ...] = ()
    effects: Mapping[str, tuple[EffectRecord, ...]]
    """By decision id, as are `answers` and `debriefs`."""
    answers: Mapping[str, AnswerRecord] = field(default_factory=dict)
    debriefs: Mapping[str, Debrief] = field(default_factory=dict)
    notes: tuple[MeetingNote, ...] = ()
    """Oldest first."""
    called: frozenset[str] = frozenset()
    """Ids of decisions by e-mail that did not settle it: a call was needed."""


class TimelineFilter(StrEnum):
    """Which meetings of a client a timeline shows."""

    ALL = "all"
    STEP_DOWNS = "step_downs"
    HAND_OVERS = "hand_overs"
    TROUBLE = "trouble"
    """The client asked for another date, or complained."""
    NOTES = "notes"
    """With a note or a debrief."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How it stands with a client today: what is left of its budget, and what must not be stepped down."""

    tier: Tier
    """The effective one, which the budget goes by."""
    budget: int
    used: tuple[datetime, ...]
    """When the step-downs that count against the budget were decided on; oldest first."""
    window_days: int
    won: Tally
    """What step-downs with the client won in the last `WON_DAYS` days, and how the client took them."""
    next_protected: Meeting | None
    """The nearest coming meeting of a protected kind, in whoever's calendar."""

    @property
    def left(self) -> int:
        return max(0, self.budget - len(self.used))
