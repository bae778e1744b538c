"""What counts for everybody in a workspace: seen by all, changed by its administrators, a group at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.calendars.holidays import countries
from bot.services.member_settings import person_problem
from bot.services.members import Members
from bot.services.ports import Jobs
from bot.services.setting_input import Errors, read_group
from bot.slack.people import People
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Problem
from domain.ids import new_id
from domain.member import Member, Workspace
from domain.planned import Form, FormKind
from domain.setting_change import SettingChange, default_of, value_of, with_values, written
from domain.setting_groups import GROUP_OF, GROUPS, Group
from messages.workspace_settings_page import GroupPage, WorkspacePage
from storage import calendars, clients, forms, members, outbox, setting_changes, workspaces
from storage.database import Database
from storage.outbox import Work

SHOWN_CHANGES = 5
SHOWN_ADMINS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSaved:
    page: WorkspacePage
    below: str
    """View id of the page that the group was opened from."""


class WorkspaceSettings:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs, members: Members, people: People) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._members = members
        self._people = people

    async def look(self, member: Member) -> WorkspacePage:
        """For everybody; who is asked of Slack to be an administrator may change it."""
        may_change = await self._members.is_admin(member.team_id, member.user_id)
        return await self._database.read(_look, member.team_id, may_change)

    async def open(self, member: Member, group_name: str, below: str) -> GroupPage:
        """A group to change. Raises DomainError for who is no administrator."""
        await self._check(member)
        if group_name not in GROUPS:
            raise DomainError(Problem.FORM_EXPIRED)
        group = Group(group_name)
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.SETTINGS,
            subject_id=group.value,
            state=below,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        workspace = await self._database.read(workspaces.get, member.team_id) or Workspace(team_id=member.team_id)
        return GroupPage(
            form_id=form.id,
            group=group,
            values={name: value_of(workspace, name) for name in GROUPS[group]},
            countries=sorted(countries()),
        )

    async def reset(self, member: Member, form_id: str) -> GroupPage:
        """The fields of the group as the product has them; saved with *Save* only."""
        await self._check(member)
        form = await self._database.read(_group_form, member, form_id)
        group = Group(form.subject_id)
        return GroupPage(
            form_id=form.id,
            group=group,
            values={name: default_of(name) for name in GROUPS[group]},
            countries=sorted(countries()),
            edition=round(self._clock.now().timestamp() * 1000),
        )

    async def save(self, member: Member, form_id: str, given: Mapping[str, str]) -> GroupSaved:
        """Only the group's settings are laid over what is stored by now. Raises FieldErrors, DomainError."""
        await self._check(member)
        errors: Errors = {}
        approver_id = given.get("approver_id", "")
        known = await self._database.read(workspaces.get, member.team_id)
        if approver_id and approver_id != member.user_id and (known is None or approver_id != known.approver_id):
            problem = await person_problem(self._people, member, approver_id)
            if problem is not None:
                errors["approver_id"] = problem
        store = partial(_store, member, form_id, given, errors, self._clock.now())
        below = await self._database.run(store)
        self._jobs.poke()
        return GroupSaved(page=await self._database.read(_look, member.team_id, True), below=below)

    async def _check(self, member: Member) -> None:
        if not await self._members.is_admin(member.team_id, member.user_id):
            raise DomainError(Problem.SETTINGS_OF_ADMINS)


def _look(session: Session, team_id: str, may_change: bool) -> WorkspacePage:
    return WorkspacePage(
        workspace=workspaces.get(session, team_id) or Workspace(team_id=team_id),
        may_change=may_change,
        admins=() if may_change else tuple(members.admins(session, team_id, SHOWN_ADMINS)),
        changes=tuple(setting_changes.latest(session, team_id, SHOWN_CHANGES)),
    )


def _group_form(session: Session, member: Member, form_id: str) -> Form:
    form = forms.get(session, member.team_id, member.user_id, form_id)
    if form is None or form.kind is not FormKind.SETTINGS or form.subject_id not in GROUPS:
        raise DomainError(Problem.FORM_EXPIRED)
    return form


def _store(
    member: Member, form_id: str, given: Mapping[str, str], errors: Errors, now: datetime, session: Session
) -> str:
    """The view below the group's. Two administrators at once come one after the other."""
    form = _group_form(session, member, form_id)
    group = Group(form.subject_id)
    before = workspaces.held(session, member.team_id)
    known = clients.all_of(session, member.team_id) if group is GROUP_OF["own_domains"] else []
    taken = {domain: client.name for client in known for domain in client.domains}
    values = read_group(group, given, before, taken, found := dict(errors))
    if found:
        raise FieldErrors(found)
    after = with_values(before, values)
    changes = [
        SettingChange(
            id=new_id(),
            team_id=member.team_id,
            setting=name,
            before=written(value_of(before, name)),
            after=written(value),
            changed_by=member.user_id,
            changed_at=now,
        )
        for name, value in values.items()
        if value != value_of(before, name)
    ]
    if changes:
        workspaces.save(session, replace(after, team_id=member.team_id))
        setting_changes.note(session, changes)
        _carry_on(session, member.team_id, {change.setting for change in changes}, now)
    return form.state


def _carry_on(session: Session, team_id: str, changed: set[str], now: datetime) -> None:
    """What hangs on a setting beyond the next judgement."""
    if "country" in changed or any(GROUP_OF[name] is Group.REMINDERS for name in changed):
        outbox.promise(session, team_id, Work.PLAN_REMINDERS, team_id, now, edition=f"{now:%Y%m%dT%H%M%S%f}")
    if "own_domains" in changed:
        # Who was a client's may be a colleague now, and the other way round.
        calendars.forget_validators(session, team_id)
