"""The four options as forms: opened, revised while they are filled in, submitted into a decision."""

from dataclasses import replace
from functools import partial

from bot.services.approvals import Approvers, approval_of
from bot.services.drafts import aside_notice, make_draft
from bot.services.members import Members
from bot.services.option_case import Case, frame_of, sent_again_notice
from bot.services.option_checks import check_draft, check_override, verdict_of
from bot.services.option_input import Errors, Frame, OptionInput, read_recipients, read_terms
from bot.services.option_lint import fixed, lint_around
from bot.services.option_pages import page_of, prefilled
from bot.services.option_record import ask, own_meeting, record
from bot.services.option_state import FormState, as_written
from bot.services.ports import Jobs
from bot.slack.people import People
from domain.assessment import Requirement, requirement
from domain.clock import Clock
from domain.decision import Decision, DecisionState, Draft, HandoffTerms, Override, Terms
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.words import Option, Reason
from messages.brief_history import history_lines
from messages.i18n import translator
from messages.option_page import OptionPage
from messages.own_templates import OwnDraft
from storage import decisions, forms, timelines, workspaces
from storage.database import Database

MOST_HISTORY = 6


class OptionForms:
    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        jobs: Jobs,
        members: Members,
        people: People,
        approvers: Approvers,
        sends_mail: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._members = members
        self._people = people
        self._approvers = approvers
        self._sends_mail = sends_mail

    async def open(
        self, team_id: str, user_id: str, meeting_id: str, option: Option, *, response_url: str = ""
    ) -> OptionPage:
        """Raises DomainError where the meeting is somebody else's, over, or not to be stepped down that way."""
        now = self._clock.now()
        overview = await self._database.read(own_meeting, team_id, user_id, meeting_id, now, Reason.WORKLOAD)
        if requirement(overview.assessment.for_option(option).verdict) is Requirement.IMPOSSIBLE:
            raise DomainError(Problem.OPTION_NOT_AVAILABLE)
        form_id = new_id()
        workspace = await self._database.read(workspaces.get, team_id)
        history = await self._history(overview) if option is Option.HANDOFF else ()
        given = prefilled(overview, workspace, option, history)
        frame = frame_of(overview, option, form_id, now)
        made = await self._draft(overview, frame, given, "")
        approver = await self._approver(overview, frame, given)
        page = self._page(
            overview, frame, given, made.draft, made, approver=approver, notice=aside_notice(overview, made)
        )
        form = Form(
            id=form_id,
            team_id=team_id,
            user_id=user_id,
            kind=FormKind.OPTION,
            subject_id=meeting_id,
            state=FormState.of(page).dump(),
            response_url=response_url,
            opened_at=now,
        )
        await self._database.run(forms.open_, form)
        return page

    async def revise(self, team_id: str, user_id: str, form_id: str, given: OptionInput) -> OptionPage:
        """The form after a choice that changes more than itself: the sentences, and a draft nobody has touched."""
        return await self._show(await self._case(team_id, user_id, form_id, given))

    async def fix(self, team_id: str, user_id: str, form_id: str, given: OptionInput, which: str) -> OptionPage:
        """The form with one of the linter's findings put right, or all of them, and with a word on what was done."""
        case = await self._case(team_id, user_id, form_id, given)
        overview = case.overview
        done = fixed(given, which, lint_around(overview, case.fresh), case.fresh, overview.owner.language)
        if done is None:
            return await self._show(case)
        return await self._show(replace(case, given=done[0]), notice=done[1], rewritten=True)

    async def submit(self, team_id: str, user_id: str, form_id: str, given: OptionInput) -> Decision | OptionPage:
        """The decision; or the form again, where the owner has to see something first.

        The same form submitted twice is one decision. Raises FieldErrors and DomainError.
        """
        made = await self._database.read(decisions.get, team_id, form_id)
        if made is not None and made.made_by == user_id:
            return made
        case = await self._case(team_id, user_id, form_id, given, afresh=True)
        terms, errors = read_terms(given, case.frame)
        reason = given.chosen_reason
        if reason is None:
            errors["reason"] = Invalid(InvalidCode.REQUIRED)
        await self._check_delegate(case.overview, terms, errors)
        recipients, address_errors = read_recipients(given.to)
        known = lint_around(case.overview, case.fresh).known
        errors |= address_errors
        errors |= check_draft(given, needs_address=self._sends_mail and not recipients, known=known)
        errors |= check_override(given, case.needs, shown=case.state.needs)
        if errors or reason is None:
            raise FieldErrors(errors)
        if case.sends_again:
            return await self._show(case, notice=sent_again_notice(case))
        decision = self._decision(case, terms, reason, recipients)
        stored = await self._store(decision, case)
        self._jobs.poke()
        return stored

    async def origin(self, team_id: str, user_id: str, form_id: str) -> str:
        """The response URL of the ephemeral message that the form was opened from; empty for a DM."""
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        return form.response_url if form else ""

    async def _store(self, decision: Decision, case: Case) -> Decision:
        given, overview = case.given, case.overview
        if case.approver is None:
            stored, _ = await self._database.run(partial(record, decision, given, overview, self._clock.now()))
        else:
            workspace = await self._database.read(workspaces.get, decision.team_id)
            approval = approval_of(decision, overview.meeting, case.approver, workspace)
            stored, _ = await self._database.run(partial(ask, decision, given, overview, approval))
        return stored

    async def _show(self, case: Case, *, notice: str = "", rewritten: bool = False) -> OptionPage:
        """The form as it is now; a text of the bot's is made anew, one of the owner's own is left alone."""
        untouched = case.untouched
        anew = rewritten or case.stale or (untouched and case.state.differs(case.fresh))
        aside = aside_notice(case.overview, case.made) if untouched else ""
        page = self._page(
            case.overview,
            case.frame,
            case.given,
            case.fresh if untouched else as_written(case.given, case.fresh.language),
            case.made,
            approver=case.approver,
            # Under a new name of the field, Slack shows the new text instead of what stood there.
            edition=case.state.edition + (1 if anew else 0),
            notice=" ".join(filter(None, [notice, aside])),
        )
        state = case.state.then(page, made_anew=untouched)
        await self._database.run(forms.save_state, case.form.id, state.dump())
        return page

    def _decision(self, case: Case, terms: Terms, reason: Reason, recipients: tuple[str, ...]) -> Decision:
        form, given, option = case.form, case.given, case.frame.option
        override = None
        if case.needs is not Requirement.NONE:
            override = Override(verdict=verdict_of(case.overview, option, given), note=given.note)
        return Decision(
            id=form.id,
            team_id=form.team_id,
            meeting_id=case.overview.meeting.id,
            client_id=case.overview.meeting.client_id,
            owner_id=case.overview.meeting.owner_id,
            option=option,
            reason=reason,
            terms=terms,
            draft=Draft(language=case.fresh.language, subject=given.subject, body=given.body, to=recipients),
            override=override,
            made_at=self._clock.now(),
            made_by=form.user_id,
            state=DecisionState.STANDING if case.approver is None else DecisionState.REQUESTED,
            minutes_before=case.overview.meeting.minutes,
            mode_before=case.overview.meeting.mode,
        )

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

    async def _case(
        self, team_id: str, user_id: str, form_id: str, given: OptionInput, *, afresh: bool = False
    ) -> Case:
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not FormKind.OPTION:
            raise DomainError(Problem.FORM_EXPIRED)
        state, now = FormState.load(form.state), self._clock.now()
        reason = given.chosen_reason or Reason.WORKLOAD
        overview = await self._database.read(own_meeting, team_id, user_id, form.subject_id, now, reason)
        frame = frame_of(overview, state.option, form.id, now)
        name = await self._members.name_of(team_id, given.delegate) if given.delegate else ""
        made = await self._draft(overview, frame, given, name)
        approver = await self._approver(overview, frame, given, afresh=afresh)
        return Case(form=form, state=state, overview=overview, frame=frame, given=given, made=made, approver=approver)

    async def _approver(
        self, overview: Overview, frame: Frame, given: OptionInput, *, afresh: bool = False
    ) -> Member | None:
        if requirement(verdict_of(overview, frame.option, given)) is not Requirement.NOTE:
            return None
        workspace = await self._database.read(workspaces.get, overview.meeting.team_id)
        return await self._approvers.of(overview.owner, workspace, afresh=afresh)

    async def _draft(self, overview: Overview, frame: Frame, given: OptionInput, delegate_name: str) -> OwnDraft:
        terms, _ = read_terms(given, frame)
        return await make_draft(self._database, overview, frame.option, terms, frame.now, delegate_name=delegate_name)

    async def _history(self, overview: Overview) -> list[str]:
        """What went before with the client, for the brief: its latest decisions in the owner's words."""
        client = overview.client
        if client is None:
            return []
        entries = await self._database.read(timelines.load, client.team_id, client.id, limit=MOST_HISTORY)
        return history_lines(translator(overview.owner.language), entries, overview.owner.time_zone, self._clock.now())

    def _page(
        self,
        overview: Overview,
        frame: Frame,
        given: OptionInput,
        draft: Draft,
        made: OwnDraft,
        *,
        approver: Member | None,
        edition: int = 1,
        notice: str = "",
    ) -> OptionPage:
        return page_of(
            overview,
            frame,
            given,
            draft,
            lint=lint_around(overview, made.draft),
            needs=requirement(verdict_of(overview, frame.option, given)),
            approver=approver,
            edition=edition,
            notice=notice,
            sends_mail=self._sends_mail,
        )
