"""The message to the client, handed to the owner ready to send, and the change that a read-only calendar needs."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain.client import Client, Contact
from domain.correction import Correction
from domain.decision import CallTerms, Draft, EffectState, EmailTerms, HandoffTerms, ShorterTerms, Terms
from domain.meeting import Meeting
from messages import blocks
from messages.blocks import Block, Message
from messages.drafting import readable_phone
from messages.escape import cut, escape_and_cut, one_line
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.meeting_view import NAME, client_name, title
from messages.when import clock, day, zone_info

_LONGEST_URL, _SUBJECT, _BODY, _ADDRESSES = 3000, 250, 6000, 1000
_FALLBACK_BODY = 3000


def ready_to_send(
    t: Translator,
    draft: Draft,
    contact: Contact | None,
    mailto: str,
    decision_id: str = "",
    *,
    can_send: bool = False,
) -> Message:
    """`mailto` is the link that opens the mail program with the text in it; left out where Slack would refuse it.
    Without a `decision_id` nothing waits for word that it was sent. `can_send`: the bot sends it at a click.
    """
    return _letter(t, _opening(t, contact), draft, _buttons(t, mailto, decision_id, can_send=can_send))


def correction(t: Translator, correction: Correction, contact: Contact | None, mailto: str) -> Message:
    """The text that takes an earlier one back, and what became of it."""
    draft, decision_id = correction.draft, correction.decision_id
    if correction.state is EffectState.HANDED_OVER:
        return ready_to_send(t, draft, contact, mailto, decision_id, can_send=True)
    if correction.state is EffectState.FAILED:
        text = (
            t.text("! *This may have arrived: the mail server did not answer.* If it has not, please send it yourself.")
            if correction.in_doubt
            else t.text("! *This could not be sent.* Please send it yourself, if it is still true.")
        )
        return _letter(t, text, draft, _buttons(t, mailto, decision_id))
    if correction.state is EffectState.WAITING:
        return _letter(t, t.text("*Being sent.* This message is on its way to the client."), draft, ())
    text = t.text("✓ *Sent by you.*") if correction.by_hand else t.text("✓ *Sent.* The client has this message.")
    if correction.refused:
        refused = one_line(", ".join(correction.refused), _ADDRESSES)
        text += " " + t.mrkdwn("Not taken: {refused}; please send it to them yourself.", refused=refused)
    return _letter(t, text, draft, ())


def _letter(t: Translator, opening: str, draft: Draft, buttons: Iterable[Block]) -> Message:
    to = one_line(", ".join(draft.to), _ADDRESSES)
    subject = one_line(draft.subject, _SUBJECT)
    parts = [blocks.section(opening)]
    parts.append(blocks.context(t.mrkdwn("To: {to}", to=to) if to else t.text("I do not know their e-mail address.")))
    parts += [_preformatted(subject), _preformatted(draft.body), *buttons]
    text = "\n".join(
        [
            opening,
            t.mrkdwn("To: {to}", to=to) if to else t.text("I do not know their e-mail address."),
            t.mrkdwn("Subject: {subject}", subject=subject),
            escape_and_cut(draft.body, _FALLBACK_BODY),
        ]
    )
    return blocks.message(text, parts)


def not_needed(t: Translator, meeting: Meeting, client: Client | None) -> Message:
    """What a text turns into whose decision was undone before it was sent."""
    text = t.mrkdwn(
        "– This text to {client} about “{title}” is no longer needed: the decision was undone.",
        client=client_name(t, meeting, client),
        title=title(t, meeting),
    )
    return blocks.message(text, [blocks.context(text)])


def calendar_sentence(
    t: Translator, meeting: Meeting, terms: Terms, zone: str, now: datetime, delegate_name: str = ""
) -> str:
    """Plain text: what the owner changes in a calendar that the bot can only read; empty where nothing changes."""
    when = t.text(
        "{day}, {clock}",
        day=day(t, meeting.starts_at.astimezone(zone_info(zone)).date(), now.astimezone(zone_info(zone)).date()),
        clock=clock(meeting.starts_at, zone),
    )
    if isinstance(terms, ShorterTerms):
        return _shorter(t, meeting, terms, zone, when)
    if isinstance(terms, CallTerms):
        return t.text(
            "Change the entry of {when} in your calendar: by phone, {phone}.",
            when=when,
            phone=readable_phone(terms.phone),
        )
    if isinstance(terms, EmailTerms):
        return t.text("Take the entry of {when} out of your calendar.", when=when)
    if isinstance(terms, HandoffTerms):
        name = one_line(delegate_name, NAME)
        if not name:
            return t.text("Pass the invitation of {when} on to your colleague.", when=when)
        return t.text("Pass the invitation of {when} on to {name}.", when=when, name=name)
    return ""


def _shorter(t: Translator, meeting: Meeting, terms: ShorterTerms, zone: str, when: str) -> str:
    end = clock(meeting.starts_at + timedelta(minutes=terms.minutes), zone)
    if terms.call is None:
        return t.text(
            "Change the entry in your calendar: {minutes} minutes, {when} to {end}.",
            minutes=terms.minutes,
            when=when,
            end=end,
        )
    return t.text(
        "Change the entry in your calendar: {minutes} minutes, {when} to {end}, by phone, {phone}.",
        minutes=terms.minutes,
        when=when,
        end=end,
        phone=readable_phone(terms.call.phone),
    )


def _opening(t: Translator, contact: Contact | None) -> str:
    name = one_line(contact.name, NAME) if contact else ""
    if not name:
        return t.text("*Ready to send.* This message to the client waits for you to send it.")
    return t.mrkdwn("*Ready to send.* This message to {name} waits for you to send it.", name=name)


def _preformatted(text: str) -> Block:
    """Text as it is, to copy: rich text knows no mentions or links unless they are put there as such."""
    code = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": cut(text, _BODY) or " "}]}
    return {"type": "rich_text", "elements": [code]}


def _buttons(t: Translator, mailto: str, decision_id: str, *, can_send: bool = False) -> Iterator[Block]:
    row = []
    if can_send:
        send = t.text("Send it")
        row.append(blocks.button(send, action_id=Action.PUT_RIGHT, value=pack(decision_id), style="primary"))
    if mailto and len(mailto) <= _LONGEST_URL:
        style = "" if can_send else "primary"
        row.append(blocks.button(t.text("Open in my mail program"), action_id=Action.MAILTO, url=mailto, style=style))
    if decision_id:
        row.append(blocks.button(t.text("I have sent it"), action_id=Action.MARK_SENT, value=pack(decision_id)))
    if row:
        yield blocks.actions(row)
