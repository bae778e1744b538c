"""The tables, by noun. Importing this package makes `Base.metadata` complete."""

from storage.models.aftermath import AnswerRow, ApprovalRow, DebriefRow, MeetingNoteRow
from storage.models.base import Base, table_of
from storage.models.clients import ClientDomainRow, ClientRow, ContactRow, ProposalRow
from storage.models.decisions import BriefRow, DecisionRow, EffectRow, FollowUpRow, QuestionRow
from storage.models.meetings import HAS_ENTRY, CalendarRow, MeetingRow, ReminderRow, SeriesKindRow
from storage.models.outbox import OutboxRow
from storage.models.people import InstallationRow, MemberRow, OAuthStateRow, SettingChangeRow, WorkspaceRow
from storage.models.relationship import SnoozeRow
from storage.models.rhythm import RhythmProposalRow
from storage.models.slack import FormRow, PostRow
from storage.models.wording import TemplateRow

__all__ = [
    "HAS_ENTRY",
    "AnswerRow",
    "ApprovalRow",
    "Base",
    "BriefRow",
    "CalendarRow",
    "ClientDomainRow",
    "ClientRow",
    "ContactRow",
    "DebriefRow",
    "DecisionRow",
    "EffectRow",
    "FollowUpRow",
    "FormRow",
    "InstallationRow",
    "MeetingNoteRow",
    "MeetingRow",
    "MemberRow",
    "OAuthStateRow",
    "OutboxRow",
    "PostRow",
    "ProposalRow",
    "QuestionRow",
    "ReminderRow",
    "RhythmProposalRow",
    "SeriesKindRow",
    "SettingChangeRow",
    "SnoozeRow",
    "TemplateRow",
    "WorkspaceRow",
    "table_of",
]
