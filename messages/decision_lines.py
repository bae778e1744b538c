"""One decision in a line or two: what was chosen, and how far the mail is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.decision import (
    CallTerms,
    Decision,
    Draft,
    Effect,
    EffectState,
    EmailTerms,
    HandoffTerms,
    Override,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Meeting
from domain.timeline import EffectRecord
from domain.upcoming import Upcoming
from messages.drafting import readable_phone
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.meeting_view import NAME, mention
from messages.when import clock, day, moment, zone_info

ADDRESSES = 120
"""Characters of the recipients that are shown."""


def what(
    t: Translator,
    terms: Terms,
    meeting: Meeting | Upcoming,
    zone: str,
    now: datetime,
    delegate: str = "",
    *,
    taken: bool | None = None,
) -> str:
    """Plain text: `Shorter: 30 min instead of 90, 10:00 to 10:30`. `taken`: whether the delegate has said yes; None
    where that is not known here.
    """
    if isinstance(terms, ShorterTerms):
        return _shorter(t, terms, meeting, zone)
    if isinstance(terms, CallTerms):
        return t.text("A call instead. {who_rings}", who_rings=who_rings(t, terms))
    if isinstance(terms, EmailTerms):
        return _email(t, terms, zone, now)
    if isinstance(terms, HandoffTerms):
        return _handoff(t, one_line(delegate, NAME), taken)
    return t.text("Kept as planned")


def is_taken(effects: Sequence[EffectRecord]) -> bool:
    """Of a hand-over: the mail goes its way once the delegate has said yes, and not before."""
    return effect_state(effects, Effect.MAIL) not in {None, EffectState.WAITING}


def override_line(t: Translator, override: Override | None, zone: str, now: datetime) -> str:
    """Mrkdwn: by whose word it goes against the advice; empty where nobody was asked."""
    if override is None or not override.asked_of:
        return ""
    approver = mention(override.asked_of)
    if override.approved_at is None:
        return t.text("Without an approval: {approver} had not answered", approver=approver)
    at = escape(moment(t, override.approved_at, zone, now))
    return t.text("Approved by {approver}, {moment}", approver=approver, moment=at)


def who_rings(t: Translator, terms: CallTerms) -> str:
    """Plain text, a whole sentence."""
    if terms.who_rings is WhoRings.OWNER:
        return t.text("You ring {phone}.", phone=one_line(readable_phone(terms.phone), NAME))
    return t.text("They ring you.")


def mail_line(
    t: Translator, decision: Decision, effects: Sequence[EffectRecord], *, delegate: str = "", sends_mail: bool
) -> str:
    """Plain text: how far the message to the client is; empty where there is none."""
    if decision.draft is None:
        return ""
    to = one_line(", ".join(decision.draft.to), ADDRESSES)
    record = effect_of(effects, Effect.MAIL)
    if record is not None and record.state is EffectState.DONE:
        return _sent(t, decision.draft, record)
    if record is not None and record.state is EffectState.HANDED_OVER:
        return _yours(t, record)
    if record is not None and record.state is EffectState.FAILED:
        return _not_sent(t, record)
    if isinstance(decision.terms, HandoffTerms):
        name = one_line(delegate, NAME) or t.text("your colleague")
        return t.text("The e-mail waits until {name} says yes.", name=name)
    if sends_mail:
        return t.text("The e-mail to {to} is on its way.", to=to) if to else t.text("The e-mail is on its way.")
    return t.text("The text for your e-mail comes in a moment.")


def effect_of(effects: Sequence[EffectRecord], effect: Effect) -> EffectRecord | None:
    return next((record for record in effects if record.effect is effect), None)


def effect_state(effects: Sequence[EffectRecord], effect: Effect) -> EffectState | None:
    record = effect_of(effects, effect)
    return record.state if record else None


def _sent(t: Translator, draft: Draft, record: EffectRecord) -> str:
    to = one_line(", ".join(address for address in draft.to if address not in record.refused), ADDRESSES)
    if record.refused:
        refused = one_line(", ".join(record.refused), ADDRESSES)
        return t.text(
            "E-mail sent to {to}. Not taken: {refused}; please send it to them yourself.", to=to, refused=refused
        )
    return t.text("E-mail sent to {to}.", to=to) if to else t.text("E-mail sent.")


def _yours(t: Translator, record: EffectRecord) -> str:
    if record.is_text_missing:
        return t.text("The e-mail is yours to write: Slack did not let me give you the text.")
    return t.text("The e-mail is yours to send: the text is in a message of its own.")


def _not_sent(t: Translator, record: EffectRecord) -> str:
    if record.in_doubt and record.is_text_missing:
        return t.text("The e-mail may have arrived: the server did not answer. Please ask before you write again.")
    if record.in_doubt:
        return t.text(
            "The e-mail may have arrived: the server did not answer. Please check before you send the text again; "
            "it is in a message of its own."
        )
    if record.is_text_missing:
        return t.text("The e-mail could not be sent. Please write it yourself: Slack did not let me give you the text.")
    return t.text("The e-mail could not be sent. Please send it yourself: the text is in a message of its own.")


def _handoff(t: Translator, name: str, taken: bool | None) -> str:
    if taken is None:
        return t.text("Hand-over to {name}", name=name) if name else t.text("Hand-over to a colleague")
    if taken:
        return t.text("Handed over to {name}", name=name) if name else t.text("Handed over to a colleague")
    return t.text("Asked {name} to take over", name=name) if name else t.text("Asked a colleague to take over")


def _shorter(t: Translator, terms: ShorterTerms, meeting: Meeting | Upcoming, zone: str) -> str:
    values: dict[str, str | int] = {
        "minutes": terms.minutes,
        "before": meeting.minutes,
        "begin": clock(meeting.starts_at, zone),
        "end": clock(meeting.starts_at + timedelta(minutes=terms.minutes), zone),
    }
    if terms.call is None:
        return t.text("Shorter: {minutes} min instead of {before}, {begin} to {end}", **values)
    return t.text(
        "A shorter call: {minutes} min instead of {before}, {begin} to {end}. {who_rings}",
        who_rings=who_rings(t, terms.call),
        **values,
    )


def _email(t: Translator, terms: EmailTerms, zone: str, now: datetime) -> str:
    today = now.astimezone(zone_info(zone)).date()
    text = t.text("By e-mail for now. Next contact: {day}", day=day(t, terms.next_contact_on, today))
    if terms.call_on is None:
        return text
    return t.text("{text}, call: {day}", text=text, day=day(t, terms.call_on, today))
