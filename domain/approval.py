"""A manager's word on a blocked option, where the workspace asks for one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.clock import require_aware


class ApprovalState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    """No answer in time: the choice is the owner's."""
    WITHDRAWN = "withdrawn"
    """The owner let it go, or the meeting is over or cancelled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """Asked of `approver_id` for the decision of the same id, which is `requested` meanwhile."""

    decision_id: str
    team_id: str
    meeting_id: str
    owner_id: str
    approver_id: str
    state: ApprovalState = ApprovalState.ASKED
    asked_at: datetime
    due_at: datetime
    """When it times out to the owner."""
    answered_at: datetime | None = None
    note: str = ""
    """What the manager said to it."""

    def __post_init__(self) -> None:
        require_aware(self.asked_at, "asked_at")
        require_aware(self.due_at, "due_at")
