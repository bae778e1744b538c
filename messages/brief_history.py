"""What went before with a client, as plain lines for a brief: never why it was decided."""

from collections.abc import Sequence
from datetime import datetime

from domain.decision import DecisionState
from domain.timeline import TimelineEntry
from messages.decision_lines import is_taken, what
from messages.escape import one_line
from messages.i18n import Translator
from messages.meeting_view import title
from messages.when import moment

_PART = 300
"""Characters of a promise, or of what is open."""


def history_lines(t: Translator, entries: Sequence[TimelineEntry], zone: str, now: datetime) -> list[str]:
    """One line for each earlier meeting, latest first, with what became of it; below it what its debrief left open."""
    lines: list[str] = []
    for entry in entries:
        if entry.meeting.starts_at < now:
            lines += [_line(t, entry, zone, now), *_left_open(t, entry)]
    return lines


def _left_open(t: Translator, entry: TimelineEntry) -> list[str]:
    lines = []
    for debrief in entry.debriefs.values():
        if debrief.promises:
            lines.append(t.text("Promised: {text}", text=one_line(debrief.promises, _PART)))
        if debrief.open_points:
            lines.append(t.text("Open: {text}", text=one_line(debrief.open_points, _PART)))
    return lines


def _line(t: Translator, entry: TimelineEntry, zone: str, now: datetime) -> str:
    meeting = entry.meeting
    values = {"moment": moment(t, meeting.starts_at, zone, now), "title": title(t, meeting)}
    standing = next((one for one in entry.decisions if one.state is DecisionState.STANDING), None)
    if standing is None:
        return t.text("{moment} · {title}", **values)
    taken = is_taken(entry.effects.get(standing.id, ()))
    chosen = what(t, standing.terms, meeting, zone, now, taken=taken)
    return t.text("{moment} · {title} ({what})", what=chosen, **values)
