"""What stands where the buttons stood, once a meeting is decided on."""

from dataclasses import replace
from datetime import datetime

from domain.decision import Decision, Effect, EffectState, HandoffTerms
from domain.words import Option
from messages import approval_owner, blocks
from messages.blocks import Block, Message
from messages.decision_lines import effect_of, effect_state, is_taken, mail_line, override_line, what
from messages.escape import escape
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.meeting_view import MeetingView, client_name, heading, mention, title, when_line
from messages.ready_page import calendar_sentence
from messages.reminder import card
from messages.ringing import ringing
from messages.when import moment


def decided(t: Translator, view: MeetingView, now: datetime) -> Message:
    """`view.decision` is the standing one; without one there is nothing but the meeting to show. What waits for an
    approval is shown before what stands until then.
    """
    decision = view.decision
    if view.request is not None and view.request.is_open:
        return approval_owner.requested(t, view, view.request, now)
    meeting_text = _meeting(t, view, now)
    if decision is None:
        return blocks.message(meeting_text, [blocks.section(meeting_text)])
    if decision.option is Option.KEEP:
        return kept(t, view, now)
    chosen = _chosen(t, view, decision, now)
    lines = [chosen, *(escape(line) for line in _how_far(t, view, decision, now) if line)]
    by = "\n".join(filter(None, [_by(t, view, decision, now), override_line(t, decision.override, view.zone, now)]))
    shown = [blocks.section(meeting_text), blocks.section("\n".join(lines))]
    if view.to_ring is not None:
        to_ring = ringing(t, t.text("*Ring first*, if you have not yet."), view.to_ring)
        lines.append(to_ring)
        shown.append(blocks.section(to_ring))
    shown += _undo(t, view, decision, now)
    return blocks.message("\n".join([meeting_text, *lines, by]), [*shown, blocks.context(by)])


def copied(t: Translator, view: MeetingView, now: datetime) -> Message:
    """A copy that nobody keeps up to date: what was chosen, and where the rest stands. It says nothing that ages."""
    decision = view.decision
    if view.request is not None and view.request.is_open:
        return approval_owner.copied(t, view, view.request, now)
    if decision is None or decision.option is Option.KEEP:
        return decided(t, replace(view, undo_until=None), now)
    meeting_text = _meeting(t, view, now)
    chosen = _chosen(t, view, decision, now)
    rest = t.text("Our conversation shows how far everything is, and has the button to undo it.")
    shown = [blocks.section(meeting_text), blocks.section(chosen), blocks.context(rest)]
    return blocks.message("\n".join([meeting_text, chosen, rest]), shown)


def kept(t: Translator, view: MeetingView, now: datetime) -> Message:
    text = _meeting(t, view, now)
    lines = [text, t.text("✓ *You keep it as planned.* Good: nobody needs to change anything.")]
    shown = [blocks.section("\n".join(lines))]
    if view.decision is not None:
        shown += _undo(t, view, view.decision, now)
    return blocks.message("\n".join(lines), shown)


def undone(t: Translator, view: MeetingView, now: datetime) -> Message:
    """Back to the buttons, and what the owner has to put right. `view.decision` is the one that was undone."""
    lines = [t.text("↩ *Undone.* The meeting stands as it was planned.")]
    lines += [t.mrkdwn("! {what}", what=line) for line in to_put_right(t, view)]
    text = "\n".join(lines)
    if view.meeting.has_started(now) or view.meeting.cancelled:
        return blocks.message(f"{text}\n{_meeting(t, view, now)}", [blocks.section(text)])
    return blocks.message(f"{text}\n{_meeting(t, view, now)}", [blocks.section(text), *card(t, view, now)])


def over(t: Translator, view: MeetingView) -> str:
    """Plain text: why a button of this meeting does nothing any more."""
    values = {"client": client_name(t, view.meeting, view.client), "title": title(t, view.meeting)}
    if view.meeting.cancelled and view.client is not None and view.client.archived_at is not None:
        return t.text("{client} · {title} is no client meeting any more: the client was archived.", **values)
    if view.meeting.cancelled:
        return t.text("{client} · {title} was cancelled in the calendar, so there is nothing left to decide.", **values)
    return t.text("{client} · {title} has started already, so there is nothing left to step down.", **values)


