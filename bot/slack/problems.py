"""What can go wrong with a call to Slack, in three kinds that callers treat differently."""

from enum import StrEnum


class SlackCode(StrEnum):
    """Errors that somebody above reacts to; every other error of Slack's is `OTHER`."""

    USER_NOT_FOUND = "user_not_found"
    USER_NOT_VISIBLE = "user_not_visible"
    CHANNEL_NOT_FOUND = "channel_not_found"
    NOT_IN_CHANNEL = "not_in_channel"
    IS_ARCHIVED = "is_archived"
    MESSAGES_TAB_DISABLED = "messages_tab_disabled"
    RESTRICTED_ACTION = "restricted_action"
    CANNOT_DM_BOT = "cannot_dm_bot"
    MESSAGE_NOT_FOUND = "message_not_found"
    CANT_UPDATE_MESSAGE = "cant_update_message"
    EDIT_WINDOW_CLOSED = "edit_window_closed"
    MSG_TOO_LONG = "msg_too_long"
    MSG_BLOCKS_TOO_LONG = "msg_blocks_too_long"
    INVALID_BLOCKS = "invalid_blocks"
    INVALID_ARGUMENTS = "invalid_arguments"
    EXPIRED_TRIGGER = "expired_trigger_id"
    EXCHANGED_TRIGGER = "exchanged_trigger_id"
    INVALID_TRIGGER = "invalid_trigger_id"
    PUSH_LIMIT_REACHED = "push_limit_reached"
    VIEW_NOT_FOUND = "not_found"
    VIEW_CHANGED = "hash_conflict"
    VIEW_TOO_LARGE = "view_too_large"
    EXPIRED_RESPONSE_URL = "expired_url"
    USED_RESPONSE_URL = "used_url"
    INVALID_AUTH = "invalid_auth"
    NOT_AUTHED = "not_authed"
    TOKEN_REVOKED = "token_revoked"
    TOKEN_EXPIRED = "token_expired"
    ACCOUNT_INACTIVE = "account_inactive"
    TEAM_ACCESS_NOT_GRANTED = "team_access_not_granted"
    MISSING_SCOPE = "missing_scope"
    NOT_ALLOWED_TOKEN_TYPE = "not_allowed_token_type"
    RATE_LIMITED = "ratelimited"
    """Slack (or our own pace) asks to wait `retry_after` seconds; nothing was done."""
    UNREACHABLE = "unreachable"
    """No answer, after retries where those are safe; nothing was done, or doing it again does no harm."""
    NOT_INSTALLED = "not_installed"
    """There is no installation for this workspace (any more)."""
    REFUSED_URL = "refused_url"
    """A response URL that is not Slack's; nothing was sent."""
    OTHER = "other"


TOKEN_PROBLEMS = frozenset(
    {
        SlackCode.INVALID_AUTH,
        SlackCode.NOT_AUTHED,
        SlackCode.TOKEN_REVOKED,
        SlackCode.TOKEN_EXPIRED,
        SlackCode.ACCOUNT_INACTIVE,
        SlackCode.TEAM_ACCESS_NOT_GRANTED,
        SlackCode.NOT_INSTALLED,
    }
)
"""The token is not good (any more): waiting does not help."""

PASSING_PROBLEMS = frozenset({SlackCode.RATE_LIMITED, SlackCode.UNREACHABLE})
"""Trying again later helps."""


class SlackProblem(Exception):  # noqa: N818 - named as the team speaks of it
    """Slack said no, or could not be asked. `slack_error` is Slack's own word; `retry_after` is in seconds."""

    def __init__(
        self, code: SlackCode, *, method: str, slack_error: str = "", retry_after: float | None = None, detail: str = ""
    ) -> None:
        words = slack_error or code.value
        super().__init__(f"{method}: {words}{f' ({detail})' if detail else ''}")
        self.code = code
        self.method = method
        self.slack_error = words
        self.retry_after = retry_after

    @property
    def passes(self) -> bool:
        """Whether the same call may work later."""
        return self.code in PASSING_PROBLEMS


class Uncertain(Exception):  # noqa: N818 - not an error of anybody's: nobody knows
    """The connection was lost before Slack answered a call that must not be made twice.

    It may have been carried out. Look for the message (`find_posted`) before posting it again.
    """

    def __init__(self, method: str, cause: str) -> None:
        super().__init__(f"{method}: no answer ({cause}); it may have been done")
        self.method = method


def code_of(slack_error: str) -> SlackCode:
    try:
        return SlackCode(slack_error)
    except ValueError:
        return _ALIASES.get(slack_error, SlackCode.OTHER)


_ALIASES = {
    "rate_limited": SlackCode.RATE_LIMITED,
    "trigger_expired": SlackCode.EXPIRED_TRIGGER,
    "trigger_exchanged": SlackCode.EXCHANGED_TRIGGER,
    "invalid_trigger": SlackCode.INVALID_TRIGGER,
    "users_not_found": SlackCode.USER_NOT_FOUND,
    "no_permission": SlackCode.RESTRICTED_ACTION,
    "restricted_action_non_threadable_channel": SlackCode.RESTRICTED_ACTION,
    "restricted_action_read_only_channel": SlackCode.RESTRICTED_ACTION,
    "restricted_action_thread_locked": SlackCode.RESTRICTED_ACTION,
    "restricted_action_thread_only_channel": SlackCode.RESTRICTED_ACTION,
}
