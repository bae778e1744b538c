"""A member's own settings: what they chose, what counts where they chose nothing, and what a change moves."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.calendars.holidays import countries
from bot.calendars.work_week import country_of, leads_of, week_of
from bot.services.ports import Jobs
from bot.services.setting_input import Errors, known_country, time_of_day
from bot.slack.people import People
from domain import reading
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import Form, FormKind
from domain.words import Formality
from domain.working_days import is_quiet_all_day
from messages.i18n import LANGUAGES, Translator
from messages.ids import Field
from messages.settings_page import FIELDS, MOST_DAYS, OWN_WAY, Defaults, SettingsPage, lead
from storage import forms, members, outbox, workspaces
from storage.database import Database
from storage.outbox import Work

Given = dict[str, str]
"""Field → what stands in it, as it came from Slack."""

_OF_REMINDERS = ("decide_days", "last_call", "quiet_from", "quiet_until", "country")
_AS_PERSON = {InvalidCode.DELEGATE_IS_BOT, InvalidCode.DELEGATE_GUEST}


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    member: Member
    reminders_move: bool


class MemberSettings:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs, people: People) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._people = people

    async def open(self, t: Translator, member: Member) -> SettingsPage:
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.SETTINGS,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return await self._page(member, form.id, values_of(t, member))

    async def reset(self, member: Member, form_id: str, given: Given, group: str) -> SettingsPage:
        """The fields of a group empty again; what was typed in the others stays. Saved with *Save* only."""
        kept = {name: text for name, text in given.items() if name not in FIELDS.get(group, ())}
        edition = round(self._clock.now().timestamp() * 1000)
        return replace(await self._page(member, form_id, kept), edition=edition)

    async def save(self, member: Member, form_id: str, given: Given) -> Saved:
        """Raises FieldErrors, DomainError. Twice changes nothing more."""
        errors: Errors = {}
        chosen = _read(member, given, errors)
        week = week_of(chosen, await self._database.read(workspaces.get, member.team_id))
        if is_quiet_all_day(week.quiet_from, week.quiet_until):
            errors.setdefault(Field.QUIET_UNTIL, Invalid(InvalidCode.QUIET_ALL_DAY))
        if chosen.manager_id and chosen.manager_id != member.manager_id:
            problem = await person_problem(self._people, member, chosen.manager_id)
            if problem is not None:
                errors[Field.MANAGER] = problem
        if errors:
            raise FieldErrors(errors)
        saved = await self._database.run(_store, chosen, form_id, self._clock.now())
        if saved.reminders_move:
            self._jobs.poke()
        return saved

    async def _page(self, member: Member, form_id: str, values: Given) -> SettingsPage:
        workspace = await self._database.read(workspaces.get, member.team_id)
        nothing_chosen = Member(team_id=member.team_id, user_id=member.user_id, time_zone=member.time_zone)
        leads, week = leads_of(nothing_chosen, workspace), week_of(nothing_chosen, workspace)
        return SettingsPage(
            form_id=form_id,
            values=values,
            defaults=Defaults(
                decide_days=leads.decide_working_days,
                last_call=leads.last_call,
                quiet_from=week.quiet_from,
                quiet_until=week.quiet_until,
                country=country_of(nothing_chosen, workspace),
                language=replace(member, chosen_language="").language,
            ),
            countries=sorted(countries()),
            is_admin=member.is_admin,
        )


async def person_problem(people: People, asking: Member, user_id: str) -> Invalid | None:
    """Why somebody cannot be a manager; asks Slack afresh. Raises SlackProblem where it cannot be asked."""
    code = await people.delegate_problem(team_id=asking.team_id, owner_id=asking.user_id, delegate_id=user_id)
    return None if code is None else Invalid(InvalidCode.NOT_A_MANAGER if code in _AS_PERSON else code)


def values_of(t: Translator, member: Member) -> Given:
    """What the member chose, as it stands in the fields; what they left open is left out."""
    values: dict[str, str] = {
        Field.DECIDE_DAYS: str(member.decide_days) if member.decide_days is not None else "",
        Field.LAST_CALL: lead(t, member.last_call) if member.last_call is not None else "",
        Field.QUIET_FROM: f"{member.quiet_from:%H:%M}" if member.quiet_from is not None else "",
        Field.QUIET_UNTIL: f"{member.quiet_until:%H:%M}" if member.quiet_until is not None else "",
        Field.COUNTRY: member.country,
        Field.LANGUAGE: member.chosen_language,
        Field.FORMALITY: member.formality or "",
        Field.MANAGER: member.manager_id,
    }
    return {name: value for name, value in values.items() if value}


def _store(session: Session, chosen: Member, form_id: str, now: datetime) -> Saved:
    form = forms.get(session, chosen.team_id, chosen.user_id, form_id)
    if form is None or form.kind is not FormKind.SETTINGS:
        raise DomainError(Problem.FORM_EXPIRED)
    before = members.get(session, chosen.team_id, chosen.user_id) or Member(
        team_id=chosen.team_id, user_id=chosen.user_id
    )
    members.save_choices(session, chosen)
    moves = any(getattr(before, name) != getattr(chosen, name) for name in _OF_REMINDERS)
    if moves:
        outbox.promise(
            session, chosen.team_id, Work.PLAN_REMINDERS, chosen.user_id, now, edition=f"{now:%Y%m%dT%H%M%S%f}"
        )
    return Saved(member=chosen, reminders_move=moves)


def _read(member: Member, given: Given, errors: Errors) -> Member:
    """The member with what they chose now, to be used where `errors` stays empty."""
    language, formality = _own(given, Field.LANGUAGE), _own(given, Field.FORMALITY)
    if language and language not in LANGUAGES:
        errors[Field.LANGUAGE] = Invalid(InvalidCode.NOT_A_LANGUAGE)
    return replace(
        member,
        decide_days=_days(given, errors),
        last_call=_last_call(given, errors),
        quiet_from=_time(given, Field.QUIET_FROM, errors),
        quiet_until=_time(given, Field.QUIET_UNTIL, errors),
        country=_country(given, errors),
        chosen_language=language,
        formality=Formality.INFORMAL if formality == Formality.INFORMAL else None,
        manager_id=given.get(Field.MANAGER, "")[:64],
    )


def _own(given: Given, name: Field) -> str:
    """Empty where the default was chosen."""
    text = given.get(name, "").strip()
    return "" if text == OWN_WAY else text


def _days(given: Given, errors: Errors) -> int | None:
    text = _own(given, Field.DECIDE_DAYS)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        errors[Field.DECIDE_DAYS] = Invalid(InvalidCode.NOT_A_NUMBER)
        return None
    code = InvalidCode.TOO_LOW if int(text) < 1 else InvalidCode.TOO_HIGH if int(text) > MOST_DAYS else None
    if code is not None:
        bound = "1" if code is InvalidCode.TOO_LOW else str(MOST_DAYS)
        errors[Field.DECIDE_DAYS] = Invalid(code, bound=bound)
        return None
    return int(text)


def _last_call(given: Given, errors: Errors) -> timedelta | None:
    text = _own(given, Field.LAST_CALL)
    if not text:
        return None
    try:
        return timedelta(minutes=reading.minutes(text))
    except ValueError:
        errors[Field.LAST_CALL] = Invalid(InvalidCode.NOT_A_LENGTH)
        return None


def _time(given: Given, name: Field, errors: Errors) -> time | None:
    text = _own(given, name)
    try:
        return time_of_day(text) if text else None
    except ValueError:
        errors[name] = Invalid(InvalidCode.NOT_A_TIME)
        return None


def _country(given: Given, errors: Errors) -> str:
    text = _own(given, Field.COUNTRY)
    try:
        return known_country(text) if text else ""
    except ValueError:
        errors[Field.COUNTRY] = Invalid(InvalidCode.NOT_A_COUNTRY)
        return ""
