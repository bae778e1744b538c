"""Everything that is known of one meeting, gathered to be judged and shown."""

from dataclasses import dataclass
from datetime import datetime

from domain.approval import Request
from domain.assessment import Assessment
from domain.assessment_facts import Facts
from domain.client import Client, Contact
from domain.decision import Decision
from domain.meeting import Meeting
from domain.member import Member
from domain.policy import Policy
from domain.timeline import EffectRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveMessage:
    """The one message with buttons about a meeting, in the owner's DM."""

    channel: str
    ts: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """One meeting with its client, its owner, what stands decided and how it is judged now."""

    meeting: Meeting
    client: Client | None
    contact: Contact | None
    owner: Member
    facts: Facts
    assessment: Assessment
    policy: Policy
    """The workspace's numbers, which the assessment went by."""
    decision: Decision | None = None
    effects: tuple[EffectRecord, ...] = ()
    delegate: Member | None = None
    live_message: LiveMessage | None = None
    request: Request | None = None
    """A decision that waits for a manager's word, or that was turned down and has no other one after it."""

    rhythm_due: bool = False
    """Another rhythm is to be proposed for the series (`domain.rhythm.is_due`)."""
    rhythm_proposed_at: datetime | None = None
    """When one was last proposed; known only where there is a pattern."""

    def undo_until(self, now: datetime) -> datetime | None:
        """Until when the standing decision can be undone (the start of the meeting); None where it cannot."""
        if self.decision is None or self.meeting.cancelled or self.meeting.has_started(now):
            return None
        return self.meeting.starts_at
