"""A brief: what a delegate needs to speak for the owner and to answer the client's questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Section(StrEnum):
    """The sections of a brief in the order in which they are read."""

    WHY_YOU = "why_you"
    CLIENT = "client"
    WHO = "who"
    GOAL = "goal"
    AGENDA = "agenda"
    OPEN_POINTS = "open_points"
    FIGURES = "figures"
    QUESTIONS = "questions"
    AUTHORITY = "authority"
    DO_NOT_PROMISE = "do_not_promise"
    NEXT_STEPS = "next_steps"
    REACH_OWNER = "reach_owner"
    HISTORY = "history"
    SENSITIVITIES = "sensitivities"
    DOCUMENTS = "documents"


REQUIRED_SECTIONS: tuple[Section, ...] = tuple(
    section for section in Section if section not in {Section.HISTORY, Section.SENSITIVITIES, Section.DOCUMENTS}
)


class Authority(StrEnum):
    REPORT_BACK = "report_back"
    WITHIN_LIMITS = "within_limits"
    DECIDE = "decide"


class CheckItem(StrEnum):
    """The delegate's checklist."""

    READ_BRIEF = "read_brief"
    INVITATION = "invitation"
    NUMBERS = "numbers"
    QUESTIONS_ASKED = "questions_asked"
    GOAL_CONFIRMED = "goal_confirmed"
    DEBRIEF_PLANNED = "debrief_planned"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Asked by the delegate, answered by the owner; the answer belongs to the brief."""

    id: str
    text: str
    answer: str = ""
    answered_at: datetime | None = None


class HandoffState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    id: str
    decision_id: str
    team_id: str
    delegate_id: str
    sections: Mapping[Section, str]
    state: HandoffState = HandoffState.OFFERED
    ticked: frozenset[CheckItem] = field(default_factory=frozenset)
    questions: tuple[Question, ...] = ()
    declined_because: str = ""


def missing_sections(sections: Mapping[Section, str]) -> tuple[Section, ...]:
    """The required sections that are still empty, in reading order."""
    return tuple(section for section in REQUIRED_SECTIONS if not sections.get(section, "").strip())
