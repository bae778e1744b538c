"""What the modal of an option is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.assessment import Assessment, Judgement, Requirement
from domain.brief import Section
from domain.client import Client, Contact
from domain.clock import require_aware
from domain.decision import Draft, WhoRings
from domain.meeting import Meeting
from domain.member import Member
from domain.words import Option, Reason
from messages.linter import LintFinding
from messages.scripts import CallScript


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionPage:
    """Which of the values of the fields count depends on `option`; the others are left alone."""

    form_id: str
    edition: int = 1
    """Goes up with each draft made anew: Slack keeps what was typed in a field for as long as its name stays."""
    option: Option
    meeting: Meeting
    client: Client | None
    contact: Contact | None
    zone: str
    """The owner's, as an IANA name."""
    script: CallScript | None = None
    """What to say on the phone; there where the owner had better ring."""
    now: datetime
    reason: Reason
    assessment: Assessment
    """For that reason."""
    needs: Requirement
    approver: Member | None = None
    """Whose word it needs; None: the owner's own is enough."""
    rhythm_due: bool = False
    """Another rhythm is to be proposed for the series."""
    draft: Draft
    lint: tuple[LintFinding, ...] = ()
    fixes: tuple[LintFinding, ...] = ()
    """Those among them that can be put right at the press of a button."""
    notice: str = ""
    """One plain sentence above the draft, as that it was made anew."""
    mail_will_be_sent: bool = False
    """Whether the bot sends the draft itself; else it is handed to the owner."""

    lengths: tuple[int, ...] = ()
    """Offered lengths in minutes, longest first; empty: those below the present one."""
    length: int | None = None
    stays: tuple[str, ...] = ()
    to_writing: tuple[str, ...] = ()
    pre_read: tuple[str, ...] = ()
    """What the client is asked to look at beforehand."""
    as_call: bool = False
    phone: str = ""
    who_rings: WhoRings = WhoRings.OWNER
    status: str = ""
    decisions_needed: str = ""
    next_contact: date | None = None
    serious: bool = False
    call_on: date | None = None
    delegate_id: str = ""
    sections: Mapping[Section, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_aware(self.now, "now")

    @property
    def judgement(self) -> Judgement:
        """A shorter call is as bad as the worse of the two."""
        if self.option is Option.SHORTER and self.as_call:
            return self.assessment.together(Option.SHORTER, Option.CALL)
        return self.assessment.for_option(self.option)
