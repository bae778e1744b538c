"""The one message about a sick day: what was decided for each meeting, how far it is, and one *Undo all*."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.decision import DecisionState, Effect, EffectState, HandoffTerms
from domain.errors import DomainError
from domain.overview import Overview
from domain.sick_day import Bundle, Made
from domain.words import Option
from messages import blocks
from messages.blocks import Block, Message
from messages.decision_lines import effect_state, is_taken, mail_line, what
from messages.escape import escape, one_line
from messages.from_overview import script_of, view_of
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.meeting_view import NAME, MeetingView, client_name, heading, title, when_line
from messages.problems import problem
from messages.ringing import ToRing, ringing
from messages.state import to_put_right
from messages.when import moment

_YOURS_TO_CHANGE = frozenset({EffectState.HANDED_OVER, EffectState.FAILED})
_MOST_TEXT = 9_000
"""Characters of all paragraphs together, which leaves room for the last ones: a message that is too long is cut."""


def bundle_message(t: Translator, bundle: Bundle, now: datetime, *, sends_mail: bool) -> Message:
    """Always a picture of what is stored. Where all words for the phone would be too much, they go first."""
    head = _head(t, bundle)
    told = [_meeting(t, bundle, made, now, sends_mail=sends_mail, with_words=True) for made in bundle.made]
    if sum(map(len, told)) > _MOST_TEXT:
        told = [_meeting(t, bundle, made, now, sends_mail=sends_mail, with_words=False) for made in bundle.made]
    if sum(map(len, told)) > _MOST_TEXT:
        told = [_in_brief(t, bundle, made, now) for made in bundle.made]
    notes = list(_notes(t, bundle))
    end = _end(t, bundle, now)
    shown = [blocks.section(head), *(blocks.section(text) for text in told)]
    shown += [blocks.context("\n".join(notes))] if notes else []
    shown += _buttons(t, bundle, now)
    return blocks.message("\n".join([head, *told, *notes, end]), [*shown, blocks.context(end)])


def can_undo(made: Made, now: datetime) -> bool:
    """Whether it still stands and its meeting is to come."""
    meeting = made.overview.meeting
    return made.decision.state is DecisionState.STANDING and not meeting.cancelled and not meeting.has_started(now)


def _head(t: Translator, bundle: Bundle) -> str:
    if not bundle.made:
        return t.text("*Nothing was decided.* Your meetings are as they were.")
    states = [made.decision.state for made in bundle.made]
    if DecisionState.STANDING not in states:
        if set(states) == {DecisionState.UNDONE}:
            return t.text("↩ *All of it is undone.* Your meetings stand as they were planned.")
        return t.text("↩ *All of it is undone or replaced.* `/meetdown` shows what holds now.")
    return t.count(
        "✓ *One client meeting is decided on.*",
        "✓ *{n} client meetings are decided on.*",
        states.count(DecisionState.STANDING),
    )


def _meeting(t: Translator, bundle: Bundle, made: Made, now: datetime, *, sends_mail: bool, with_words: bool) -> str:
    """Mrkdwn."""
    overview, decision, zone = made.overview, made.decision, bundle.owner.time_zone
    meeting = overview.meeting
    taken = is_taken(made.effects)
    chosen = what(t, decision.terms, meeting, zone, now, made.delegate_name, taken=taken)
    lines = [heading(t, meeting, overview.client), escape(when_line(t, meeting, zone, now))]
    if decision.state is not DecisionState.STANDING:
        lines.append(t.mrkdwn("~{what}~ {state}", what=chosen, state=_ended(t, made)))
        if decision.state is DecisionState.UNDONE:
            lines += [t.mrkdwn("! {what}", what=line) for line in to_put_right(t, _view(made, now))]
        return "\n".join(lines)
    waits = isinstance(decision.terms, HandoffTerms) and not taken
    lines.append(t.mrkdwn("{sign} *{what}*", sign="…" if waits else "✓", what=chosen))
    mail = mail_line(t, decision, made.effects, delegate=made.delegate_name, sends_mail=sends_mail)
    lines += [escape(mail)] if mail else []
    if meeting.cancelled:
        lines.append(t.text("The meeting was cancelled in the calendar, so this can no longer be undone."))
    elif meeting.has_started(now):
        lines.append(t.text("The meeting has begun, so this can no longer be undone."))
    elif made.rings_first and decision.option is not Option.KEEP:
        lines.append(_ring(t, overview, decision.option, now, with_words=with_words))
    return "\n".join(lines)


def _in_brief(t: Translator, bundle: Bundle, made: Made, now: datetime) -> str:
    """Mrkdwn: one line, where everything is too much."""
    meeting, standing = made.overview.meeting, made.decision.state is DecisionState.STANDING
    chosen = what(t, made.decision.terms, meeting, bundle.owner.time_zone, now, made.delegate_name)
    outcome = chosen if standing else _ended(t, made)
    return t.mrkdwn("{meeting}: *{what}*", meeting=_name(t, made.overview), what=outcome)


def _ended(t: Translator, made: Made) -> str:
    """Plain text."""
    if made.decision.state is DecisionState.UNDONE:
        return t.text("Undone: the meeting stands as planned.")
    if made.decision.state is DecisionState.DECLINED:
        return t.text("Your colleague cannot take it over: please choose another way.")
    return t.text("You chose something else since.")


def _ring(t: Translator, overview: Overview, option: Option, now: datetime, *, with_words: bool) -> str:
    """Mrkdwn: whom to ring before the mail is read, and what to say, in the client's language."""
    whom = ringing(t, t.text("*Ring first.*"), ToRing(contact=overview.contact, script=None))
    if not with_words:
        return whom
    lead = t.text("You could say:")
    return f"{whom} {lead}\n&gt; {escape(script_of(overview, option, now).spoken)}"


