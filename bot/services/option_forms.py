"""The four options as forms: opened, revised while they are filled in, submitted into a decision."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Self

from sqlalchemy.orm import Session

from bot.calendars.work_week import zone_of
from bot.services.members import Members, region_of
from bot.services.option_input import Errors, Frame, OptionInput, read_recipients, read_terms
from bot.services.option_pages import page_of, prefilled
from bot.services.ports import Jobs
from bot.slack.people import People
from domain.assessment import Requirement, requirement
from domain.brief import Brief
from domain.clock import Clock
from domain.decision import CallTerms, Decision, Draft, HandoffTerms, Override, ShorterTerms, Terms
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.words import Option, Reason, Verdict
from messages import linter
from messages.brief_history import history_lines
from messages.from_overview import draft_of
from messages.i18n import translator
from messages.option_page import OptionPage
from storage import clients, decisions, forms, outbox, overviews, workspaces
from storage.database import Database
from storage.outbox import Work

MOST_SUBJECT = 200
MOST_HISTORY = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class FormState:
    """What the form last showed: whether the owner changed the draft, or saw a warning, is told by comparing."""

    option: Option
    edition: int
    subject: str
    body: str
    needs: Requirement

    def dump(self) -> str:
        return json.dumps(
            {
                "option": self.option,
                "edition": self.edition,
                "subject": self.subject,
                "body": self.body,
                "needs": self.needs,
            }
        )

    @classmethod
    def load(cls, text: str) -> Self:
        raw = json.loads(text)
        return cls(
            option=Option(raw["option"]),
            edition=int(raw["edition"]),
            subject=str(raw["subject"]),
            body=str(raw["body"]),
            needs=Requirement(raw["needs"]),
        )


class OptionForms:
    def __init__(
        self, *, database: Database, clock: Clock, jobs: Jobs, members: Members, people: People, sends_mail: bool
    ) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._members = members
        self._people = people
        self._sends_mail = sends_mail

    async def open(
        self, team_id: str, user_id: str, meeting_id: str, option: Option, *, response_url: str = ""
    ) -> OptionPage:
        """Raises DomainError where the meeting is somebody else's, over, or not to be stepped down that way."""
        now = self._clock.now()
        overview = await self._database.read(_own_meeting, team_id, user_id, meeting_id, now, Reason.WORKLOAD)
        if requirement(overview.assessment.for_option(option).verdict) is Requirement.IMPOSSIBLE:
            raise DomainError(Problem.OPTION_NOT_AVAILABLE)
        form_id = new_id()
        given = prefilled(overview, option, await self._history(overview) if option is Option.HANDOFF else ())
        frame = self._frame(overview, option, form_id, now)
        page = self._page(overview, frame, given, edition=1)
        form = Form(
            id=form_id,
            team_id=team_id,
            user_id=user_id,
            kind=FormKind.OPTION,
            subject_id=meeting_id,
            state=_state_of(page).dump(),
            response_url=response_url,
            opened_at=now,
        )
        await self._database.run(forms.open_, form)
        return page

    async def revise(self, team_id: str, user_id: str, form_id: str, given: OptionInput) -> OptionPage:
        """The form after a choice that changes more than itself: the sentences, and a draft nobody has touched."""
        form, state = await self._form(team_id, user_id, form_id)
        overview, frame = await self._at(form, state, given)
        delegate = await self._delegate_name(team_id, given)
        fresh = self._draft(overview, frame, given, delegate)
        untouched = _same(given, state)
        page = self._page(
            overview,
            frame,
            given,
            edition=state.edition + (1 if untouched and _differs(fresh, state) else 0),
            draft=fresh if untouched else _draft_of(given, fresh),
        )
        shown = _state_of(page) if untouched else replace(_state_of(page), subject=state.subject, body=state.body)
        await self._database.run(forms.save_state, form_id, shown.dump())
        return page

    async def submit(self, team_id: str, user_id: str, form_id: str, given: OptionInput) -> Decision | OptionPage:
        """The decision; or the form again, where the owner has to see something first.

        The same form submitted twice is one decision. Raises FieldErrors and DomainError.
        """
        made = await self._database.read(decisions.get, team_id, form_id)
        if made is not None and made.made_by == user_id:
            return made
        form, state = await self._form(team_id, user_id, form_id)
        overview, frame = await self._at(form, state, given)
        reason = given.chosen_reason
        terms, errors = read_terms(given, frame)
        if reason is None:
            errors["reason"] = Invalid(InvalidCode.REQUIRED)
        await self._check_delegate(overview, terms, errors)
        recipients, address_errors = read_recipients(given.to)
        errors |= address_errors | self._check_draft(given, recipients)
        needs = requirement(self._verdict(overview, frame.option, given))
        errors |= _check_override(given, needs, shown=state.needs)
        if errors or reason is None:
            raise FieldErrors(errors)
        delegate = await self._delegate_name(team_id, given)
        fresh = self._draft(overview, frame, given, delegate)
        stale = _same(given, state) and _differs(fresh, state)
        if stale or needs is not state.needs:
            return await self._show_again(form, state, overview, frame, given, fresh if stale else None)
        decision = self._decision(form, overview, frame, given, terms, reason, recipients, needs)
        record = partial(_record, decision, _brief(decision, given), overview, self._clock.now())
        stored, _ = await self._database.run(record)
        self._jobs.poke()
        return stored

    async def origin(self, team_id: str, user_id: str, form_id: str) -> str:
        """The response URL of the ephemeral message that the form was opened from; empty for a DM."""
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        return form.response_url if form else ""

    async def _show_again(
        self, form: Form, state: FormState, overview: Overview, frame: Frame, given: OptionInput, fresh: Draft | None
    ) -> OptionPage:
        """The words are made anew from what was filled in, or a warning is due: nothing goes out unseen."""
        page = self._page(
            overview,
            frame,
            given,
            edition=state.edition + (1 if fresh else 0),
            draft=fresh or _draft_of(given, None),
            notice=self._notice(overview) if fresh else "",
        )
        shown = _state_of(page) if fresh else replace(_state_of(page), subject=state.subject, body=state.body)
        await self._database.run(forms.save_state, form.id, shown.dump())
        return page

    def _decision(
        self,
        form: Form,
        overview: Overview,
        frame: Frame,
        given: OptionInput,
        terms: Terms,
        reason: Reason,
        recipients: tuple[str, ...],
        needs: Requirement,
    ) -> Decision:
        language = self._draft(overview, frame, given, "").language
        verdict = self._verdict(overview, frame.option, given)
        return Decision(
            id=form.id,
            team_id=form.team_id,
            meeting_id=overview.meeting.id,
            client_id=overview.meeting.client_id,
            owner_id=overview.meeting.owner_id,
            option=frame.option,
            reason=reason,
            terms=terms,
            draft=Draft(language=language, subject=given.subject, body=given.body, to=recipients),
            override=None if needs is Requirement.NONE else Override(verdict=verdict, note=given.note),
            made_at=self._clock.now(),
            made_by=form.user_id,
        )

    def _verdict(self, overview: Overview, option: Option, given: OptionInput) -> Verdict:
        if option is Option.SHORTER and given.as_call:
            return overview.assessment.together(Option.SHORTER, Option.CALL).verdict
        return overview.assessment.for_option(option).verdict

    def _check_draft(self, given: OptionInput, recipients: tuple[str, ...]) -> Errors:
        errors: Errors = {}
        if not given.subject:
            errors["subject"] = Invalid(InvalidCode.REQUIRED)
        elif len(given.subject) > MOST_SUBJECT:
            errors["subject"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_SUBJECT)
        if not given.body:
            errors["body"] = Invalid(InvalidCode.REQUIRED)
        for name, text in (("subject", given.subject), ("body", given.body)):
            unfilled = next((f.found for f in linter.findings(text, "en") if f.found.startswith("{")), "")
            if unfilled:
                errors[name] = Invalid(InvalidCode.UNFILLED_PLACEHOLDER, value=unfilled)
        if self._sends_mail and not recipients:
            errors["to"] = Invalid(InvalidCode.NO_RECIPIENT)
        return errors

    async def _check_delegate(self, overview: Overview, terms: Terms, errors: Errors) -> None:
        if not isinstance(terms, HandoffTerms) or "delegate" in errors:
            return
        meeting = overview.meeting
        workspace = await self._database.read(workspaces.get, meeting.team_id)
        code = await self._people.delegate_problem(
            team_id=meeting.team_id,
            owner_id=meeting.owner_id,
            delegate_id=terms.delegate_id,
            guests_allowed=workspace.guests_may_take_over if workspace else False,
        )
        if code is not None:
            errors["delegate"] = Invalid(code)
        else:
            await self._members.know(meeting.team_id, terms.delegate_id)

    async def _form(self, team_id: str, user_id: str, form_id: str) -> tuple[Form, FormState]:
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not FormKind.OPTION:
            raise DomainError(Problem.FORM_EXPIRED)
        return form, FormState.load(form.state)

    async def _at(self, form: Form, state: FormState, given: OptionInput) -> tuple[Overview, Frame]:
        now = self._clock.now()
        reason = given.chosen_reason or Reason.WORKLOAD
        overview = await self._database.read(_own_meeting, form.team_id, form.user_id, form.subject_id, now, reason)
        return overview, self._frame(overview, state.option, form.id, now)

    def _frame(self, overview: Overview, option: Option, form_id: str, now: datetime) -> Frame:
        return Frame(
            option=option,
            meeting=overview.meeting,
            zone=zone_of(overview.owner.time_zone),
            now=now,
            region=region_of(overview.owner, overview.client),
            form_id=form_id,
            contact_id=overview.contact.id if overview.contact else None,
        )

    async def _history(self, overview: Overview) -> list[str]:
        """What went before with the client, for the brief: its latest decisions in the owner's words."""
        client = overview.client
        if client is None:
            return []
        entries = await self._database.read(decisions.timeline, client.team_id, client.id, limit=MOST_HISTORY)
        return history_lines(translator(overview.owner.language), entries, overview.owner.time_zone, self._clock.now())

    async def _delegate_name(self, team_id: str, given: OptionInput) -> str:
        if not given.delegate:
            return ""
        member = await self._members.known(team_id, given.delegate)
        return member.name if member else ""

    def _draft(self, overview: Overview, frame: Frame, given: OptionInput, delegate_name: str) -> Draft:
        terms, _ = read_terms(given, frame)
        return draft_of(overview, frame.option, terms, frame.now, delegate_name=delegate_name)

    def _page(
        self,
        overview: Overview,
        frame: Frame,
        given: OptionInput,
        *,
        edition: int,
        draft: Draft | None = None,
        notice: str = "",
    ) -> OptionPage:
        shown = draft or self._draft(overview, frame, given, "")
        needs = requirement(self._verdict(overview, frame.option, given))
        return page_of(
            overview,
            frame,
            given,
            shown,
            needs=needs,
            edition=edition,
            notice=notice,
            sends_mail=self._sends_mail,
        )

    def _notice(self, overview: Overview) -> str:
        t = translator(overview.owner.language)
        return t.text("I have put what you filled in into the text below. Please read it once more before it goes out.")


