"""What is due later: rows that people can see, move and cancel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.clock import require_aware
from domain.words import Lead


class ReminderState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    """The meeting moved, was cancelled or was decided on."""
    SKIPPED = "skipped"
    """Too late to be of use, after downtime."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """A DM to the owner about one coming meeting, at one lead time."""

    id: str
    team_id: str
    meeting_id: str
    owner_id: str
    lead: Lead
    due_at: datetime
    starts_at: datetime
    """The start that the reminder was planned for; a meeting that moves gets a new plan."""
    state: ReminderState = ReminderState.PLANNED

    def __post_init__(self) -> None:
        require_aware(self.due_at, "due_at")
        require_aware(self.starts_at, "starts_at")


class FollowUpKind(StrEnum):
    CONFIRM = "confirm"
    """Has the client confirmed?"""
    CALL = "call"
    """Is the mail settled, or is a call needed?"""
    ANSWER = "answer"
    """The delegate has not answered: choose again?"""
    DEBRIEF = "debrief"
    """How was it? Asked of the delegate after the meeting."""


class FollowUpState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """Something due later because of a decision; `member_id` is who gets it."""

    id: str
    team_id: str
    decision_id: str
    meeting_id: str
    member_id: str
    kind: FollowUpKind
    due_at: datetime
    state: FollowUpState = FollowUpState.PLANNED
    outcome: str = ""

    def __post_init__(self) -> None:
        require_aware(self.due_at, "due_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """A connected calendar. `url` is secret: shown to nobody, logged nowhere, encrypted at rest."""

    id: str
    team_id: str
    owner_id: str
    url: str
    etag: str = ""
    last_modified: str = ""
    next_sync_at: datetime
    synced_at: datetime | None = None
    failures: int = 0
    problem: str = ""
    """Value of `domain.errors.InvalidCode` of the last failure; empty while it works."""
    client_meetings: int = 0
    """Coming client meetings at the last sync."""
    connected_at: datetime | None = None
    """None where that was not noted: then long ago."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """An outside domain that keeps turning up in meetings: perhaps a client."""

    team_id: str
    domain: str
    sample_email: str = ""
    member_id: str
    seen_at: datetime


class FormKind(StrEnum):
    """Which modal a form belongs to."""

    OPTION = "option"
    WHY = "why"
    CONNECT = "connect"
    NEW_MEETING = "new_meeting"
    CLIENT = "client"
    CONTACT = "contact"
    ASK = "ask"
    ANSWER = "answer"
    DECLINE = "decline"
    SICK = "sick"
    SETTINGS = "settings"
    TEMPLATE = "template"
    REPORT = "report"
    DEBRIEF = "debrief"
    NOTE = "note"
    MERGE = "merge"
    APPROVAL = "approval"
    RHYTHM = "rhythm"
    CORRECTION = "correction"
    """No modal: the text that takes an undone decision back, behind the message that shows it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """An open modal. Slack carries only its id; a decision made in it takes the same id, so that it is made once."""

    id: str
    team_id: str
    user_id: str
    kind: FormKind
    subject_id: str = ""
    """The meeting, client, brief or question that it is about."""
    state: str = ""
    """JSON of the feature that opened it."""
    response_url: str = ""
    """Where the ephemeral list that it came from can be replaced; empty elsewhere."""
    opened_at: datetime
