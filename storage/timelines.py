"""What happened with a client: meetings, decisions, and what came of them, in a handful of statements."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from domain.aftermath import ClientAnswer, MeetingNote
from domain.decision import Decision, DecisionState
from domain.meeting import Meeting
from domain.planned import FollowUpKind
from domain.timeline import TimelineEntry, TimelineFilter
from domain.words import STEP_DOWNS, MeetingKind, Option
from storage import aftermath
from storage.aftermath import ANSWERS, DEBRIEFS, NOTES
from storage.decisions import DECISION, DECISIONS, effects_of_all
from storage.facts import EXCUSED
from storage.first_meetings import KIND_NOW, known_by
from storage.follow_ups import FOLLOW_UPS
from storage.meetings import MEETING, MEETINGS

CALLED = "call"
"""Outcome of a follow-up whose mail did not settle it."""
TROUBLES = (ClientAnswer.REBOOKED, ClientAnswer.COMPLAINED)


def load(
    session: Session,
    team_id: str,
    client_id: str,
    only: TimelineFilter = TimelineFilter.ALL,
    limit: int = 20,
    offset: int = 0,
) -> list[TimelineEntry]:
    """Meetings with the client, newest first, each with all its decisions, latest first. One that was cancelled is
    there only where it was decided on.
    """
    decided = select(DECISIONS.c.id).where(DECISIONS.c.meeting_id == MEETINGS.c.id).exists()
    rows = session.execute(
        select(*MEETING.columns)
        .where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.client_id == client_id,
            or_(MEETINGS.c.cancelled.is_(False), decided),
            *_only(only),
        )
        .order_by(MEETINGS.c.starts_at.desc(), MEETINGS.c.id)
        .limit(limit)
        .offset(offset)
    )
    meetings = [MEETING.read(row) for row in rows]
    return _entries(session, team_id, meetings) if meetings else []


def _entries(session: Session, team_id: str, meetings: list[Meeting]) -> list[TimelineEntry]:
    """Each meeting with what belongs to it, in as many statements however many they are."""
    decisions_of = _decisions_of(session, [meeting.id for meeting in meetings])
    ids = [made.id for several in decisions_of.values() for made in several]
    effects = effects_of_all(session, ids)
    answers = aftermath.answers(session, team_id, ids)
    debriefs = aftermath.debriefs(session, team_id, ids)
    called = _called(session, ids)
    notes_of: defaultdict[str, list[MeetingNote]] = defaultdict(list)
    for note in aftermath.notes(session, team_id, [meeting.id for meeting in meetings]):
        notes_of[note.meeting_id].append(note)
    entries = []
    for meeting in meetings:
        made = decisions_of[meeting.id]
        entries.append(
            TimelineEntry(
                meeting=meeting,
                decisions=tuple(made),
                effects={one.id: effects[one.id] for one in made if one.id in effects},
                answers={one.id: answers[one.id] for one in made if one.id in answers},
                debriefs={one.id: debriefs[one.id] for one in made if one.id in debriefs},
                notes=tuple(notes_of[meeting.id]),
                called=called & {one.id for one in made},
            )
        )
    return entries


def against_budget(session: Session, team_id: str, client_id: str, window_days: int, now: datetime) -> list[datetime]:
    """When the step-downs were decided on that count against the client's budget today; oldest first."""
    made = session.scalars(
        select(DECISIONS.c.made_at)
        .where(
            DECISIONS.c.team_id == team_id,
            DECISIONS.c.client_id == client_id,
            DECISIONS.c.made_at >= now - timedelta(days=window_days),
            _stepped_down(),
            or_(DECISIONS.c.reason.is_(None), DECISIONS.c.reason.not_in(EXCUSED)),
        )
        .order_by(DECISIONS.c.made_at)
    )
    return list(made)


def next_protected(session: Session, team_id: str, client_id: str, now: datetime) -> Meeting | None:
    row = session.execute(
        select(*MEETING.columns, KIND_NOW)
        .where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.client_id == client_id,
            MEETINGS.c.starts_at > now,
            MEETINGS.c.cancelled.is_(False),
            KIND_NOW != MeetingKind.ORDINARY,
        )
        .order_by(MEETINGS.c.starts_at, MEETINGS.c.id)
        .limit(1),
        known_by(now),
    ).first()
    return None if row is None else replace(MEETING.read(row), kind=row.kind_now)


def _stepped_down() -> ColumnElement[bool]:
    return and_(DECISIONS.c.state == DecisionState.STANDING, DECISIONS.c.option.in_(STEP_DOWNS))


def _only(only: TimelineFilter) -> tuple[ColumnElement[bool], ...]:
    """What a meeting has to have for the filter to show it."""
    of_meeting = DECISIONS.c.meeting_id == MEETINGS.c.id
    if only is TimelineFilter.STEP_DOWNS:
        return (select(DECISIONS.c.id).where(of_meeting, _stepped_down()).exists(),)
    if only is TimelineFilter.HAND_OVERS:
        return (select(DECISIONS.c.id).where(of_meeting, DECISIONS.c.option == Option.HANDOFF).exists(),)
    if only is TimelineFilter.TROUBLE:
        answered = and_(ANSWERS.c.decision_id == DECISIONS.c.id, ANSWERS.c.answer.in_(TROUBLES))
        return (select(ANSWERS.c.decision_id).join(DECISIONS, answered).where(of_meeting).exists(),)
    if only is TimelineFilter.NOTES:
        noted = select(NOTES.c.id).where(NOTES.c.meeting_id == MEETINGS.c.id).exists()
        written = DEBRIEFS.c.decision_id == DECISIONS.c.id
        debriefed = select(DEBRIEFS.c.decision_id).join(DECISIONS, written).where(of_meeting).exists()
        return (or_(noted, debriefed),)
    return ()


def _called(session: Session, decision_ids: list[str]) -> frozenset[str]:
    return frozenset(
        session.scalars(
            select(FOLLOW_UPS.c.decision_id).where(
                FOLLOW_UPS.c.decision_id.in_(decision_ids),
                FOLLOW_UPS.c.kind == FollowUpKind.CALL,
                FOLLOW_UPS.c.outcome == CALLED,
            )
        )
    )


def _decisions_of(session: Session, meeting_ids: list[str]) -> defaultdict[str, list[Decision]]:
    rows = session.execute(
        select(*DECISION.columns)
        .where(DECISIONS.c.meeting_id.in_(meeting_ids))
        .order_by(DECISIONS.c.made_at.desc(), DECISIONS.c.id)
    )
    made: defaultdict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        made[row.meeting_id].append(DECISION.read(row))
    return made
