"""What went before with a client, as plain lines for a brief: never why it was decided."""

from collections.abc import Sequence
from datetime import datetime

from domain.decision import DecisionState
from domain.timeline import TimelineEntry
from messages.decision_lines import is_taken, what
from messages.i18n import Translator
from messages.meeting_view import title
from messages.when import moment


def history_lines(t: Translator, entries: Sequence[TimelineEntry], zone: str, now: datetime) -> list[str]:
    """One line for each earlier meeting, latest first, with what became of it."""
    return [_line(t, entry, zone, now) for entry in entries if entry.meeting.starts_at < now]


def _line(t: Translator, entry: TimelineEntry, zone: str, now: datetime) -> str:
    meeting = entry.meeting
    values = {"moment": moment(t, meeting.starts_at, zone, now), "title": title(t, meeting)}
    standing = next((one for one in entry.decisions if one.state is DecisionState.STANDING), None)
    if standing is None:
        return t.text("{moment} · {title}", **values)
    taken = is_taken(entry.effects.get(standing.id, ()))
    chosen = what(t, standing.terms, meeting, zone, now, taken=taken)
    return t.text("{moment} · {title} ({what})", what=chosen, **values)
