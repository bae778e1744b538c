"""*Why?*: the whole reasoning about a meeting, and the owner's word on what kind of meeting it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import zone_of
from bot.services.option_record import own_coming, own_meeting
from bot.services.ports import Jobs
from domain.clock import Clock
from domain.decision import Decision
from domain.errors import DomainError, Problem
from domain.ids import new_id
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.what_if import Prospects, nearest, nearest_to_a_step_down
from domain.words import STEP_DOWNS, MeetingKind, Reason
from messages.why_page import WhyPage
from storage import facts, forms, kinds, outbox
from storage.database import Database
from storage.outbox import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """The option's modal below, as it was when *Why?* covered it; nobody can change it meanwhile."""

    form_id: str = ""
    """Empty where *Why?* was opened from a message."""
    view_id: str = ""
    values: Mapping[str, str | list[str]] = field(default_factory=dict)
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """The reasoning with what shows the meeting elsewhere: the modal below, the message it was opened from."""

    page: WhyPage
    overview: Overview
    behind: Behind
    response_url: str


class Reasoning:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def open(
        self, team_id: str, user_id: str, meeting_id: str, behind: Behind, *, response_url: str = ""
    ) -> WhyPage:
        """Also where it was decided on against the advice: then by whose word, too. Raises DomainError where the
        meeting is somebody else's, over, or decided on otherwise.
        """
        now = self._clock.now()
        form = Form(
            id=new_id(),
            team_id=team_id,
            user_id=user_id,
            kind=FormKind.WHY,
            subject_id=meeting_id,
            state=_dump(behind),
            response_url=response_url,
            opened_at=now,
        )
        overview, prospects = await self._database.read(_reasoned, form, behind.reason, now)
        await self._database.run(forms.open_, form)
        return _page(form, overview, prospects, now)

    async def correct_kind(self, team_id: str, user_id: str, form_id: str, kind: MeetingKind) -> Explained:
        """Judged anew by what the owner says it is. Raises DomainError as `open` does."""
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not FormKind.WHY:
            raise DomainError(Problem.FORM_EXPIRED)
        behind, now = _load(form.state), self._clock.now()
        await self._database.run(_correct, form, kind, now)
        self._jobs.poke()
        overview, prospects = await self._database.read(_reasoned, form, behind.reason, now)
        page = _page(form, overview, prospects, now)
        return Explained(page=page, overview=overview, behind=behind, response_url=form.response_url)


def _reasoned(session: Session, form: Form, reason: Reason | None, now: datetime) -> tuple[Overview, Prospects]:
    who = (session, form.team_id, form.user_id, form.subject_id, now)
    overview = own_coming(*who, reason)
    made = _made(overview)
    if made is None or made.override is None:
        overview = own_meeting(*who, reason)
    elif reason is None:
        overview = own_coming(*who, made.reason)
    return overview, Prospects(
        kind_guessed=not kinds.is_corrected(session, form.team_id, form.subject_id),
        budget_eases_in=facts.budget_eases_in(session, overview.meeting, overview.client, overview.policy, now),
    )


def _made(overview: Overview) -> Decision | None:
    """What was chosen for the meeting, whether it stands already or waits for an approval."""
    if overview.request is not None and overview.request.is_open:
        return overview.request.decision
    return overview.decision


def _correct(session: Session, form: Form, kind: MeetingKind, now: datetime) -> None:
    overview = own_meeting(session, form.team_id, form.user_id, form.subject_id, now, None)
    edition = f"{now:%Y%m%dT%H%M%S%f}"
    for meeting_id in kinds.correct(session, overview.meeting, kind, now):
        outbox.promise(session, form.team_id, Work.SHOW_MEETING, meeting_id, now, edition=edition)


def _page(form: Form, overview: Overview, prospects: Prospects, now: datetime) -> WhyPage:
    known, policy = overview.facts, overview.policy
    return WhyPage(
        form_id=form.id,
        meeting=overview.meeting,
        client=overview.client,
        zone=str(zone_of(overview.owner.time_zone)),
        now=now,
        facts=known,
        assessment=overview.assessment,
        policy=policy,
        made=_made(overview),
        request=overview.request,
        kind_guessed=prospects.kind_guessed,
        rhythm_due=overview.rhythm_due,
        changes={option: nearest(option, known, policy, prospects) for option in STEP_DOWNS},
        change_of_advice=nearest_to_a_step_down(known, policy, prospects),
    )


def _dump(behind: Behind) -> str:
    state = {
        "form_id": behind.form_id,
        "view_id": behind.view_id,
        "values": dict(behind.values),
        "reason": behind.reason,
    }
    return json.dumps(state, ensure_ascii=False)


def _load(state: str) -> Behind:
    raw = json.loads(state)
    return Behind(
        form_id=raw["form_id"],
        view_id=raw["view_id"],
        values=raw["values"],
        reason=Reason(raw["reason"]) if raw["reason"] else None,
    )
