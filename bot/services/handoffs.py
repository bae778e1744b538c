"""Both sides of a hand-over: the delegate accepts, asks, declines and ticks; the owner answers."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.services.ports import Jobs
from bot.services.reminding import plan_again
from domain.brief import Brief, CheckItem, HandoffState, Question
from domain.clock import Clock
from domain.decision import Decision, DecisionState
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.overview import Overview
from domain.planned import Form, FormKind
from storage import briefs, decisions, follow_ups, forms, outbox, overviews
from storage.database import Database
from storage.outbox import Work

LONGEST_TEXT = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """A brief with what it belongs to."""

    brief: Brief
    decision: Decision
    overview: Overview


class Handoffs:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def look(self, team_id: str, user_id: str, brief_id: str) -> Handover:
        """For the delegate. Raises DomainError for anybody else."""
        return await self._database.read(self._load, team_id, user_id, brief_id)

    async def accept(self, team_id: str, user_id: str, brief_id: str) -> None:
        await self._database.run(self._answer, team_id, user_id, brief_id, HandoffState.ACCEPTED, "")
        self._jobs.poke()

    async def open_form(self, team_id: str, user_id: str, kind: FormKind, subject_id: str) -> str:
        """A form for a question, an answer or a refusal; its id."""
        form = Form(
            id=new_id(), team_id=team_id, user_id=user_id, kind=kind, subject_id=subject_id, opened_at=self._clock.now()
        )
        await self._database.run(forms.open_, form)
        return form.id

    async def decline(self, team_id: str, user_id: str, form_id: str, because: str) -> None:
        form = await self._form(team_id, user_id, form_id, FormKind.DECLINE)
        await self._database.run(
            self._answer, team_id, user_id, form.subject_id, HandoffState.DECLINED, because[:LONGEST_TEXT]
        )
        self._jobs.poke()

    async def ask(self, team_id: str, user_id: str, form_id: str, text: str) -> None:
        """The question takes the form's id, so that a second submission asks nothing twice."""
        _require(text, "question")
        form = await self._form(team_id, user_id, form_id, FormKind.ASK)
        await self._database.run(self._ask, team_id, user_id, form.subject_id, form_id, text)
        self._jobs.poke()

    async def question(self, team_id: str, user_id: str, question_id: str) -> Question:
        """For the owner, who answers it."""
        return await self._database.read(self._own_question, team_id, user_id, question_id)

    async def answer(self, team_id: str, user_id: str, form_id: str, text: str) -> None:
        _require(text, "answer")
        form = await self._form(team_id, user_id, form_id, FormKind.ANSWER)
        await self._database.run(self._answer_question, team_id, user_id, form.subject_id, form_id, text)
        self._jobs.poke()

    async def tick(self, team_id: str, user_id: str, brief_id: str, ticked: frozenset[CheckItem]) -> None:
        await self.look(team_id, user_id, brief_id)
        await self._database.run(briefs.tick, team_id, brief_id, ticked)

    async def _form(self, team_id: str, user_id: str, form_id: str, kind: FormKind) -> Form:
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not kind:
            raise DomainError(Problem.FORM_EXPIRED)
        return form

    def _load(self, session: Session, team_id: str, user_id: str, brief_id: str) -> Handover:
        brief = briefs.get(session, team_id, brief_id)
        decision = decisions.get(session, team_id, brief.decision_id) if brief else None
        if brief is None or decision is None:
            raise DomainError(Problem.DECISION_NOT_FOUND)
        if brief.delegate_id != user_id:
            raise DomainError(Problem.NOT_YOURS)
        overview = overviews.load(session, team_id, decision.meeting_id, self._clock.now())
        return Handover(brief=brief, decision=decision, overview=overview)

    def _answer(
        self, session: Session, team_id: str, user_id: str, brief_id: str, state: HandoffState, because: str
    ) -> None:
        handover, now = self._load(session, team_id, user_id, brief_id), self._clock.now()
        if handover.brief.state is state:
            return
        self._require_open(handover)
        if not briefs.answer(session, team_id, brief_id, state, now, because):
            raise DomainError(Problem.HANDOFF_ANSWERED)
        if state is HandoffState.DECLINED:
            decisions.end(session, team_id, handover.decision.id, DecisionState.DECLINED, now)
            follow_ups.withdraw(session, team_id, handover.decision.id)
            plan_again(session, handover.overview.meeting, handover.overview.owner, now, is_shown=True)
        outbox.promise(session, team_id, Work.DELEGATE_ANSWERED, brief_id, now)

    def _require_open(self, handover: Handover) -> None:
        meeting = handover.overview.meeting
        if handover.brief.state is HandoffState.WITHDRAWN or handover.decision.state is not DecisionState.STANDING:
            raise DomainError(Problem.HANDOFF_OVER)
        if meeting.cancelled or meeting.has_started(self._clock.now()):
            raise DomainError(Problem.HANDOFF_OVER)
        if handover.brief.state is not HandoffState.OFFERED:
            raise DomainError(Problem.HANDOFF_ANSWERED)

    def _ask(self, session: Session, team_id: str, user_id: str, brief_id: str, question_id: str, text: str) -> None:
        handover = self._load(session, team_id, user_id, brief_id)
        if handover.decision.state is not DecisionState.STANDING:
            raise DomainError(Problem.HANDOFF_OVER)
        if briefs.add_question(session, team_id, brief_id, Question(id=question_id, text=text[:LONGEST_TEXT])):
            outbox.promise(session, team_id, Work.QUESTION_ASKED, question_id, self._clock.now())

    def _own_question(self, session: Session, team_id: str, user_id: str, question_id: str) -> Question:
        found = briefs.brief_of_question(session, team_id, question_id)
        decision = decisions.get(session, team_id, found[0].decision_id) if found else None
        if found is None or decision is None:
            raise DomainError(Problem.DECISION_NOT_FOUND)
        if decision.owner_id != user_id:
            raise DomainError(Problem.NOT_YOURS)
        return found[1]

    def _answer_question(
        self, session: Session, team_id: str, user_id: str, question_id: str, form_id: str, text: str
    ) -> None:
        known = self._own_question(session, team_id, user_id, question_id)
        if known.answer == text[:LONGEST_TEXT]:
            return
        now = self._clock.now()
        briefs.answer_question(session, team_id, question_id, text[:LONGEST_TEXT], now)
        outbox.promise(session, team_id, Work.QUESTION_ANSWERED, question_id, now, edition=form_id)


def _require(text: str, field: str) -> None:
    if not text.strip():
        raise FieldErrors({field: Invalid(InvalidCode.REQUIRED)})
    if len(text) > LONGEST_TEXT:
        raise FieldErrors({field: Invalid(InvalidCode.TOO_LONG, limit=LONGEST_TEXT)})