def _own_meeting(
    session: Session, team_id: str, user_id: str, meeting_id: str, now: datetime, reason: Reason | None
) -> Overview:
    """Who acts is checked against the stored meeting, never against the payload's word."""
    overview = overviews.load(session, team_id, meeting_id, now, reason=reason)
    if overview.meeting.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    if overview.meeting.cancelled:
        raise DomainError(Problem.MEETING_CANCELLED)
    if overview.meeting.has_started(now):
        raise DomainError(Problem.MEETING_OVER)
    return overview


def _record(
    decision: Decision, brief: Brief | None, overview: Overview, now: datetime, session: Session
) -> tuple[Decision, bool]:
    """One transaction: the decision, its brief, the number that was asked for, and the promise to carry it out."""
    stored, new = decisions.record(session, decision, brief)
    if new:
        _keep_number(session, decision, overview)
        outbox.promise(session, decision.team_id, Work.CARRY_OUT, decision.id, now)
    return stored, new


def _keep_number(session: Session, decision: Decision, overview: Overview) -> None:
    terms = decision.terms.call if isinstance(decision.terms, ShorterTerms) else decision.terms
    if isinstance(terms, CallTerms) and overview.contact is not None and not overview.contact.phone:
        clients.set_contact_phone(session, decision.team_id, overview.contact.id, terms.phone)


