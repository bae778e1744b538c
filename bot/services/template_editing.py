"""An open editor of a template between two requests, and what reading and storing templates has in common."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.ids import new_id
from domain.member import Member, Workspace
from domain.setting_change import SettingChange, written
from domain.wording import Scope, Template, TemplateKey, Text
from domain.words import Formality
from messages.i18n import translator
from messages.lint_fixes import mark_of
from messages.linter import LintFinding, findings
from messages.own_templates import OwnDraft
from messages.template_samples import sample_title
from messages.templates_page import TextLine
from storage import setting_changes, wordings, workspaces


@dataclass(frozen=True, kw_only=True, slots=True)
class Editing:
    """An open editor: what it edits, how far its fields are, and the list below it."""

    key: TemplateKey
    scope: Scope
    list_view: str
    edition: int = 1
    version: int = 0
    """The newest one when it was opened: whoever saves knows it."""
    seen: tuple[str, ...] = ()
    """Marks of the linter's findings that were shown."""
    typed: tuple[str, str] | None = None
    """What stood in the fields when the versions covered them."""


def anew(state: Editing) -> Editing:
    """With new names for the fields: Slack shows other texts in them then."""
    return replace(state, edition=state.edition + 1)


def dump(state: Editing) -> str:
    key = state.key
    raw = {
        "key": [key.text, key.language, key.formality, key.first_contact],
        "scope": state.scope,
        "list_view": state.list_view,
        "edition": state.edition,
        "version": state.version,
        "seen": state.seen,
        "typed": state.typed,
    }
    return json.dumps(raw, ensure_ascii=False)


def load(text: str) -> Editing:
    raw = json.loads(text)
    name, language, formality, first_contact = raw["key"]
    return Editing(
        key=TemplateKey(
            text=Text(name), language=language, formality=Formality(formality), first_contact=first_contact
        ),
        scope=Scope(raw["scope"]),
        list_view=raw["list_view"],
        edition=raw["edition"],
        version=raw["version"],
        seen=tuple(raw["seen"]),
        typed=(raw["typed"][0], raw["typed"][1]) if raw["typed"] else None,
    )


def owner_of(member: Member, scope: Scope) -> str:
    """Under whose id the texts are stored; the workspace's own are nobody's."""
    return member.user_id if scope is Scope.MINE else ""


def lint_of(state: Editing, made: OwnDraft) -> tuple[LintFinding, ...]:
    """Of what the template makes; where that is the product's own text, there is nothing to say of the template."""
    if made.left_aside:
        return ()
    language = state.key.language
    return findings(made.draft.body, language, known=(sample_title(language),))


def marks_of(state: Editing, made: OwnDraft) -> tuple[str, ...]:
    """Names of all that there is to see before it is saved, so that it is known what was shown."""
    aside = (f"aside {made.unfilled}",) if made.left_aside else ()
    return (*aside, *map(mark_of, lint_of(state, made)))


def notice_of(member: Member, *, overtaken: bool) -> str:
    t = translator(member.language)
    if overtaken:
        return t.text("Somebody saved another version meanwhile. Save again to put yours on top of it.")
    return t.text("Please look at what I noticed below. It is saved as it is if you save again.")


def all_texts(session: Session, member: Member) -> tuple[Workspace, dict[tuple[str, TemplateKey], Template]]:
    workspace = workspaces.get(session, member.team_id) or Workspace(team_id=member.team_id)
    return workspace, wordings.newest(session, member.team_id, member.user_id)


def line_of(
    key: TemplateKey,
    member: Member,
    scope: Scope,
    newest: dict[tuple[str, TemplateKey], Template],
    *,
    locked: bool,
) -> TextLine:
    """Whose words are used for the text: by this member, or by everybody who has none of their own."""
    ours, mine = newest.get(("", key)), newest.get((member.user_id, key)) if scope is Scope.MINE else None
    ours = None if ours is None or ours.is_reset else ours
    mine = None if mine is None or mine.is_reset else mine
    used = ours if mine is None or locked else mine
    return TextLine(key=key, used=used, left_aside=mine is not None and locked)


def store_next(session: Session, template: Template) -> None:
    """As the version after the newest one. Raises IntegrityError where another one of that number came first."""
    found = wordings.versions(session, template.team_id, template.member_id, template.key, limit=1)
    wordings.save(session, replace(template, version=found[0].version + 1 if found else 1))


def set_lock(session: Session, member: Member, locked: bool, now: datetime) -> None:
    """Kept among the changes of the workspace's settings, where it can be set as well."""
    before = workspaces.held(session, member.team_id)
    if before.templates_locked is locked:
        return
    change = SettingChange(
        id=new_id(),
        team_id=member.team_id,
        setting="templates_locked",
        before=written(before.templates_locked),
        after=written(locked),
        changed_by=member.user_id,
        changed_at=now,
    )
    workspaces.save(session, replace(before, templates_locked=locked))
    setting_changes.note(session, [change])
