"""Today sick: one form for all client meetings of an absence, one confirmation, one undo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import zone_of
from bot.services.members import Members
from bot.services.option_checks import check_draft
from bot.services.option_input import Errors, OptionInput
from bot.services.option_lint import lint_around
from bot.services.option_record import own_meeting
from bot.services.ports import Jobs
from bot.services.sick_day_input import DraftsInput, SickInput
from bot.services.sick_day_meetings import Affected, Planned, affected, planned, possible
from bot.services.sick_day_record import record_all, undo_all
from bot.services.sick_day_words import Absence
from bot.slack.people import People
from domain.assessment import Requirement
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.sick_day import Choice, SickDay
from domain.words import Option
from messages.ids import SICK_BODY_PREFIX, SICK_PHONE_PREFIX, SICK_SUBJECT_PREFIX
from messages.sick_page import SickPage, SickRow
from messages.sick_page_drafts import SickDraft, SickDrafts
from storage import forms, workspaces
from storage.database import Database

_UNSEEN = frozenset({Problem.NOT_YOURS, Problem.MEETING_NOT_FOUND})
"""What a made-up id comes to: there is nothing to tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone:
    """How many were undone, and which could not be."""

    count: int
    refused: tuple[tuple[Overview, Problem], ...]


class SickDays:
    def __init__(
        self, *, database: Database, clock: Clock, jobs: Jobs, members: Members, people: People, sends_mail: bool
    ) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._members = members
        self._people = people
        self._sends_mail = sends_mail

    async def look(self, member: Member, absence: Absence) -> SickPage:
        """What a form would show; none is opened."""
        return await self._first_page(member, self._day(member, absence), form_id="")

    async def open(self, member: Member, absence: Absence, *, response_url: str = "") -> SickPage:
        """A form, unless there is nothing to decide: then the page has no rows."""
        return await self._open(member, self._day(member, absence), response_url)

    async def open_rest(self, member: Member, form_id: str) -> SickPage:
        """The meetings that had no room in an earlier form. Raises DomainError where that is forgotten."""
        form = await self._form(member, form_id)
        day = SickDay.load(form.state)
        passed = (*day.passed, *(choice.meeting_id for choice in day.choices))
        return await self._open(member, SickDay(reason=day.reason, last_day=day.last_day, passed=passed), "")

    async def revise(self, member: Member, form_id: str, given: SickInput) -> SickPage:
        """The first window after a choice that changes more than itself."""
        form = await self._form(member, form_id)
        day, last_day = SickDay.load(form.state), given.last_day(self._today(member))[0]
        day = replace(day, reason=given.reason_or(day.reason), last_day=last_day)
        found = await self._affected(member, day)
        return self._page(member, day, found, form_id, given)

    async def propose(self, member: Member, form_id: str, given: SickInput) -> SickDrafts:
        """The texts for what was chosen. Raises FieldErrors and DomainError."""
        form = await self._form(member, form_id)
        before = SickDay.load(form.state)
        if before.confirmed:
            raise DomainError(Problem.FORM_EXPIRED)
        last_day, wrong = given.last_day(self._today(member))
        if wrong is not None:
            raise FieldErrors({"sick_until": wrong})
        day = SickDay(
            reason=given.reason_or(before.reason),
            last_day=last_day,
            passed=before.passed,
            delegate_id=given.delegate,
            next_contact=given.next_contact,
        )
        name, errors = await self._delegate(member, given)
        day, texts, found_errors = await self._database.read(_propose, member, day, given, form_id, name, self._now())
        if errors | found_errors:
            raise FieldErrors(errors | found_errors)
        day = replace(day, rest=(await self._affected(member, day)).rest)
        await self._database.run(forms.save_state, form_id, day.dump())
        return self._drafts(member, day, texts, form_id, name)

    async def confirm(self, member: Member, form_id: str, given: DraftsInput) -> SickDay:
        """All decisions at once. The same form sent twice makes each once. Raises FieldErrors and DomainError."""
        form = await self._form(member, form_id)
        day = SickDay.load(form.state)
        if day.confirmed:
            return day
        _check(day, given)
        name = await self._members.name_of(member.team_id, day.delegate_id) if day.delegate_id else ""
        done = await self._database.run(record_all, member, form, given, name, self._now())
        self._jobs.poke()
        return done

    async def undo(self, member: Member, bundle_id: str) -> Undone:
        """Everything that can be undone. Raises DomainError where nothing stands any more, or it is not theirs."""
        count, refused = await self._database.run(undo_all, member, bundle_id, self._now())
        self._jobs.poke()
        return Undone(count=count, refused=refused)

    async def _open(self, member: Member, day: SickDay, response_url: str) -> SickPage:
        form_id = new_id()
        page = await self._first_page(member, day, form_id=form_id)
        if not page.rows:
            return page
        form = Form(
            id=form_id,
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.SICK,
            state=day.dump(),
            response_url=response_url,
            opened_at=self._now(),
        )
        await self._database.run(forms.open_, form)
        return page

    async def _first_page(self, member: Member, day: SickDay, *, form_id: str) -> SickPage:
        found = await self._affected(member, day)
        return self._page(member, day, found, form_id, SickInput())

    async def _affected(self, member: Member, day: SickDay) -> Affected:
        return await self._database.read(affected, member, day.reason, day.last_day, day.passed, self._now())

    def _page(self, member: Member, day: SickDay, found: Affected, form_id: str, given: SickInput) -> SickPage:
        rows = [
            SickRow(
                overview=overview,
                options=possible(overview),
                chosen=given.chosen(overview.meeting.id, overview.assessment.recommended),
                phone=given.phones.get(overview.meeting.id, ""),
            )
            for overview in found.overviews
        ]
        return SickPage(
            form_id=form_id,
            reason=day.reason,
            today=self._today(member),
            last_day=day.last_day,
            days=given.days,
            rows=tuple(rows),
            settled=found.settled,
            rest=found.rest,
            delegate_id=given.delegate,
            next_contact=found.next_contact,
            zone=member.time_zone,
            now=self._now(),
        )

    def _drafts(
        self, member: Member, day: SickDay, texts: Sequence[tuple[Overview, Planned | None]], form_id: str, name: str
    ) -> SickDrafts:
        drafts = [
            SickDraft(
                overview=made.overview,
                option=made.option,
                terms=made.terms,
                draft=made.draft,
                lint=lint_around(made.overview, made.draft).lint(made.draft.body),
                notice=made.aside,
                delegate_name=name,
                think_twice=made.needs is Requirement.CONFIRM,
            )
            for _, made in texts
            if made is not None and made.draft is not None
        ]
        return SickDrafts(
            form_id=form_id,
            drafts=tuple(drafts),
            kept=tuple(made.overview for _, made in texts if made is not None and made.option is Option.KEEP),
            left=tuple(overview for overview, made in texts if made is None),
            skipped=tuple(day.skipped.values()),
            mail_will_be_sent=self._sends_mail,
            zone=member.time_zone,
            now=self._now(),
        )

    async def _delegate(self, member: Member, given: SickInput) -> tuple[str, Errors]:
        """The colleague's name, and why they cannot take anything over; nothing where nobody has to."""
        if Option.HANDOFF.value not in given.options.values():
            return "", {}
        if not given.delegate:
            return "", {"delegate": Invalid(InvalidCode.REQUIRED)}
        workspace = await self._database.read(workspaces.get, member.team_id)
        code = await self._people.delegate_problem(
            team_id=member.team_id,
            owner_id=member.user_id,
            delegate_id=given.delegate,
            guests_allowed=workspace.guests_may_take_over if workspace else False,
        )
        if code is not None:
            return "", {"delegate": Invalid(code)}
        return (await self._members.know(member.team_id, given.delegate)).name, {}

    async def _form(self, member: Member, form_id: str) -> Form:
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        if form is None or form.kind is not FormKind.SICK:
            raise DomainError(Problem.FORM_EXPIRED)
        return form

    def _day(self, member: Member, absence: Absence) -> SickDay:
        return SickDay(reason=absence.reason, last_day=absence.last_day or self._today(member))

    def _today(self, member: Member) -> date:
        return self._now().astimezone(zone_of(member.time_zone)).date()

    def _now(self) -> datetime:
        return self._clock.now()


