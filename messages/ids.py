"""Names that travel through Slack and come back: actions, views, fields, and the one codec of values."""

from enum import StrEnum


class Action(StrEnum):
    """`action_id` of buttons and menus in messages, and of fields in modals that answer at once."""

    SHORTER = "meeting.shorter"
    CALL = "meeting.call"
    EMAIL = "meeting.email"
    HANDOFF = "meeting.handoff"
    KEEP = "meeting.keep"
    LATER = "meeting.later"
    MEETING_CHOSEN = "meeting.chosen"
    WHY = "meeting.why"
    KIND = "meeting.kind"
    SICK = "sick.open"
    SICK_REST = "sick.rest"
    SICK_OPTION = "sick.option"
    SICK_DAYS = "sick.days"
    SICK_UNTIL = "sick.until"
    UNDO_ALL = "sick.undo_all"
    UNDO = "decision.undo"
    MAILTO = "decision.mailto"
    """A link button: Slack sends it too, and it only wants an ack."""
    MARK_SENT = "decision.mark_sent"
    REASON = "form.reason"
    LENGTH = "form.length"
    AS_CALL = "form.as_call"
    WHO_RINGS = "form.who_rings"
    DELEGATE = "form.delegate"
    ACCEPT = "brief.accept"
    ASK = "brief.ask"
    DECLINE = "brief.decline"
    CHECKLIST = "brief.checklist"
    WHOLE_BRIEF = "brief.whole"
    ANSWER = "brief.answer"
    APPROVE = "approval.approve"
    REFUSE = "approval.decline"
    WITHDRAW = "approval.withdraw"
    GO_AHEAD = "approval.go_ahead"
    CLIENT_OPEN = "client.open"
    CLIENT_EDIT = "client.edit"
    TIMELINE_ONLY = "timeline.only"
    TIMELINE_NEWER = "timeline.newer"
    TIMELINE_OLDER = "timeline.older"
    TIMELINE_ENTRY = "timeline.entry"
    """The menu beside a meeting of a timeline: a note, or what the client answered."""
    FOLLOW_UP_REBOOKED = "follow_up.rebooked"
    FOLLOW_UP_COMPLAINED = "follow_up.complained"
    DEBRIEF = "debrief.write"
    CLIENT_ADD = "client.add"
    CLIENTS_PAGE = "client.page"
    PROPOSAL_ADD = "proposal.add"
    PROPOSAL_DISMISS = "proposal.dismiss"
    CONNECT = "calendar.connect"
    CONNECT_CHECK = "calendar.check"
    DISCONNECT = "calendar.disconnect"
    NEW_MEETING = "meeting.new"
    REPORT_CIRCLE = "report.circle"
    REPORT_MONTHS = "report.months"
    REPORT_ALERTS = "report.alerts"
    REPORT_FILE = "report.file"
    ALERT_MEETING = "alert.meeting"
    ALERT_SNOOZE = "alert.snooze"
    FOLLOW_UP_DONE = "follow_up.done"
    FOLLOW_UP_CALL = "follow_up.call"
    FOLLOW_UP_SNOOZE = "follow_up.snooze"


class View(StrEnum):
    """`callback_id` of modals."""

    OPTION = "option"
    CONNECT = "connect"
    NEW_MEETING = "new_meeting"
    CLIENT = "client"
    TIMELINE = "timeline"
    NOTE = "note"
    DEBRIEF = "debrief"
    BRIEF = "brief"
    ASK = "ask"
    ANSWER = "answer"
    DECLINE = "decline"
    WHY = "why"
    SICK = "sick"
    SICK_DRAFTS = "sick_drafts"
    REFUSE = "refuse"
    ALERTS = "alerts"
    NOTICE = "notice"


class Field(StrEnum):
    """`block_id` of inputs in modals; the element's `action_id` is `VALUE` unless an `Action` is named."""

    REASON = "reason"
    LENGTH = "length"
    STAYS = "stays"
    TO_WRITING = "to_writing"
    AS_CALL = "as_call"
    PHONE = "phone"
    WHO_RINGS = "who_rings"
    STATUS = "status"
    DECISIONS_NEEDED = "decisions_needed"
    NEXT_CONTACT = "next_contact"
    SERIOUS = "serious"
    CALL_ON = "call_on"
    DELEGATE = "delegate"
    TO = "to"
    SUBJECT = "subject"
    BODY = "body"
    CONFIRM = "confirm"
    NOTE = "note"
    URL = "url"
    CLIENT = "client"
    CONTACT_NAME = "contact_name"
    CONTACT_EMAIL = "contact_email"
    TITLE = "title"
    DATE = "date"
    TIME = "time"
    MINUTES = "minutes"
    PLACE = "place"
    NAME = "name"
    TIER = "tier"
    SHARE = "share"
    DOMAINS = "domains"
    LANGUAGE = "language"
    FORMALITY = "formality"
    ZONE = "zone"
    LEAD = "lead"
    RENEWAL = "renewal"
    FLAGS = "flags"
    NOTES = "notes"
    QUESTION = "question"
    ANSWER = "answer"
    BECAUSE = "because"
    SICK_DAYS = "sick_days"
    SICK_UNTIL = "sick_until"
    OUTCOME = "outcome"
    PROMISES = "promises"
    OPEN_POINTS = "open_points"
    MOOD = "mood"


VALUE = "value"
"""`action_id` of an input's element where nothing listens to it."""

BRIEF_SECTION_PREFIX = "brief_"
"""`block_id` of a brief section's input: the prefix and the section's name."""

SICK_OPTION_PREFIX = "sick_option_"
"""`block_id` of the choice for one meeting of a sick day: the prefix and the meeting's id; so are those that follow."""
SICK_PHONE_PREFIX = "sick_phone_"
SICK_SUBJECT_PREFIX = "sick_subject_"
SICK_BODY_PREFIX = "sick_body_"

_SEPARATOR = "."


def pack(*parts: str) -> str:
    """Ids as one button value. Ids hold letters, digits, `-` and `_` only, so the separator cannot occur in one."""
    if any(_SEPARATOR in part for part in parts):
        raise ValueError(f"an id cannot hold {_SEPARATOR!r}: {parts!r}")
    return _SEPARATOR.join(parts)


def unpack(value: str, count: int) -> tuple[str, ...] | None:
    """The ids of a button value, or None where it is not of that form: values come back untrusted."""
    parts = tuple(value.split(_SEPARATOR)) if len(value) <= 2000 else ()
    return parts if len(parts) == count and all(parts) else None


def numbered(name: str, number: int) -> str:
    """A block id that is new in each edition of a view: Slack keeps what was typed under an old one."""
    return f"{name}{_SEPARATOR}{number}"


def unnumbered(name: str) -> str:
    return name.partition(_SEPARATOR)[0]
