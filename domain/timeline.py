"""What happened with a client: meetings, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.decision import Decision, Effect, EffectState
from domain.meeting import Meeting

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
    """By decision id."""
