"""What is remembered of a client, and what members add to it: the client's answers, and notes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.work_week import policy_of, zone_of
from domain.aftermath import AnswerRecord, ClientAnswer, MeetingNote
from domain.assessment_facts import Facts
from domain.brief import HandoffState
from domain.client import Client
from domain.clock import Clock
from domain.decision import Decision, DecisionState, HandoffTerms
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import Form, FormKind
from domain.policy import Policy
from domain.report import Tally, tally
from domain.tiers import effective_tier
from domain.timeline import WON_DAYS, Standing, TimelineEntry, TimelineFilter
from messages.timeline_page import TimelinePage
from storage import aftermath, briefs, clients, decisions, forms, meetings, members, reports, timelines, workspaces
from storage.database import Database

PAGE = 15
"""Meetings a page."""
MOST_PAGES = 200
LONGEST_NOTE = 1000


class Timelines:
    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(
        self, member: Member, client_id: str, only: TimelineFilter = TimelineFilter.ALL, page: int = 0
    ) -> TimelinePage:
        """Raises DomainError(CLIENT_NOT_FOUND)."""
        number = min(max(page, 0), MOST_PAGES)
        return await self._database.read(_page, member, client_id, only, number, self._clock.now())

    async def say(self, member: Member, decision_id: str, answer: ClientAnswer) -> str:
        """What the client answered, as the owner of the decision (or its delegate) heard it; the client's id.

        The newest word counts. Raises DomainError.
        """
        return await self._database.run(say, member, decision_id, answer, self._clock.now())

    async def open_note(self, member: Member, meeting_id: str, state: str) -> str:
        """A form for a note; its id. `state` is where the timeline stood. Raises DomainError(MEETING_NOT_FOUND)."""
        if await self._database.read(meetings.get, member.team_id, meeting_id) is None:
            raise DomainError(Problem.MEETING_NOT_FOUND)
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.NOTE,
            subject_id=meeting_id,
            state=state,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return form.id

    async def add_note(self, member: Member, form_id: str, text: str) -> Form:
        """The note takes the form's id, so that it is there once; the form. Raises FieldErrors and DomainError."""
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        if form is None or form.kind is not FormKind.NOTE:
            raise DomainError(Problem.FORM_EXPIRED)
        if not text.strip():
            raise FieldErrors({"note": Invalid(InvalidCode.REQUIRED)})
        if len(text) > LONGEST_NOTE:
            raise FieldErrors({"note": Invalid(InvalidCode.TOO_LONG, limit=LONGEST_NOTE)})
        note = MeetingNote(
            id=form.id,
            team_id=form.team_id,
            meeting_id=form.subject_id,
            text=text.strip(),
            written_by=form.user_id,
            written_at=self._clock.now(),
        )
        await self._database.run(_add_note, note)
        return form


def say(session: Session, member: Member, decision_id: str, answer: ClientAnswer, now: datetime) -> str:
    decision = decisions.get(session, member.team_id, decision_id)
    if decision is None or decision.client_id is None:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    if member.user_id not in {decision.owner_id, _delegate_of(session, decision)}:
        raise DomainError(Problem.NOT_YOURS)
    if decision.state is not DecisionState.STANDING:
        raise DomainError(Problem.ALREADY_UNDONE)
    aftermath.say(
        session,
        AnswerRecord(
            decision_id=decision.id, team_id=member.team_id, answer=answer, said_by=member.user_id, said_at=now
        ),
    )
    return decision.client_id


def _delegate_of(session: Session, decision: Decision) -> str:
    """Who took the meeting over; empty while nobody has said yes."""
    if not isinstance(decision.terms, HandoffTerms):
        return ""
    brief = briefs.of_decision(session, decision.team_id, decision.id)
    return decision.terms.delegate_id if brief is not None and brief.state is HandoffState.ACCEPTED else ""


def _add_note(session: Session, note: MeetingNote) -> None:
    if meetings.get(session, note.team_id, note.meeting_id) is None:
        raise DomainError(Problem.MEETING_NOT_FOUND)
    aftermath.add_note(session, note)


def _page(
    session: Session, member: Member, client_id: str, only: TimelineFilter, page: int, now: datetime
) -> TimelinePage:
    team_id = member.team_id
    client = clients.get(session, team_id, client_id)
    if client is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    found = timelines.load(session, team_id, client_id, only, limit=PAGE + 1, offset=page * PAGE)
    entries = found[:PAGE]
    policy = policy_of(workspaces.get(session, team_id))
    known = members.many(session, team_id, _people(entries))
    return TimelinePage(
        client=client,
        standing=_standing(session, client, member, policy, now),
        entries=[replace(entry, decisions=_shown_to(entry, member.user_id)) for entry in entries],
        names={key: one.name for key, one in known.items() if one.name},
        viewer_id=member.user_id,
        only=only,
        page=page,
        has_older=len(found) > PAGE,
        zone=str(zone_of(member.time_zone)),
        now=now,
    )


def _shown_to(entry: TimelineEntry, user_id: str) -> tuple[Decision, ...]:
    """Why somebody wanted out is theirs alone: everybody else sees the decision without the reason."""
    return tuple(
        decision if decision.owner_id == user_id else replace(decision, reason=None) for decision in entry.decisions
    )


def _people(entries: Sequence[TimelineEntry]) -> set[str]:
    ids: set[str] = set()
    for entry in entries:
        for decision in entry.decisions:
            ids.add(decision.made_by)
            if isinstance(decision.terms, HandoffTerms):
                ids.add(decision.terms.delegate_id)
        ids |= {note.written_by for note in entry.notes}
        ids |= {debrief.written_by for debrief in entry.debriefs.values()}
    return ids


def _standing(session: Session, client: Client, member: Member, policy: Policy, now: datetime) -> Standing:
    today = now.astimezone(zone_of(member.time_zone)).date()
    renewal = client.renewal_on
    facts = Facts(
        tier=client.tier,
        revenue_share=client.revenue_share,
        renewal_in_days=(renewal - today).days if renewal else None,
        open_complaint=client.open_complaint,
    )
    tier, _ = effective_tier(facts, policy)
    used = timelines.against_budget(session, client.team_id, client.id, policy.budget_window_days, now)
    return Standing(
        tier=tier,
        budget=policy.budget(tier),
        used=tuple(used),
        window_days=policy.budget_window_days,
        won=_won(session, client, policy, now),
        next_protected=timelines.next_protected(session, client.team_id, client.id, now),
    )


def _won(session: Session, client: Client, policy: Policy, now: datetime) -> Tally:
    """By everybody together: the client sees one company."""
    stretch = reports.Stretch(
        team_id=client.team_id,
        owners=None,
        starts_at=now - timedelta(days=WON_DAYS),
        ends_at=now,
        now=now,
        client_id=client.id,
    )
    return tally(reports.count(session, stretch, by_owner=False).groups, policy)
