"""The half-year before the calendars begin: what a report has to count, and what clients answered to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.aftermath import AnswerRecord, ClientAnswer
from domain.client import Client
from domain.decision import CallTerms, Decision, EmailTerms, HandoffTerms, KeepTerms, ShorterTerms, Terms, WhoRings
from domain.meeting import Attendee, Meeting, Response, Source
from domain.words import Mode, Option, Reason
from playground.sample_people import COLLEAGUE, OWNER
from storage import aftermath, clients, decisions, meetings

DECIDED_BEFORE = timedelta(days=3)
ANSWERED_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Then:
    """One meeting so many weeks ago, further back than calendars are read; `option` None: nobody stepped it down."""

    weeks: int
    client: str
    minutes: int
    option: Option | None
    reason: Reason | None = None
    answer: ClientAnswer | None = None
    owner: str = OWNER


_FJORD, _TULP, _KITE = "sample-fjordbank", "sample-tulpenzonen", "sample-kitestudio"
_YES, _LATER, _ANGRY, _SILENT = ClientAnswer

EARLIER: Sequence[Then] = (
    Then(weeks=14, client=_FJORD, minutes=90, option=None),
    Then(weeks=14, client=_KITE, minutes=60, option=None),
    Then(weeks=15, client=_TULP, minutes=60, option=Option.SHORTER, reason=Reason.REPETITIVE, answer=_YES),
    Then(weeks=16, client=_TULP, minutes=60, option=Option.SHORTER, reason=Reason.REPETITIVE, answer=_YES),
    Then(weeks=17, client=_FJORD, minutes=90, option=Option.CALL, reason=Reason.CONFLICT, answer=_YES),
    Then(weeks=17, client=_KITE, minutes=60, option=Option.EMAIL, reason=Reason.WORKLOAD, answer=_SILENT),
    Then(weeks=18, client=_TULP, minutes=90, option=Option.HANDOFF, reason=Reason.CONFLICT, answer=_ANGRY),
    Then(weeks=19, client=_TULP, minutes=60, option=Option.SHORTER, reason=Reason.WORKLOAD, answer=_YES),
    Then(weeks=20, client=_FJORD, minutes=120, option=Option.SHORTER, reason=Reason.CONFLICT, answer=_LATER),
    Then(weeks=20, client=_KITE, minutes=90, option=Option.EMAIL, reason=Reason.WORKLOAD, answer=_YES),
    Then(weeks=21, client=_TULP, minutes=60, option=Option.CALL, reason=Reason.ILLNESS, answer=_YES),
    Then(weeks=22, client=_TULP, minutes=90, option=Option.HANDOFF, reason=Reason.WORKLOAD, answer=_ANGRY),
    Then(weeks=23, client=_KITE, minutes=60, option=Option.SHORTER, reason=Reason.CONFLICT),
    Then(
        weeks=15, client=_KITE, minutes=90, option=Option.SHORTER, reason=Reason.CONFLICT, answer=_YES, owner=COLLEAGUE
    ),
    Then(weeks=18, client=_KITE, minutes=60, option=Option.CALL, reason=Reason.CONFLICT, answer=_YES, owner=COLLEAGUE),
    Then(
        weeks=21, client=_KITE, minutes=60, option=Option.EMAIL, reason=Reason.WORKLOAD, answer=_LATER, owner=COLLEAGUE
    ),
)

SINCE: Sequence[tuple[str, ClientAnswer]] = (
    ("fjord-2", _YES),
    ("harbour-1", _LATER),
    ("zephyr-1", _YES),
    ("kite-2", _YES),
    ("kite-3", _YES),
    ("kite-4", _SILENT),
)
"""What clients answered to the decisions of `sample_past`, by the meeting's UID."""


def remember(session: Session, team_id: str, now: datetime) -> int:
    """How many decisions are new. Again changes nothing."""
    new = sum(_record(session, team_id, number, then, now) for number, then in enumerate(EARLIER))
    for uid, answer in SINCE:
        decision = decisions.get(session, team_id, f"sample-{uid}")
        if decision is not None:
            _say(session, decision, answer, decision.made_at + ANSWERED_AFTER)
    return new


def _record(session: Session, team_id: str, number: int, then: Then, now: datetime) -> bool:
    client = clients.get(session, team_id, then.client)
    meeting_id = f"sample-then-{number}"
    if client is None or meetings.get(session, team_id, meeting_id) is not None:
        return False
    starts_at = (now - timedelta(weeks=then.weeks)).replace(hour=9, minute=0, second=0, microsecond=0)
    meeting = _meeting(meeting_id, client, then, starts_at)
    meetings.add(session, meeting)
    if then.option is None:
        return False
    decision = Decision(
        id=f"sample-decided-{number}",
        team_id=team_id,
        meeting_id=meeting.id,
        client_id=client.id,
        owner_id=then.owner,
        option=then.option,
        reason=then.reason,
        terms=_terms(then, client, starts_at),
        draft=None,
        made_at=starts_at - DECIDED_BEFORE,
        made_by=then.owner,
        minutes_before=then.minutes,
        mode_before=Mode.ON_SITE,
    )
    _, new = decisions.record(session, decision, None)
    if then.answer is not None:
        _say(session, decision, then.answer, decision.made_at + ANSWERED_AFTER)
    return new


def _meeting(meeting_id: str, client: Client, then: Then, starts_at: datetime) -> Meeting:
    return Meeting(
        id=meeting_id,
        team_id=client.team_id,
        owner_id=then.owner,
        client_id=client.id,
        source=Source.BY_HAND,
        uid=meeting_id,
        title=client.name,
        location=client.name,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=then.minutes),
        time_zone="Europe/Amsterdam",
        mode=Mode.ON_SITE,
        attendees=tuple(
            Attendee(email=contact.email, name=contact.name, response=Response.ACCEPTED) for contact in client.contacts
        ),
    )


def _terms(then: Then, client: Client, starts_at: datetime) -> Terms:
    match then.option:
        case Option.SHORTER:
            return ShorterTerms(minutes=then.minutes // 2)
        case Option.CALL:
            return CallTerms(phone=client.contacts[0].phone, who_rings=WhoRings.OWNER, contact_id=client.contacts[0].id)
        case Option.EMAIL:
            day = (starts_at + timedelta(days=7)).date()
            return EmailTerms(status="As we said on the phone.", decisions_needed="", next_contact_on=day)
        case Option.HANDOFF:
            return HandoffTerms(delegate_id=COLLEAGUE, brief_id="")
        case _:
            return KeepTerms()


def _say(session: Session, decision: Decision, answer: ClientAnswer, at: datetime) -> None:
    said = AnswerRecord(
        decision_id=decision.id, team_id=decision.team_id, answer=answer, said_by=decision.owner_id, said_at=at
    )
    aftermath.say(session, said)