def _brief(decision: Decision, given: OptionInput) -> Brief | None:
    if not isinstance(decision.terms, HandoffTerms):
        return None
    return Brief(
        id=decision.terms.brief_id,
        decision_id=decision.id,
        team_id=decision.team_id,
        delegate_id=decision.terms.delegate_id,
        sections={section: text for section, text in given.sections.items() if text},
    )


def _check_override(given: OptionInput, needs: Requirement, *, shown: Requirement) -> Errors:
    """A warning that the form has not shown yet is shown first, not held against the owner."""
    if needs is Requirement.IMPOSSIBLE:
        raise DomainError(Problem.OPTION_NOT_AVAILABLE)
    if needs is not shown:
        return {}
    if needs is Requirement.CONFIRM and not given.confirmed:
        return {"confirm": Invalid(InvalidCode.CONFIRM_FIRST)}
    if needs is Requirement.NOTE and not given.note:
        return {"note": Invalid(InvalidCode.NOTE_REQUIRED)}
    return {}


def _state_of(page: OptionPage) -> FormState:
    return FormState(
        option=page.option, edition=page.edition, subject=page.draft.subject, body=page.draft.body, needs=page.needs
    )


def _same(given: OptionInput, state: FormState) -> bool:
    """Whether the draft is still the one that was made: Slack trims and normalises line ends."""
    return _plain(given.subject) == _plain(state.subject) and _plain(given.body) == _plain(state.body)


def _differs(draft: Draft, state: FormState) -> bool:
    return _plain(draft.subject) != _plain(state.subject) or _plain(draft.body) != _plain(state.body)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _draft_of(given: OptionInput, fresh: Draft | None) -> Draft:
    recipients, _ = read_recipients(given.to)
    return Draft(language=fresh.language if fresh else "en", subject=given.subject, body=given.body, to=recipients)