def _notes(t: Translator, bundle: Bundle) -> Iterator[str]:
    """Mrkdwn: what was not decided, and why."""
    for overview, code in bundle.skipped:
        yield t.mrkdwn("– {meeting}: {why}", meeting=_name(t, overview), why=problem(t, DomainError(code)))
    left = [overview for overview in bundle.left if overview.decision is None]
    if left:
        names = ", ".join(_name(t, overview) for overview in left)
        yield t.mrkdwn("Left open for now: {meetings}.", meetings=names)
    if bundle.day.rest:
        yield t.count(
            "One more meeting of these days had no room here.",
            "{n} more meetings of these days had no room here.",
            bundle.day.rest,
        )


def _end(t: Translator, bundle: Bundle, now: datetime) -> str:
    """Mrkdwn."""
    calendar = ""
    standing = [made for made in bundle.made if made.decision.state is DecisionState.STANDING]
    if any(effect_state(made.effects, Effect.CALENDAR) in _YOURS_TO_CHANGE for made in standing):
        calendar = t.text("Your calendar is yours to change: `/meetdown` shows how, meeting by meeting.")
    if not bundle.made:
        return t.text("`/meetdown` shows your coming client meetings.")
    at = moment(t, bundle.made[0].decision.made_at, bundle.owner.time_zone, now)
    by = t.mrkdwn("Decided by you, {moment}. It does not count against you.", moment=at)
    return f"{by} {calendar}".strip()


def _buttons(t: Translator, bundle: Bundle, now: datetime) -> list[Block]:
    row = []
    if bundle.day.rest:
        row.append(blocks.button(t.text("Go on with the rest"), action_id=Action.SICK_REST, value=pack(bundle.id)))
    undoable = sum(can_undo(made, now) for made in bundle.made)
    if undoable:
        ask = blocks.confirm(
            title=t.text("Undo all of it?"),
            text=t.count(
                "The meeting stands as it was planned. Where an e-mail has gone out, I give you a text that puts it "
                "right.",
                "{n} meetings stand as they were planned. Where an e-mail has gone out, I give you a text that puts it "
                "right.",
                undoable,
            ),
            yes=t.text("Undo all"),
            no=t.text("Leave it"),
        )
        row.append(blocks.button(t.text("Undo all"), action_id=Action.UNDO_ALL, value=pack(bundle.id), confirm=ask))
    return [blocks.actions(row)] if row else []


def undone_sentence(t: Translator, count: int, refused: tuple[tuple[Overview, str], ...]) -> str:
    """Plain text: how far *Undo all* came. `refused`: why, as a sentence."""
    lines = []
    if count:
        lines.append(
            t.count(
                "Undone: the meeting stands as it was planned.",
                "Undone: {n} meetings stand as they were planned.",
                count,
            )
        )
    for overview, why in refused:
        lines.append(t.text("{meeting} could not be undone. {why}", meeting=_name(t, overview), why=why))
    return "\n".join(lines)


def _name(t: Translator, overview: Overview) -> str:
    """Plain text."""
    meeting = overview.meeting
    return f"{client_name(t, meeting, overview.client)} · {one_line(title(t, meeting), NAME)}"


def _view(made: Made, now: datetime) -> MeetingView:
    view = view_of(made.overview, now, mail_sender_configured=False)
    return replace(view, decision=made.decision, effects=made.effects)
