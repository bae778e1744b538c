"""How a meeting went that a colleague took over, in the colleague's words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.services.ports import Jobs
from domain.aftermath import Debrief, Mood
from domain.brief import HandoffState
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import FollowUp, FollowUpKind, FollowUpState, Form, FormKind
from storage import aftermath, briefs, follow_ups, forms, outbox
from storage.database import Database
from storage.outbox import Work

LONGEST_TEXT = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class DebriefInput:
    """As it was typed."""

    outcome: str
    promises: str
    open_points: str
    mood: str


class Debriefs:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def open(self, member: Member, follow_up_id: str, *, response_url: str = "") -> str:
        """A form for the delegate who was asked; its id. Raises DomainError for anybody else, and where it is over."""
        follow_up = await self._database.read(_asked, member, follow_up_id)
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.DEBRIEF,
            subject_id=follow_up.id,
            response_url=response_url,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return form.id

    async def submit(self, member: Member, form_id: str, given: DebriefInput) -> tuple[FollowUp, str]:
        """The question as it stands now, and where it was asked. Raises FieldErrors and DomainError.

        The owner is told, and the client's history has it. A second submission changes what the first one said.
        """
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        if form is None or form.kind is not FormKind.DEBRIEF:
            raise DomainError(Problem.FORM_EXPIRED)
        errors = _errors(given)
        if errors:
            raise FieldErrors(errors)
        follow_up = await self._database.run(_submit, member, form, given, self._clock.now())
        self._jobs.poke()
        return follow_up, form.response_url


def _errors(given: DebriefInput) -> dict[str, Invalid]:
    errors: dict[str, Invalid] = {}
    for name, text in (
        ("outcome", given.outcome),
        ("promises", given.promises),
        ("open_points", given.open_points),
    ):
        if len(text) > LONGEST_TEXT:
            errors[name] = Invalid(InvalidCode.TOO_LONG, limit=LONGEST_TEXT)
    if not given.outcome.strip():
        errors["outcome"] = Invalid(InvalidCode.REQUIRED)
    if given.mood not in set(Mood):
        errors["mood"] = Invalid(InvalidCode.REQUIRED)
    return errors


def _asked(session: Session, member: Member, follow_up_id: str) -> FollowUp:
    """The question, for the one whom it was put to while the hand-over stands."""
    follow_up = follow_ups.get(session, member.team_id, follow_up_id)
    if follow_up is None or follow_up.kind is not FollowUpKind.DEBRIEF:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    if follow_up.member_id != member.user_id:
        raise DomainError(Problem.NOT_YOURS)
    brief = briefs.of_decision(session, member.team_id, follow_up.decision_id)
    if brief is None or brief.state is not HandoffState.ACCEPTED or follow_up.state is FollowUpState.WITHDRAWN:
        raise DomainError(Problem.HANDOFF_OVER)
    return follow_up


def _submit(session: Session, member: Member, form: Form, given: DebriefInput, now: datetime) -> FollowUp:
    follow_up = _asked(session, member, form.subject_id)
    debrief = Debrief(
        decision_id=follow_up.decision_id,
        team_id=member.team_id,
        outcome=given.outcome.strip(),
        promises=given.promises.strip(),
        open_points=given.open_points.strip(),
        mood=Mood(given.mood),
        written_by=member.user_id,
        written_at=now,
    )
    aftermath.report(session, debrief)
    follow_ups.finish(session, member.team_id, follow_up.id, FollowUpState.DONE, "done", now=now)
    edition = f"{now:%Y%m%dT%H%M%S%f}"
    outbox.promise(session, member.team_id, Work.DEBRIEFED, follow_up.decision_id, now, edition=edition)
    return follow_ups.get(session, member.team_id, follow_up.id) or follow_up
