"""One meeting of a client's timeline: what was decided about it, by whom, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.aftermath import Debrief, MeetingNote
from domain.decision import Decision, DecisionState, HandoffTerms
from domain.timeline import EffectRecord, TimelineEntry
from domain.words import STEP_DOWNS
from messages.aftermath_labels import ANSWERS, MOODS
from messages.decision_lines import is_taken, mail_line, override_line, what
from messages.escape import cut_mrkdwn, escape, escape_and_cut, one_line
from messages.i18n import N_, Translator
from messages.labels import KINDS, REASONS
from messages.meeting_view import NAME, mention, title
from messages.when import moment

SHOWN_DECISIONS = 4
SHOWN_NOTES = 3
_ENTRY = 1500
_TEXT = 300
"""Characters of a note, or of one part of a debrief."""

_ENDED: Mapping[DecisionState, str] = {
    DecisionState.SUPERSEDED: N_("{what} (replaced later)"),
    DecisionState.UNDONE: N_("{what} (undone)"),
    DecisionState.DECLINED: N_("{what} (the colleague declined)"),
    DecisionState.REQUESTED: N_("{what} (waits for approval)"),
    DecisionState.REFUSED: N_("{what} (not approved)"),
}


def entry_text(t: Translator, entry: TimelineEntry, names: Mapping[str, str], zone: str, now: datetime) -> str:
    """mrkdwn. The reason is shown where it was left in the decision: to whom it belongs."""
    meeting = entry.meeting
    lines = [t.mrkdwn("*{moment}* · {title}", moment=moment(t, meeting.starts_at, zone, now), title=title(t, meeting))]
    if meeting.kind.is_protected:
        lines.append(t.text(KINDS[meeting.kind]))
    if meeting.cancelled:
        lines.append(t.text("Cancelled in the calendar"))
    for decision in entry.decisions[:SHOWN_DECISIONS]:
        lines += _decision(t, entry, decision, names, zone, now)
    lines += [_note(t, note, names, zone, now) for note in entry.notes[-SHOWN_NOTES:]]
    return cut_mrkdwn("\n".join(lines), _ENTRY)


def answerable(entry: TimelineEntry, viewer_id: str) -> Decision | None:
    """The step-down whose answer the viewer heard: their own, or one that was handed over to them."""
    for decision in entry.decisions:
        taken = is_taken(entry.effects.get(decision.id, ()))
        delegate = decision.terms.delegate_id if taken and isinstance(decision.terms, HandoffTerms) else ""
        if decision.state is DecisionState.STANDING and decision.option in STEP_DOWNS:
            return decision if viewer_id in {decision.owner_id, delegate} else None
    return None


def _decision(
    t: Translator, entry: TimelineEntry, decision: Decision, names: Mapping[str, str], zone: str, now: datetime
) -> list[str]:
    delegate = names.get(decision.terms.delegate_id, "") if isinstance(decision.terms, HandoffTerms) else ""
    effects = entry.effects.get(decision.id, ())
    chosen = what(t, decision.terms, entry.meeting, zone, now, delegate, taken=is_taken(effects))
    standing = decision.state is DecisionState.STANDING
    text = chosen if standing else t.text(_ENDED[decision.state], what=chosen)
    line = t.text(
        "{sign} {what} · {member}, {moment}",
        sign="✓" if standing else "–",
        what=escape(text),
        member=_name(names, decision.made_by),
        moment=escape(moment(t, decision.made_at, zone, now)),
    )
    lines = [line]
    if decision.reason is not None:
        lines.append(t.mrkdwn("Reason, only for you: {reason}", reason=t.text(REASONS[decision.reason])))
    lines += _override(t, decision, zone, now)
    lines += _mail(t, decision, effects, delegate)
    if decision.id in entry.called:
        lines.append(t.text("The e-mail did not settle it: a call was needed."))
    answer = entry.answers.get(decision.id)
    if answer is not None:
        lines.append(t.text("→ {answer}", answer=t.text(ANSWERS[answer.answer])))
    debrief = entry.debriefs.get(decision.id)
    if debrief is not None:
        lines += _debrief(t, debrief, names)
    return lines


def _override(t: Translator, decision: Decision, zone: str, now: datetime) -> list[str]:
    """That somebody went on against advice, what they wrote to it, and by whose word."""
    override = decision.override
    if override is None:
        return []
    note = one_line(override.note, _TEXT)
    against = (
        t.mrkdwn("Went on against the advice: {note}", note=note) if note else t.text("Went on against the advice")
    )
    return [line for line in (against, override_line(t, override, zone, now)) if line]


def _mail(t: Translator, decision: Decision, effects: Sequence[EffectRecord], delegate: str) -> list[str]:
    """Only where it is known what became of it."""
    text = mail_line(t, decision, effects, delegate=delegate, sends_mail=True) if effects else ""
    return [escape(text)] if text else []


def _debrief(t: Translator, debrief: Debrief, names: Mapping[str, str]) -> list[str]:
    parts = (
        (N_("Debrief by {member}: {text}"), debrief.outcome),
        (N_("Promised: {text}"), debrief.promises),
        (N_("Open: {text}"), debrief.open_points),
    )
    member = _name(names, debrief.written_by)
    lines = [t.text(form, member=member, text=_part(text)) for form, text in parts if text]
    return [*lines, t.text("Mood: {mood}", mood=t.text(MOODS[debrief.mood]))]


def _note(t: Translator, note: MeetingNote, names: Mapping[str, str], zone: str, now: datetime) -> str:
    return t.text(
        "✎ {text} · {member}, {moment}",
        text=_part(note.text),
        member=_name(names, note.written_by),
        moment=escape(moment(t, note.written_at, zone, now)),
    )


def _part(text: str) -> str:
    return escape_and_cut(one_line(text, _TEXT), _TEXT)


def _name(names: Mapping[str, str], user_id: str) -> str:
    name = one_line(names.get(user_id, ""), NAME)
    return escape(name) if name else mention(user_id)
