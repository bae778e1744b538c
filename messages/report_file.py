"""The report as a file: a line per decision, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.aftermath import ClientAnswer
from domain.report import ReportRequest
from domain.spreadsheet import guarded
from domain.words import Option, Reason, Verdict
from messages import blocks
from messages.blocks import Message
from messages.escape import one_line
from messages.i18n import N_, Translator
from messages.labels import option_label, reason_label, verdict_label
from messages.report_page import report_title

COLUMNS = (
    N_("decided on"),
    N_("meeting on"),
    N_("client"),
    N_("person (you and your people)"),
    N_("option"),
    N_("minutes before"),
    N_("minutes after"),
    N_("minutes won"),
    N_("verdict overridden (your own only)"),
    N_("client's answer"),
    N_("reason (your own only)"),
)
ANSWERS = {
    ClientAnswer.CONFIRMED: N_("confirmed"),
    ClientAnswer.REBOOKED: N_("asked for another date"),
    ClientAnswer.COMPLAINED: N_("complained"),
    ClientAnswer.SILENT: N_("silent"),
}
_CELL = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLine:
    """Days are the reader's. `person` is empty, `overridden` and `reason` None where they are not the reader's
    business.
    """

    decided_on: date
    meeting_on: date
    client: str
    person: str
    option: Option
    minutes_before: int
    minutes_after: int | None
    minutes_won: int
    overridden: Verdict | None
    answer: ClientAnswer | None
    reason: Reason | None


def head(t: Translator) -> str:
    """With the mark that tells spreadsheets that it is UTF-8."""
    return "\ufeff" + _rows([[t.text(name) for name in COLUMNS]])


def body(t: Translator, lines: Iterable[FileLine]) -> str:
    return _rows(_cells(t, line) for line in lines)


def file_message(t: Translator, request: ReportRequest, lines: int) -> Message:
    """Above the file."""
    title = report_title(t, request.circle, request.months)
    text = t.count("{title}: {n} decision.", "{title}: {n} decisions.", lines, title=title)
    return blocks.message(text, [blocks.section(text)])


def _cells(t: Translator, line: FileLine) -> list[str]:
    return [
        line.decided_on.isoformat(),
        line.meeting_on.isoformat(),
        guarded(one_line(line.client, _CELL)),
        guarded(one_line(line.person, _CELL)),
        option_label(t, line.option),
        str(line.minutes_before),
        "" if line.minutes_after is None else str(line.minutes_after),
        str(line.minutes_won),
        verdict_label(t, line.overridden) if line.overridden else "",
        t.text(ANSWERS[line.answer]) if line.answer else "",
        reason_label(t, line.reason) if line.reason else "",
    ]


def _rows(rows: Iterable[list[str]]) -> str:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()
