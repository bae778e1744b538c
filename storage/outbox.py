"""The outbox: what a transaction decided is carried out even if the process ends right after it.

A use case writes its rows and an outbox row in one transaction; the jobs start a workflow for each row under the
row's key and only then remove it. A crash in between starts it again under the same key, which changes nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models.base import table_of
from storage.models.outbox import OutboxRow
from storage.rows import insert_new

_outbox = table_of(OutboxRow)
LONGEST_KEY = 255


class Work(StrEnum):
    """Names of the workflows; each takes the id of its subject."""

    CARRY_OUT = "carry_out"
    """A decision."""
    TAKE_BACK = "take_back"
    """A decision that was undone."""
    PUT_RIGHT = "put_right"
    """A decision that was undone, whose owner wants the client told, or has told them."""
    SHOW_MEETING = "show_meeting"
    """A meeting whose live message is out of date."""
    DELEGATE_ANSWERED = "delegate_answered"
    """A brief that was accepted or declined."""
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    HANDOVER_MOVED = "handover_moved"
    """A brief and one move of its meeting, with `@` between."""
    REMIND = "remind"
    FOLLOW_UP = "follow_up"
    PLAN_REMINDERS = "plan_reminders"
    """A member whose days or hours are other ones now; the team's id stands for everybody in it."""
    SYNC = "sync"
    """A calendar."""
    PROPOSE_CLIENT = "propose_client"
    """A member, who is shown the outside domains that may be clients."""
    PROPOSAL_SETTLED = "proposal_settled"
    """A domain, whose question is answered."""
    APPROVAL_ASKED = "approval_asked"
    """A decision that waits for a manager's word."""
    APPROVAL_ANSWERED = "approval_answered"
    """A decision that a manager approved or declined, or whose approval is no longer waited for."""
    APPROVAL_DUE = "approval_due"
    """A decision whose approval nobody gave in time."""
    BUNDLE_SHOWN = "bundle_shown"
    """Decisions made in one go, whose one message is out of date."""
    DEBRIEFED = "debriefed"
    """A hand-over whose delegate has reported."""
    REPORT = "report"
    """A report that was asked for, counted in the background."""
    REPORT_FILE = "report_file"
    """The same report, line by line as a file."""
    PROPOSE_RHYTHM = "propose_rhythm"
    """Another rhythm for a series, to be proposed to the client."""
    EXPORT_CLIENTS = "export_clients"
    """A member and a moment, with `@` between: the client book as a file that they asked for."""
    REVIEW_TIERS = "review_tiers"
    """A member who leads clients, asked each quarter whether their tiers still fit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    key: str
    team_id: str
    work: str
    """The value of a `Work`, or of one that another release knows."""
    subject_id: str
    attempt: int = 0
    """How often it was given up before."""


def promise(
    session: Session,
    team_id: str,
    work: Work,
    subject_id: str,
    due_at: datetime,
    *,
    edition: str = "",
    attempt: int = 0,
) -> str:
    """Put a piece of work into the outbox, to be started at `due_at` (most often now); returns its key.

    The same work on the same subject is promised once; `edition` tells repeats apart that are meant (a message that
    is shown anew after each change).
    """
    key = "-".join(part for part in (work.value, subject_id, edition) if part)
    if len(key) > LONGEST_KEY:
        key = f"{work.value}-{hashlib.sha256(key.encode()).hexdigest()}"
    row = {"key": key, "team_id": team_id, "workflow": work.value, "subject_id": subject_id}
    insert_new(session, _outbox, {**row, "due_at": due_at, "attempt": attempt})
    return key


def promised(session: Session, now: datetime | None = None, limit: int = 100) -> list[Promise]:
    """Those whose time has come by `now` (without it: all), oldest first."""
    query = select(_outbox).order_by(_outbox.c.due_at, _outbox.c.key).limit(limit)
    rows = session.execute(query if now is None else query.where(_outbox.c.due_at <= now))
    return [
        Promise(key=row.key, team_id=row.team_id, work=row.workflow, subject_id=row.subject_id, attempt=row.attempt)
        for row in rows
    ]


def kept(session: Session, key: str) -> None:
    """The work was started: the promise is kept."""
    session.execute(delete(_outbox).where(_outbox.c.key == key))
