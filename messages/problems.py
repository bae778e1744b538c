"""The sentence for everything that can go wrong through nobody's programming mistake."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

from domain.errors import DomainError, Invalid, InvalidCode, Problem
from domain.setting_change import read
from messages.escape import cut
from messages.i18n import N_, Translator
from messages.setting_names import setting_name, setting_value

PROBLEMS: Mapping[Problem, tuple[str, ...]] = {
    Problem.MEETING_NOT_FOUND: (
        N_("I cannot find that meeting any more. `/meetdown` shows what is coming."),
    ),
    Problem.MEETING_OVER: (
        N_("That meeting has started already, so there is nothing left to step down."),
    ),
    Problem.MEETING_CANCELLED: (
        N_("That meeting was cancelled in the calendar, so there is nothing to decide any more."),
    ),
    Problem.MEETING_ALREADY_DECIDED: (
        N_("This meeting has been decided on already. Undo that first if you want something else."),
    ),
    Problem.MEETING_MOVED: (
        N_("This meeting has changed since you looked at it, so nothing was decided. `/meetdown` shows it as it is."),
    ),
    Problem.NOT_YOURS: (
        N_("This is not yours to decide: it belongs to a colleague."),
    ),
    Problem.CLIENT_NOT_FOUND: (
        N_("I cannot find a client called “{name}”. `/meetdown clients` shows them all."),
        N_("I cannot find that client any more. `/meetdown clients` shows them all."),
    ),
    Problem.CONTACT_NOT_FOUND: (
        N_("I cannot find that contact any more: somebody has removed them."),
    ),
    Problem.NOT_FOR_EXPORT: (
        N_("The client book is for administrators to take along, and each lead's own clients for the lead."),
    ),
    Problem.DECISION_NOT_FOUND: (
        N_("I cannot find that decision any more."),
    ),
    Problem.RHYTHM_PROPOSED: (
        N_("Another rhythm was proposed for this series already, or there is no need of one any more."),
    ),
    Problem.UNDO_TOO_LATE: (
        N_("It is too late to undo this. Ring the client if the plan has changed again."),
    ),
    Problem.ALREADY_UNDONE: (
        N_("This was undone already: the meeting stands as it was."),
    ),
    Problem.OPTION_NOT_AVAILABLE: (
        N_("That is not possible for this meeting. `/meetdown` shows what is."),
    ),
    Problem.APPROVAL_WAITS: (
        N_("This meeting waits for an approval. Withdraw that request first if you want something else."),
    ),
    Problem.APPROVAL_OVER: (
        N_("This request is over: it was taken back or decided otherwise. You need not do anything."),
    ),
    Problem.APPROVAL_LATE: (
        N_("It is too late to answer this: the time for it is over, and your colleague decides alone now."),
    ),
    Problem.APPROVAL_ANSWERED: (
        N_("This has been answered already. The message about the meeting shows how it stands."),
    ),
    Problem.REQUEST_STALE: (
        N_("A day that the message to the client names has gone by. The owner has to choose again."),
    ),
    Problem.HANDOFF_OVER: (
        N_("This hand-over is no longer on: it was taken back, or the meeting is over. You need not do anything."),
    ),
    Problem.HANDOFF_ANSWERED: (
        N_("You have answered this already."),
    ),
    Problem.PROPOSAL_GONE: (
        N_("That proposal has been dealt with already."),
    ),
    Problem.CALENDAR_NOT_FOUND: (
        N_("That calendar is no longer connected. `/meetdown connect` connects one."),
    ),
    Problem.FORM_EXPIRED: (
        N_("This window was open for too long and is no longer valid. Nothing was changed: please open it again."),
    ),
    Problem.NO_PEOPLE: (
        N_("Nobody has you as their manager, so there is no team to report on. `/meetdown report` shows your own."),
    ),
    Problem.NO_ADMIN: (
        N_("Only administrators of the workspace see its report. `/meetdown report` shows your own."),
    ),
    Problem.REPORT_GONE: (
        N_("That report is too old for its buttons. `/meetdown report` makes a new one."),
    ),
    Problem.TEMPLATE_NOT_FOUND: (
        N_("I cannot find that text any more. `/meetdown templates` shows them all."),
    ),
    Problem.TEMPLATES_ARE_ADMINS: (
        N_("Only administrators change the workspace's texts. You can write your own under `/meetdown templates`."),
    ),
    Problem.TEMPLATES_LOCKED: (
        N_("An administrator has locked the texts of this workspace, so your own are not used."),
    ),
    Problem.WORKSPACE_UNKNOWN: (
        N_("Meetdown is not installed in this workspace any more. Please ask an administrator to add it again."),
    ),
    Problem.SETTINGS_OF_ADMINS: (
        N_("Only administrators of your Slack workspace can change this. Nothing was changed."),
    ),
}  # fmt: skip
"""By problem, the most telling sentence first: the first one whose placeholders are all known is used."""

INVALID: Mapping[InvalidCode, tuple[str, ...]] = {
    InvalidCode.REQUIRED: (N_("Please fill this in."),),
    InvalidCode.TOO_LONG: (
        N_("That is too long: {limit} characters at most."),
        N_("That is too long. Please make it shorter."),
    ),
    InvalidCode.NOT_A_PHONE_NUMBER: (
        N_("I cannot read that as a phone number. Write it with the country code, such as +31 20 794 0800."),
    ),
    InvalidCode.NOT_AN_EMAIL: (
        N_("“{value}” is not an e-mail address. It should look like anna@acme.example."),
        N_("That is not an e-mail address. It should look like anna@acme.example."),
    ),
    InvalidCode.NOT_A_URL: (
        N_("That is not a web address. It should start with https://"),
    ),
    InvalidCode.NOT_A_DOMAIN: (
        N_("“{value}” is not a domain. It should look like acme.example."),
        N_("That is not a domain. It should look like acme.example."),
    ),
    InvalidCode.PUBLIC_DOMAIN: (
        N_("Everybody can have an address at {value}, so it cannot stand for one client."),
        N_("Everybody can have an address there, so it cannot stand for one client."),
    ),
    InvalidCode.DOMAIN_TAKEN: (
        N_("{domain} belongs to {client} already."),
        N_("That domain belongs to {client} already."),
        N_("That domain belongs to another client already."),
    ),
    InvalidCode.NAME_TAKEN: (N_("There is a client of that name already, perhaps among those that were archived."),),
    InvalidCode.EMAIL_TAKEN: (N_("Another contact of this client has that address already."),),
    InvalidCode.NOT_A_FLAG: (N_("Write yes or no."),),
    InvalidCode.NOT_A_FORMALITY: (N_("Write formal or informal."),),
    InvalidCode.SAME_CLIENT: (N_("That is the same client. Please choose another one."),),
    InvalidCode.NOT_SHORTER: (
        N_("That is not shorter: the meeting takes {minutes} minutes now."),
        N_("That is not shorter than the meeting is now."),
    ),
    InvalidCode.TOO_SHORT: (
        N_("That is too short: {minutes} minutes is the least."),
        N_("That is too short: 15 minutes is the least."),
    ),
    InvalidCode.IN_THE_PAST: (N_("That is in the past. Please choose a later moment."),),
    InvalidCode.AFTER_THE_WINDOW: (
        N_("That is too far ahead: {days} days at most."),
        N_("That is too far ahead. Please choose an earlier date."),
    ),
    InvalidCode.NOT_A_TIME: (
        N_("I cannot read that as a time. Write it as 14:30, and choose one that the clock shows that day."),
    ),
    InvalidCode.NOT_A_LENGTH: (
        N_("I cannot read that as a length. Write the minutes as a number, such as 45."),
    ),
    InvalidCode.NOT_A_SHARE: (N_("Write the share as a percentage from 0 to 100, such as 12.5."),),
    InvalidCode.NOT_AN_AMOUNT: (N_("Write the amount as a number, such as 250,000 or 1.2m."),),
    InvalidCode.NOT_A_DATE: (N_("I cannot read that as a date. Write it as 2027-03-31."),),
    InvalidCode.NOT_A_ZONE: (
        N_("I do not know that place. Name a large city in the same zone, or write the zone as Europe/Amsterdam."),
    ),
    InvalidCode.NOT_A_LANGUAGE: (N_("I do not write that language yet. Choose one from the list."),),
    InvalidCode.NOT_A_COUNTRY: (N_("I do not know the holidays of that country. Choose one from the list."),),
    InvalidCode.NOT_A_NUMBER: (N_("Please write a whole number, such as 2."),),
    InvalidCode.TOO_LOW: (N_("That is too little: {bound} is the least."), N_("That is too little.")),
    InvalidCode.TOO_HIGH: (N_("That is too much: {bound} is the most."), N_("That is too much.")),
    InvalidCode.ABOVE_ANOTHER: (
        N_("That is more than “{other}” allows ({bound}). Choose less here, or more there."),
        N_("That does not go together with another number on this page."),
    ),
    InvalidCode.TOO_MANY: (N_("These are too many: {limit} at most."), N_("These are too many.")),
    InvalidCode.QUIET_ALL_DAY: (
        N_("Then the whole working day is quiet. Did you mean it the other way round?"),
    ),
    InvalidCode.NOT_A_MANAGER: (N_("That is an app or a guest. Please choose a colleague."),),
    InvalidCode.CALL_DATE_REQUIRED: (
        N_("You marked this as serious: please also choose a date for a call."),
    ),
    InvalidCode.CONFIRM_FIRST: (N_("Please tick this box if you want to go on all the same."),),
    InvalidCode.NOTE_REQUIRED: (
        N_("Please write down in a sentence why you go on all the same."),
    ),
    InvalidCode.NO_RECIPIENT: (N_("Please fill in the address of the client: nobody would get this e-mail."),),
    InvalidCode.UNFILLED_PLACEHOLDER: (
        N_("“{value}” has not been filled in yet."),
        N_("There is a gap in this text that has not been filled in yet."),
    ),
    InvalidCode.UNKNOWN_PLACEHOLDER: (
        N_("I do not know “{value}”. Did you mean “{suggestion}”?"),
        N_("I do not know “{value}”. The words you can use are listed below."),
        N_("There is a word in brackets that I do not know. The words you can use are listed below."),
    ),
    InvalidCode.TEMPLATE_BROKEN: (
        N_("Something is not closed or not spelled right in line {line}. A word needs two brackets on each side."),
        N_("Something is not closed or not spelled right. A word needs two brackets on each side."),
    ),
    InvalidCode.TEMPLATE_DOES_TOO_MUCH: (
        N_("A text can only name words and use if. This one also uses “{value}”, which is not possible here."),
        N_("A text can only name words and use if."),
    ),
    InvalidCode.TEMPLATE_TOO_DEEP: (
        N_("There are too many conditions or brackets inside each other. Please make it simpler."),
    ),
    InvalidCode.DELEGATE_IS_OWNER: (N_("That is you. Please choose a colleague."),),
    InvalidCode.DELEGATE_IS_BOT: (N_("That is an app, and it cannot go to a meeting. Please choose a colleague."),),
    InvalidCode.DELEGATE_DELETED: (N_("That account has been switched off. Please choose another colleague."),),
    InvalidCode.DELEGATE_INVITED: (
        N_("That colleague has been invited to Slack but has not joined yet. Please choose another one."),
    ),
    InvalidCode.DELEGATE_OUTSIDE: (
        N_("That person works for another organisation. Please choose a colleague from this workspace."),
    ),
    InvalidCode.DELEGATE_GUEST: (
        N_("Guests cannot take meetings over in this workspace. Please choose another colleague."),
    ),
    InvalidCode.DELEGATE_NOT_VISIBLE: (
        N_("I cannot reach that person in Slack. Please choose another colleague."),
    ),
    InvalidCode.FEED_REFUSED: (
        N_("I do not read calendars from that address. Use the public https:// address that your calendar gives out."),
    ),
    InvalidCode.FEED_UNREACHABLE: (
        N_("I cannot reach that address. Is it complete, and does it open in a private browser window?"),
    ),
    InvalidCode.FEED_NOT_A_CALENDAR: (
        N_("There is a page at that address, but not a calendar. Look for “secret address in iCal format” or “ICS”."),
    ),
    InvalidCode.FEED_TOO_LARGE: (
        N_("That calendar is larger than {limit} MB, which is more than I read."),
        N_("That calendar is larger than I can read."),
    ),
    InvalidCode.FEED_TOO_SLOW: (N_("That calendar took too long to answer. Please try again in a few minutes."),),
    InvalidCode.FEED_STATUS: (
        N_("The server of that calendar answers with an error ({status}). Has the address been renewed there?"),
        N_("The server of that calendar answers with an error. Has the address been renewed there?"),
    ),
    InvalidCode.FEED_ALREADY_CONNECTED: (N_("You have connected this calendar already."),),
    InvalidCode.NOT_A_TIER: (N_("That is not a tier. Write A, B or C."),),
    InvalidCode.UNKNOWN_COLUMN: (N_("I do not know this column."),),
    InvalidCode.MISSING_COLUMN: (N_("This column is needed, and it is missing."),),
    InvalidCode.REPEATED_COLUMN: (N_("This column is there twice."),),
    InvalidCode.TOO_MANY_CELLS: (N_("This row has more cells than there are columns."),),
    InvalidCode.CONTRADICTION: (N_("This contradicts an earlier row of the same client."),),
    InvalidCode.REPEATED_ROW: (N_("This is in an earlier row of the same client already."),),
    InvalidCode.EMPTY_FILE: (N_("There is nothing in this file."),),
    InvalidCode.NOT_UTF8: (N_("This file is not in UTF-8. Please save it so."),),
    InvalidCode.NOT_A_CSV_FILE: (N_("This is not a file with comma-separated values."),),
}  # fmt: skip


def problem(t: Translator, error: DomainError) -> str:
    """Plain text: escape it on the way into mrkdwn."""
    return _filled(t, PROBLEMS[error.problem], error.values)


def invalid(t: Translator, answer: Invalid) -> str:
    """Plain text, as it stands under a field of a modal."""
    return _filled(t, INVALID[answer.code], _in_words(t, answer.values))


def _in_words(t: Translator, values: Mapping[str, str | int]) -> Mapping[str, str | int]:
    """A setting's name becomes what it is called, and its bound what it looks like in its unit."""
    setting, bound = values.get("setting"), values.get("bound")
    if not isinstance(setting, str) or not isinstance(bound, str):
        return values
    shown = setting_value(t, setting, read(setting, bound))
    other = {"other": setting_name(t, str(values["other"]))} if "other" in values else {}
    return {**values, "bound": shown, **other}


def _filled(t: Translator, sentences: tuple[str, ...], values: Mapping[str, str | int]) -> str:
    """The last sentence of a table needs no values, so there always is one."""
    sentence = next(sentence for sentence in sentences if _placeholders(sentence) <= values.keys())
    return t.text(
        sentence, **{name: cut(value, 80) if isinstance(value, str) else value for name, value in values.items()}
    )


@cache
def _placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)
