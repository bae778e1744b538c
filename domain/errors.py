"""What can go wrong through nobody's programming mistake; each becomes one translated sentence."""

from enum import StrEnum


class Problem(StrEnum):
    """Codes of the sentences in `messages/problems.py`; a test keeps the two in step."""

    MEETING_NOT_FOUND = "meeting_not_found"
    MEETING_OVER = "meeting_over"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_ALREADY_DECIDED = "meeting_already_decided"
    MEETING_MOVED = "meeting_moved"
    """It is another one than the owner saw when they chose."""
    NOT_YOURS = "not_yours"
    CLIENT_NOT_FOUND = "client_not_found"
    CONTACT_NOT_FOUND = "contact_not_found"
    NOT_FOR_EXPORT = "not_for_export"
    DECISION_NOT_FOUND = "decision_not_found"
    UNDO_TOO_LATE = "undo_too_late"
    ALREADY_UNDONE = "already_undone"
    OPTION_NOT_AVAILABLE = "option_not_available"
    APPROVAL_WAITS = "approval_waits"
    APPROVAL_OVER = "approval_over"
    APPROVAL_LATE = "approval_late"
    APPROVAL_ANSWERED = "approval_answered"
    REQUEST_STALE = "request_stale"
    RHYTHM_PROPOSED = "rhythm_proposed"
    """Another rhythm was proposed for the series of late, or there is no pattern any more."""
    HANDOFF_OVER = "handoff_over"
    HANDOFF_ANSWERED = "handoff_answered"
    PROPOSAL_GONE = "proposal_gone"
    CALENDAR_NOT_FOUND = "calendar_not_found"
    FORM_EXPIRED = "form_expired"
    NO_PEOPLE = "no_people"
    NO_ADMIN = "no_admin"
    REPORT_GONE = "report_gone"
    TEMPLATE_NOT_FOUND = "template_not_found"
    TEMPLATES_ARE_ADMINS = "templates_are_admins"
    TEMPLATES_LOCKED = "templates_locked"
    WORKSPACE_UNKNOWN = "workspace_unknown"
    SETTINGS_OF_ADMINS = "settings_of_admins"


class DomainError(Exception):
    """A rule of the product said no. `values` fill the placeholders of the sentence."""

    def __init__(self, problem: Problem, **values: str | int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.values = values


class FieldErrors(Exception):  # noqa: N818 - a collection of answers to a form, not one error
    """Bad values of a form: one `Invalid` for each field that needs another value."""

    def __init__(self, errors: "dict[str, Invalid]") -> None:
        super().__init__(", ".join(f"{field}: {error.code.value}" for field, error in errors.items()))
        self.errors = errors


class InvalidCode(StrEnum):
    """Why a field's value cannot be used; sentences in `messages/problems.py`."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    NOT_A_PHONE_NUMBER = "not_a_phone_number"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_URL = "not_a_url"
    NOT_A_DOMAIN = "not_a_domain"
    PUBLIC_DOMAIN = "public_domain"
    DOMAIN_TAKEN = "domain_taken"
    NAME_TAKEN = "name_taken"
    EMAIL_TAKEN = "email_taken"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_FORMALITY = "not_a_formality"
    SAME_CLIENT = "same_client"
    NOT_SHORTER = "not_shorter"
    TOO_SHORT = "too_short"
    IN_THE_PAST = "in_the_past"
    AFTER_THE_WINDOW = "after_the_window"
    NOT_A_TIME = "not_a_time"
    NOT_A_LENGTH = "not_a_length"
    NOT_A_SHARE = "not_a_share"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_DATE = "not_a_date"
    NOT_A_ZONE = "not_a_zone"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_NUMBER = "not_a_number"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    ABOVE_ANOTHER = "above_another"
    """A setting that exceeds another one, which must be at least as large."""
    TOO_MANY = "too_many"
    NOT_A_MANAGER = "not_a_manager"
    QUIET_ALL_DAY = "quiet_all_day"
    CALL_DATE_REQUIRED = "call_date_required"
    CONFIRM_FIRST = "confirm_first"
    NOTE_REQUIRED = "note_required"
    NO_RECIPIENT = "no_recipient"
    UNFILLED_PLACEHOLDER = "unfilled_placeholder"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    TEMPLATE_BROKEN = "template_broken"
    TEMPLATE_DOES_TOO_MUCH = "template_does_too_much"
    TEMPLATE_TOO_DEEP = "template_too_deep"
    DELEGATE_IS_OWNER = "delegate_is_owner"
    DELEGATE_IS_BOT = "delegate_is_bot"
    DELEGATE_DELETED = "delegate_deleted"
    DELEGATE_INVITED = "delegate_invited"
    DELEGATE_OUTSIDE = "delegate_outside"
    DELEGATE_GUEST = "delegate_guest"
    DELEGATE_NOT_VISIBLE = "delegate_not_visible"
    FEED_REFUSED = "feed_refused"
    FEED_UNREACHABLE = "feed_unreachable"
    FEED_NOT_A_CALENDAR = "feed_not_a_calendar"
    FEED_TOO_LARGE = "feed_too_large"
    FEED_TOO_SLOW = "feed_too_slow"
    FEED_STATUS = "feed_status"
    FEED_ALREADY_CONNECTED = "feed_already_connected"
    NOT_A_TIER = "not_a_tier"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    TOO_MANY_CELLS = "too_many_cells"
    CONTRADICTION = "contradiction"
    """Two rows of one client that say different things."""
    REPEATED_ROW = "repeated_row"
    EMPTY_FILE = "empty_file"
    NOT_UTF8 = "not_utf8"
    NOT_A_CSV_FILE = "not_a_csv_file"


class Invalid:
    """One field's answer: a code and the values of its sentence."""

    __slots__ = ("code", "values")

    def __init__(self, code: InvalidCode, **values: str | int) -> None:
        self.code = code
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Invalid) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.values.items()))))

    def __repr__(self) -> str:
        return f"Invalid({self.code.value!r}, {self.values!r})"
