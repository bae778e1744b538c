"""Templates of drafts: what a workspace and its members wrote in place of the product's own texts."""

from dataclasses import replace
from typing import Protocol

from sqlalchemy.exc import IntegrityError

from bot.services.template_editing import (
    Editing,
    all_texts,
    anew,
    dump,
    line_of,
    lint_of,
    load,
    marks_of,
    notice_of,
    owner_of,
    set_lock,
    store_next,
)
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import Form, FormKind
from domain.wording import Scope, Template, TemplateKey, Text
from domain.words import Formality
from messages.drafting import SUBJECT
from messages.i18n import translator
from messages.own_templates import OwnDraft, problem_of
from messages.problems import invalid
from messages.template_editor import EditorPage, VersionsPage
from messages.template_samples import sample_draft, starting_text
from messages.templates_page import TemplatesPage
from messages.templating import DRAFT_LANGUAGES
from storage import forms, wordings, workspaces
from storage.database import Database

MOST_VERSIONS = 20
"""That are shown; older ones stay stored."""


class Admins(Protocol):
    async def is_admin(self, team_id: str, user_id: str) -> bool:
        """Asked afresh; see `Members.is_admin`."""
        ...


class Templates:
    def __init__(self, *, database: Database, clock: Clock, admins: Admins) -> None:
        self._database = database
        self._clock = clock
        self._admins = admins

    async def texts(self, member: Member, language: str = "", scope: str = "") -> TemplatesPage:
        """Every text in one language, with whose words are in use. Unknown choices are the usual ones."""
        chosen = language if language in DRAFT_LANGUAGES else member.language
        whose = Scope.WORKSPACE if scope == Scope.WORKSPACE else Scope.MINE
        workspace, newest = await self._database.read(all_texts, member)
        keys = [
            TemplateKey(text=text, language=chosen, formality=formality, first_contact=first)
            for formality in Formality
            for first in (False, True)
            for text in Text
        ]
        lines = [line_of(key, member, whose, newest, locked=workspace.templates_locked) for key in keys]
        return TemplatesPage(
            language=chosen,
            scope=whose,
            lines=tuple(lines),
            is_admin=member.is_admin,
            locked=workspace.templates_locked,
            zone=member.time_zone,
            now=self._clock.now(),
        )

    async def lock(self, member: Member, *, locked: bool) -> None:
        """Members' own texts are left aside from now on, or used again. Raises DomainError for who is no admin."""
        await self._require_right(member, Scope.WORKSPACE)
        await self._database.run(set_lock, member, locked, self._clock.now())

    async def edit(self, member: Member, key: TemplateKey, scope: Scope, list_view: str) -> EditorPage:
        found = await self._written(member, scope, key)
        state = Editing(key=key, scope=scope, list_view=list_view, version=found[0].version if found else 0)
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.TEMPLATE,
            state=dump(state),
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        subject, body = await self._present(member, state, found)
        return await self._page(member, form.id, state, subject, body)

    async def preview(self, member: Member, form_id: str, subject: str, body: str) -> EditorPage:
        """With what the text makes of a sample meeting, or a sentence on why it makes nothing."""
        state = await self._state(member, form_id)
        try:
            made = self._made(member, state, subject, body)
        except FieldErrors as found:
            t = translator(member.language)
            notice = " ".join(dict.fromkeys(invalid(t, problem) for problem in found.errors.values()))
            return await self._page(member, form_id, state, subject, body, notice=notice)
        return await self._page(member, form_id, state, subject, body, made=made)

    async def save(self, member: Member, form_id: str, subject: str, body: str) -> EditorPage | TemplatesPage:
        """The list with the new version in it; or the editor again, where there is something to see first.

        Submitted twice it is one version. Raises FieldErrors and DomainError.
        """
        state = await self._state(member, form_id)
        if await self._database.read(wordings.get, member.team_id, form_id) is None:
            await self._require_right(member, state.scope)
            made = self._made(member, state, subject, body)
            unseen = set(marks_of(state, made)) - set(state.seen)
            found = await self._written(member, state.scope, state.key)
            newest = found[0].version if found else 0
            if unseen or newest != state.version:
                notice = notice_of(member, overtaken=newest != state.version)
                state = replace(state, version=newest)
                return await self._page(member, form_id, state, subject, body, made=made, notice=notice)
            await self._store(member, state, form_id, subject, body)
        return await self.texts(member, state.key.language, state.scope)

    async def versions(self, member: Member, form_id: str, subject: str, body: str) -> VersionsPage:
        state = replace(await self._state(member, form_id), typed=(subject, body))
        await self._database.run(forms.save_state, form_id, dump(state))
        found = await self._written(member, state.scope, state.key)
        return VersionsPage(
            form_id=form_id,
            key=state.key,
            versions=tuple(found[:MOST_VERSIONS]),
            more=max(len(found) - MOST_VERSIONS, 0),
            may_change=await self._may_change(member, state.scope),
            zone=member.time_zone,
            now=self._clock.now(),
        )

    async def back(self, member: Member, form_id: str) -> EditorPage:
        """From the versions to the fields as they were."""
        state = await self._state(member, form_id)
        found = await self._written(member, state.scope, state.key)
        subject, body = state.typed or await self._present(member, state, found)
        return await self._page(member, form_id, anew(state), subject, body)

    async def use_again(self, member: Member, form_id: str, template_id: str) -> EditorPage:
        """An earlier version becomes the newest one. Raises DomainError."""
        state = await self._state(member, form_id)
        await self._require_right(member, state.scope)
        found = await self._written(member, state.scope, state.key)
        chosen = next((one for one in found if one.id == template_id), None)
        if chosen is None:
            raise DomainError(Problem.TEMPLATE_NOT_FOUND)
        if (chosen.subject, chosen.body) != (found[0].subject, found[0].body):
            await self._store(member, state, new_id(), chosen.subject, chosen.body)
        notice = translator(member.language).text("✓ This version is in use again.")
        return await self._stored_page(member, form_id, state, notice)

    async def reset(self, member: Member, form_id: str) -> EditorPage:
        """Back to the text below it: the workspace's, or the product's own; the versions stay. Raises DomainError."""
        state = await self._state(member, form_id)
        await self._require_right(member, state.scope)
        found = await self._written(member, state.scope, state.key)
        if found and not found[0].is_reset:
            await self._store(member, state, new_id(), "", "")
        notice = translator(member.language).text("✓ Back to the text that was there before. Your versions are kept.")
        return await self._stored_page(member, form_id, state, notice)

    async def list_view(self, member: Member, form_id: str) -> tuple[str, TemplatesPage]:
        """The id of the list below an editor, and what it shows now."""
        state = await self._state(member, form_id)
        return state.list_view, await self.texts(member, state.key.language, state.scope)

    async def _stored_page(self, member: Member, form_id: str, state: Editing, notice: str) -> EditorPage:
        found = await self._written(member, state.scope, state.key)
        subject, body = await self._present(member, state, found)
        state = replace(anew(state), version=found[0].version if found else 0, typed=None)
        return await self._page(member, form_id, state, subject, body, notice=notice)

    async def _store(self, member: Member, state: Editing, template_id: str, subject: str, body: str) -> None:
        template = Template(
            id=template_id,
            team_id=member.team_id,
            member_id=owner_of(member, state.scope),
            key=state.key,
            version=1,
            subject=subject,
            body=body,
            saved_by=member.user_id,
            saved_at=self._clock.now(),
        )
        try:
            await self._database.run(store_next, template)
        except IntegrityError:
            if await self._database.read(wordings.get, member.team_id, template_id) is None:
                # Another one took the number at the same moment; the next one is free.
                await self._database.run(store_next, template)

    def _made(self, member: Member, state: Editing, subject: str, body: str) -> OwnDraft:
        """Raises FieldErrors where the text cannot be a template."""
        problems = {
            "subject": problem_of(state.key.text, subject, limit=SUBJECT),
            "body": problem_of(state.key.text, body),
        }
        errors = {name: problem for name, problem in problems.items() if problem is not None}
        if errors:
            raise FieldErrors(errors)
        return sample_draft(state.key, subject, body, member.name, self._clock.now())

    async def _page(
        self,
        member: Member,
        form_id: str,
        state: Editing,
        subject: str,
        body: str,
        *,
        made: OwnDraft | None = None,
        notice: str = "",
    ) -> EditorPage:
        lint = lint_of(state, made) if made else ()
        marks = marks_of(state, made) if made else ()
        state = replace(state, seen=tuple(dict.fromkeys((*state.seen, *marks))))
        await self._database.run(forms.save_state, form_id, dump(state))
        return EditorPage(
            form_id=form_id,
            edition=state.edition,
            key=state.key,
            scope=state.scope,
            subject=subject,
            body=body,
            may_change=await self._may_change(member, state.scope),
            has_versions=state.version > 0,
            preview=made,
            lint=lint,
            notice=notice,
        )

    async def _present(self, member: Member, state: Editing, found: list[Template]) -> tuple[str, str]:
        """The text in use: the newest version, else what lies below it."""
        if not found or found[0].is_reset:
            found = await self._written(member, Scope.WORKSPACE, state.key)
        if found and not found[0].is_reset:
            return found[0].subject, found[0].body
        return starting_text(state.key, self._clock.now())

    async def _written(self, member: Member, scope: Scope, key: TemplateKey) -> list[Template]:
        return await self._database.read(wordings.versions, member.team_id, owner_of(member, scope), key)

    async def _may_change(self, member: Member, scope: Scope) -> bool:
        if scope is Scope.WORKSPACE:
            return member.is_admin
        workspace = await self._database.read(workspaces.get, member.team_id)
        return not (workspace and workspace.templates_locked)

    async def _require_right(self, member: Member, scope: Scope) -> None:
        """Raises DomainError; who administers the workspace is not taken from a page that was drawn earlier."""
        if scope is Scope.WORKSPACE:
            if not await self._admins.is_admin(member.team_id, member.user_id):
                raise DomainError(Problem.TEMPLATES_ARE_ADMINS)
        elif not await self._may_change(member, scope):
            raise DomainError(Problem.TEMPLATES_LOCKED)

    async def _state(self, member: Member, form_id: str) -> Editing:
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        if form is None or form.kind is not FormKind.TEMPLATE:
            raise DomainError(Problem.FORM_EXPIRED)
        return load(form.state)
