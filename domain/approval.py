"""A manager's word on a blocked option, where the workspace asks for one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clock import require_aware
from domain.decision import Decision, DecisionState

LATEST = timedelta(hours=1)
"""An approver may answer until this long before the meeting: after that there is no time left to act upon it."""


class ApprovalState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    """No answer in time: the choice is the owner's."""
    UNREACHED = "unreached"
    """No message reaches the approver: the choice is the owner's."""
    DROPPED = "dropped"
    """The workspace stopped asking for approvals meanwhile: the choice is the owner's."""
    WITHDRAWN = "withdrawn"
    """The owner let it go or decided otherwise, or the meeting is over or cancelled."""
    MOVED = "moved"
    """The meeting has another time by now: what was asked for no longer fits."""


LEFT_TO_OWNER = frozenset({ApprovalState.TIMED_OUT, ApprovalState.UNREACHED, ApprovalState.DROPPED})
"""Nobody said anything, and nobody will: the owner goes on alone or does something else."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """The newest decision about a meeting, where it does not stand: it waits for approval, or it was not approved."""

    decision: Decision
    approval: Approval
    delegate_name: str = ""
    """Who would take the meeting over, where that is asked for."""

    @property
    def is_open(self) -> bool:
        """It may still come to stand."""
        return self.decision.state is DecisionState.REQUESTED

    @property
    def waits(self) -> bool:
        """For the approver's word."""
        return self.is_open and self.approval.state is ApprovalState.ASKED

    @property
    def is_left_to_owner(self) -> bool:
        return self.is_open and self.approval.state in LEFT_TO_OWNER

    @property
    def is_turned_down(self) -> bool:
        """By the approver, or because the meeting moved; the owner has chosen nothing else since."""
        return not self.is_open and self.approval.state in {ApprovalState.DECLINED, ApprovalState.MOVED}