Texts = list[tuple[Overview, Planned | None]]


def _propose(
    session: Session, member: Member, day: SickDay, given: SickInput, form_id: str, name: str, now: datetime
) -> tuple[SickDay, Texts, Errors]:
    """The choices with what each comes to (None: left as it is), earliest meeting first."""
    texts: Texts = []
    choices: list[Choice] = []
    skipped: dict[str, Problem] = {}
    errors: Errors = {}
    for meeting_id in given.options:
        try:
            overview = own_meeting(session, member.team_id, member.user_id, meeting_id, now, day.reason)
            option = _allowed(overview, given.chosen(meeting_id, overview.assessment.recommended))
        except DomainError as error:
            skipped |= {} if error.problem in _UNSEEN else {meeting_id: error.problem}
            continue
        choice = Choice(
            meeting_id=meeting_id,
            option=option,
            starts_at=overview.meeting.starts_at,
            ends_at=overview.meeting.ends_at,
            phone=given.phones.get(meeting_id, ""),
        )
        made = None
        if option is not None:
            made, wrong = planned(
                session, overview, day, choice, option, bundle_id=form_id, delegate_name=name, now=now
            )
            choice = replace(choice, warned=made.needs is Requirement.CONFIRM)
            errors |= {_field(field, meeting_id): error for field, error in wrong.items()}
        choices.append(choice)
        texts.append((overview, made))
    texts.sort(key=lambda pair: (pair[0].meeting.starts_at, pair[0].meeting.id))
    return replace(day, choices=tuple(choices), skipped=skipped), texts, errors


def _allowed(overview: Overview, option: Option | None) -> Option | None:
    if option is not None and option not in possible(overview):
        raise DomainError(Problem.OPTION_NOT_AVAILABLE)
    return option


def _field(name: str, meeting_id: str) -> str:
    return f"{SICK_PHONE_PREFIX}{meeting_id}" if name == "phone" else name


def _check(day: SickDay, given: DraftsInput) -> None:
    """Raises FieldErrors for texts that cannot go out."""
    errors: Errors = {}
    for meeting_id, body in given.bodies.items():
        text = OptionInput(subject=given.subjects.get(meeting_id, ""), body=body)
        found = check_draft(text, needs_address=False)
        prefixes = {"subject": SICK_SUBJECT_PREFIX, "body": SICK_BODY_PREFIX}
        errors |= {f"{prefixes[name]}{meeting_id}": error for name, error in found.items()}
    if any(choice.warned for choice in day.choices) and not given.confirmed:
        errors["confirm"] = Invalid(InvalidCode.CONFIRM_FIRST)
    if errors:
        raise FieldErrors(errors)
