"""Today sick: one form for all client meetings of an absence, one confirmation, one undo."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendars.work_week import zone_of
from bot.services.members import Members
from bot.services.option_input import Errors
from bot.services.ports import Jobs
from bot.services.sick_day_input import DraftsInput, SickInput
from bot.services.sick_day_meetings import Affected, affected
from bot.services.sick_day_pages import Around, as_chosen, check, drafts_page, first_page, noticed, propose
from bot.services.sick_day_record import record_all, undo_all
from bot.services.sick_day_words import Absence
from bot.slack.people import People
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.sick_day import MOST_DAYS, SickDay
from domain.words import Option
from messages.sick_page import SickPage
from messages.sick_page_drafts import SickDrafts
from storage import forms, workspaces
from storage.database import Database


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
        return await self._page(member, self._day(member, absence), "", SickInput())

    async def open(self, member: Member, absence: Absence, *, response_url: str = "") -> SickPage:
        """A form, unless there is nothing to decide: then the page has no rows."""
        return await self._open(member, self._day(member, absence), response_url)

    async def open_rest(self, member: Member, form_id: str) -> SickPage:
        """The meetings that had no room in an earlier form. Raises DomainError where that is forgotten."""
        form = await self._form(member, form_id)
        day = SickDay.load(form.state)
        passed = (*day.passed, *(choice.meeting_id for choice in day.choices))
        return await self._open(
            member, SickDay(reason=day.reason, last_day=self._within(member, day.last_day), passed=passed), ""
        )

    async def revise(self, member: Member, form_id: str, given: SickInput) -> SickPage:
        """The first window after a choice that changes more than itself."""
        form = await self._form(member, form_id)
        day, last_day = SickDay.load(form.state), given.last_day(self._today(member))[0]
        day = replace(day, reason=given.reason_or(day.reason), last_day=last_day)
        return await self._page(member, day, form_id, given)

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
        around = self._around(member, form_id, name)
        day, texts, found_errors = await self._database.read(propose, around, day, given)
        if errors | found_errors:
            raise FieldErrors(errors | found_errors)
        day = replace(day, rest=(await self._affected(member, day)).rest, seen=noticed(texts))
        await self._database.run(forms.save_state, form_id, day.dump())
        return drafts_page(around, day, texts)

    async def confirm(self, member: Member, form_id: str, given: DraftsInput) -> SickDay | SickDrafts:
        """All decisions at once; or the texts again, where the owner has not seen what there is to notice in them.

        The same form sent twice makes each decision once. Raises FieldErrors and DomainError.
        """
        form = await self._form(member, form_id)
        day = SickDay.load(form.state)
        if day.confirmed:
            return day
        name = await self._members.name_of(member.team_id, day.delegate_id) if day.delegate_id else ""
        around = self._around(member, form_id, name)
        texts = await self._database.read(as_chosen, around, day)
        check(day, given, texts)
        seen = noticed(texts, given)
        if not set(seen) <= set(day.seen):
            day = replace(day, seen=(*day.seen, *seen))
            await self._database.run(forms.save_state, form_id, day.dump())
            return drafts_page(around, day, texts, given, again=True)
        done = await self._database.run(record_all, member, form, given, name, self._clock.now())
        self._jobs.poke()
        return done

    async def undo(self, member: Member, bundle_id: str) -> Undone:
        """Everything that can be undone. Raises DomainError where nothing stands any more, or it is not theirs."""
        count, refused = await self._database.run(undo_all, member, bundle_id, self._clock.now())
        self._jobs.poke()
        return Undone(count=count, refused=refused)

    async def _open(self, member: Member, day: SickDay, response_url: str) -> SickPage:
        form_id = new_id()
        page = await self._page(member, day, form_id, SickInput())
        if not page.rows:
            return page
        form = Form(
            id=form_id,
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.SICK,
            state=day.dump(),
            response_url=response_url,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return page

    async def _page(self, member: Member, day: SickDay, form_id: str, given: SickInput) -> SickPage:
        found = await self._affected(member, day)
        return first_page(self._around(member, form_id, ""), day, found, given, self._today(member))

    def _around(self, member: Member, form_id: str, name: str) -> Around:
        return Around(
            member=member,
            form_id=form_id,
            delegate_name=name,
            sends_mail=self._sends_mail,
            now=self._clock.now(),
        )

    async def _affected(self, member: Member, day: SickDay) -> Affected:
        return await self._database.read(affected, member, day.reason, day.last_day, day.passed, self._clock.now())

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
        return SickDay(reason=absence.reason, last_day=self._within(member, absence.last_day))

    def _within(self, member: Member, last_day: date | None) -> date:
        """A button may be pressed days later, and what it carries comes back untrusted."""
        today = self._today(member)
        return min(max(last_day or today, today), today + timedelta(days=MOST_DAYS))

    def _today(self, member: Member) -> date:
        return self._clock.now().astimezone(zone_of(member.time_zone)).date()