def _chosen(t: Translator, view: MeetingView, decision: Decision, now: datetime) -> str:
    taken = is_taken(view.effects)
    chosen = what(t, decision.terms, view.meeting, view.zone, now, view.delegate_name, taken=taken)
    sign = "…" if isinstance(decision.terms, HandoffTerms) and not taken else "✓"
    return t.text("{sign} *{what}*", sign=sign, what=escape(chosen))


def _meeting(t: Translator, view: MeetingView, now: datetime) -> str:
    return f"{heading(t, view.meeting, view.client)}\n{escape(when_line(t, view.meeting, view.zone, now))}"


def _how_far(t: Translator, view: MeetingView, decision: Decision, now: datetime) -> list[str]:
    mail = mail_line(t, decision, view.effects, delegate=view.delegate_name, sends_mail=view.mail_sender_configured)
    return [mail, _calendar(t, view, decision, now)]


def _calendar(t: Translator, view: MeetingView, decision: Decision, now: datetime) -> str:
    """A to-do while the calendar is the owner's to change."""
    state = effect_state(view.effects, Effect.CALENDAR)
    if state is EffectState.DONE:
        return t.text("Your calendar has been changed.")
    if state in {EffectState.HANDED_OVER, EffectState.FAILED}:
        return calendar_sentence(t, view.meeting, decision.terms, view.zone, now, view.delegate_name)
    return ""


def _by(t: Translator, view: MeetingView, decision: Decision, now: datetime) -> str:
    """Mrkdwn."""
    at = moment(t, decision.made_at, view.zone, now)
    made_by = view.made_by_id or decision.made_by
    if made_by in {"", decision.owner_id}:
        return t.mrkdwn("Decided by you, {moment}", moment=at)
    return t.text("Decided by {member}, {moment}", member=mention(made_by), moment=escape(at))


def _undo(t: Translator, view: MeetingView, decision: Decision, now: datetime) -> list[Block]:
    if view.undo_until is None or view.undo_until <= now:
        return []
    ask = blocks.confirm(
        title=t.text("Undo this decision?"), text=_what_undo_does(t, view), yes=t.text("Undo"), no=t.text("Leave it")
    )
    row = [blocks.button(t.text("Undo"), action_id=Action.UNDO, value=pack(decision.id), confirm=ask)]
    if decision.override is not None:
        row.append(blocks.button(t.text("Why?"), action_id=Action.WHY, value=pack(view.meeting.id)))
    return [blocks.actions(row)]


def _what_undo_does(t: Translator, view: MeetingView) -> str:
    mail = effect_of(view.effects, Effect.MAIL)
    if mail is not None and mail.state is EffectState.DONE:
        return t.text(
            "The e-mail has gone out already. I give you a text that puts it right; the meeting stands again."
        )
    if mail is not None and mail.in_doubt:
        return t.text("The e-mail may have arrived. I give you a text that puts it right; the meeting stands again.")
    return t.text("The meeting stands as it was planned, and nothing more is sent.")


def to_put_right(t: Translator, view: MeetingView) -> list[str]:
    """Plain sentences: what has left the house already."""
    if view.decision is None:
        return []
    lines = []
    mail = effect_of(view.effects, Effect.MAIL)
    if mail is not None and mail.state is EffectState.DONE:
        lines.append(t.text("The e-mail had gone out: please tell the client that the meeting takes place after all."))
    elif mail is not None and mail.in_doubt:
        lines.append(t.text("If the e-mail has arrived, tell the client that the meeting takes place after all."))
    elif mail is not None and mail.state is EffectState.HANDED_OVER:
        lines.append(t.text("If you have sent the e-mail, tell the client that the meeting takes place after all."))
    if effect_state(view.effects, Effect.CALENDAR) is EffectState.HANDED_OVER:
        lines.append(t.text("If you have changed the entry in your calendar, change it back."))
    return lines
