"""What came of decisions and meetings: answers of clients, debriefs, notes."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.aftermath import AnswerRecord, Debrief, MeetingNote
from storage.models import AnswerRow, DebriefRow, MeetingNoteRow, table_of
from storage.rows import Shape, insert_new, put

ANSWERS = table_of(AnswerRow)
DEBRIEFS = table_of(DebriefRow)
NOTES = table_of(MeetingNoteRow)
ANSWER = Shape(AnswerRecord, ANSWERS)
DEBRIEF = Shape(Debrief, DEBRIEFS)
NOTE = Shape(MeetingNote, NOTES)


def say(session: Session, record: AnswerRecord) -> None:
    """The newest word about a decision takes the place of an earlier one."""
    put(session, ANSWERS, ANSWER.values(record))


def answers(session: Session, team_id: str, decision_ids: Iterable[str]) -> dict[str, AnswerRecord]:
    """By decision id; where nothing is known there is none."""
    rows = session.execute(
        select(*ANSWER.columns).where(ANSWERS.c.team_id == team_id, ANSWERS.c.decision_id.in_(sorted(decision_ids)))
    )
    found = [ANSWER.read(row) for row in rows]
    return {record.decision_id: record for record in found}


def report(session: Session, debrief: Debrief) -> None:
    """A debrief that is sent again takes the place of the one before."""
    put(session, DEBRIEFS, DEBRIEF.values(debrief))


def debriefs(session: Session, team_id: str, decision_ids: Iterable[str]) -> dict[str, Debrief]:
    """By decision id."""
    rows = session.execute(
        select(*DEBRIEF.columns).where(DEBRIEFS.c.team_id == team_id, DEBRIEFS.c.decision_id.in_(sorted(decision_ids)))
    )
    found = [DEBRIEF.read(row) for row in rows]
    return {debrief.decision_id: debrief for debrief in found}


def add_note(session: Session, note: MeetingNote) -> None:
    """The same id again changes nothing."""
    insert_new(session, NOTES, NOTE.values(note))


def notes(session: Session, team_id: str, meeting_ids: Iterable[str]) -> list[MeetingNote]:
    """Oldest first."""
    rows = session.execute(
        select(*NOTE.columns)
        .where(NOTES.c.team_id == team_id, NOTES.c.meeting_id.in_(sorted(meeting_ids)))
        .order_by(NOTES.c.written_at, NOTES.c.id)
    )
    return [NOTE.read(row) for row in rows]
