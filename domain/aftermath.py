"""What came of a meeting or a decision: the client's answer, the delegate's debrief, a note of the owner's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.clock import require_aware


class ClientAnswer(StrEnum):
    """How the client took a step-down, as the owner tells it."""

    CONFIRMED = "confirmed"
    REBOOKED = "rebooked"
    """They asked for another date instead."""
    COMPLAINED = "complained"
    SILENT = "silent"


class Mood(StrEnum):
    """How the client was in a meeting that a colleague took over."""

    GOOD = "good"
    NEUTRAL = "neutral"
    TENSE = "tense"


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerRecord:
    """One per decision: the newest word counts."""

    decision_id: str
    team_id: str
    answer: ClientAnswer
    note: str = ""
    said_by: str
    said_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.said_at, "said_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Debrief:
    """What the delegate reports after the meeting; one per hand-over."""

    decision_id: str
    team_id: str
    outcome: str
    promises: str = ""
    open_points: str = ""
    mood: Mood = Mood.NEUTRAL
    written_by: str
    written_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.written_at, "written_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingNote:
    """What somebody wanted to remember of a meeting; a series with notes is not idle."""

    id: str
    team_id: str
    meeting_id: str
    text: str
    written_by: str
    written_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.written_at, "written_at")
