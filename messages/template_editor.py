"""The editor of one template, with its preview, and the list of its versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.wording import Scope, Template, TemplateKey
from messages import blocks
from messages.blocks import Block
from messages.drafting import SUBJECT
from messages.escape import escape
from messages.i18n import Translator
from messages.ids import VALUE, Action, Field, View, numbered
from messages.labels import language_label
from messages.linter import LintFinding, lint_sentence
from messages.meeting_view import mention
from messages.own_templates import OwnDraft
from messages.placeholders import placeholders
from messages.templates_page import key_label, text_label
from messages.templating import LONGEST_OWN
from messages.when import moment

EXCERPT = 160
"""Characters of a version that are shown in the list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EditorPage:
    form_id: str
    edition: int
    key: TemplateKey
    scope: Scope
    subject: str
    body: str
    """Both as the template's source."""
    may_change: bool
    has_versions: bool
    preview: OwnDraft | None = None
    lint: tuple[LintFinding, ...] = ()
    """Of the preview."""
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionsPage:
    form_id: str
    key: TemplateKey
    versions: tuple[Template, ...]
    """Newest first."""
    more: int
    """Older ones that are not shown."""
    may_change: bool
    zone: str
    now: datetime


def editor_modal(t: Translator, page: EditorPage) -> Block:
    """A view for `views.push` and `views.update`. Who may not change the text reads it."""
    parts = [_head(t, page.key)]
    if page.notice:
        parts.append(blocks.context(t.mrkdwn("! {notice}", notice=page.notice)))
    parts.extend(_fields(t, page) if page.may_change else _reading(t, page))
    parts.append(blocks.actions(_buttons(t, page)))
    parts.extend(_preview(t, page))
    parts.append(blocks.divider())
    parts.extend(_words(t, page))
    return blocks.modal(
        title=text_label(t, page.key.text),
        blocks=parts,
        callback_id=View.TEMPLATE,
        close=t.text("Cancel") if page.may_change else t.text("Close"),
        submit=t.text("Save") if page.may_change else None,
        private_metadata=page.form_id,
    )


def versions_modal(t: Translator, page: VersionsPage) -> Block:
    """In place of the editor, with the way back to it."""
    back = blocks.button(t.text("Back to the text"), action_id=Action.TEMPLATE_BACK)
    parts = [_head(t, page.key), blocks.actions([back]), blocks.divider()]
    for number, version in enumerate(page.versions):
        parts.append(_version(t, page, version, newest=number == 0))
    if page.more:
        parts.append(blocks.context(escape(t.count("And {n} older one.", "And {n} older ones.", page.more))))
    return blocks.modal(
        title=t.text("Versions"),
        blocks=parts,
        callback_id=View.TEMPLATE,
        close=t.text("Close"),
        private_metadata=page.form_id,
    )


def _head(t: Translator, key: TemplateKey) -> Block:
    case = key_label(t, key.formality, first=key.first_contact)
    label, language = text_label(t, key.text), language_label(t, key.language)
    return blocks.section(t.mrkdwn("*{text}* in {language} · {case}", text=label, language=language, case=case))


def _fields(t: Translator, page: EditorPage) -> Iterator[Block]:
    yield blocks.input_(
        t.text("Subject"),
        blocks.text_input(action_id=VALUE, initial=page.subject, max_length=SUBJECT),
        block_id=numbered(Field.SUBJECT, page.edition),
    )
    yield blocks.input_(
        t.text("Message"),
        blocks.text_input(action_id=VALUE, initial=page.body, multiline=True, max_length=LONGEST_OWN),
        block_id=numbered(Field.BODY, page.edition),
        hint=t.text("Words in {{{{ }}}} are filled in for each meeting; they are listed below."),
    )


def _reading(t: Translator, page: EditorPage) -> Iterator[Block]:
    if page.scope is Scope.WORKSPACE:
        yield blocks.context(t.text("Only administrators change this text."))
    else:
        yield blocks.context(t.text("An administrator has locked the texts: members' own are not used."))
    yield blocks.section(f"*{escape(page.subject)}*\n{escape(page.body)}")


def _buttons(t: Translator, page: EditorPage) -> list[Block]:
    buttons = []
    if page.may_change:
        buttons.append(blocks.button(t.text("Preview"), action_id=Action.TEMPLATE_PREVIEW))
    buttons.append(blocks.button(t.text("Versions"), action_id=Action.TEMPLATE_VERSIONS))
    if page.may_change and page.has_versions:
        sure = blocks.confirm(
            title=t.text("Drop this text?"),
            text=t.text("The text that was there before is used again. Your versions are kept."),
            yes=t.text("Drop it"),
            no=t.text("Keep it"),
        )
        buttons.append(blocks.button(t.text("Back to the original"), action_id=Action.TEMPLATE_RESET, confirm=sure))
    return buttons


def _preview(t: Translator, page: EditorPage) -> Iterator[Block]:
    made = page.preview
    if made is None:
        return
    yield blocks.section(t.text("*What a client would read* (a made-up meeting)"))
    if made.left_aside:
        name = made.unfilled
        yield blocks.context(
            t.mrkdwn(
                "! “{name}” is empty for some meetings, and Meetdown's own text is used there. Ask first: {example}",
                name=name,
                example=f"{{% if {name} %}}…{{% endif %}}",
            )
            if name
            else t.text("! This makes no message for a meeting like this, so Meetdown's own text would be used.")
        )
    quoted = "\n".join(f"&gt; {escape(line)}" for line in made.draft.body.split("\n"))
    yield blocks.section(f"*{escape(made.draft.subject)}*\n{quoted}")
    for finding in page.lint:
        yield blocks.context(t.mrkdwn("! {warning}", warning=lint_sentence(t, finding)))


def _words(t: Translator, page: EditorPage) -> Iterator[Block]:
    """The placeholders, with what each stands for."""
    known = placeholders(page.key.text)
    lines = [f"`{{{{ {name} }}}}` {escape(t.text(said))}" for name, said in known.items()]
    yield blocks.section("\n".join([t.text("*Words that are filled in*"), *lines]))
    yield blocks.context(
        t.text("Some are empty for some meetings. Ask first: `{{% if slots %}}I am free: {{{{ slots }}}}{{% endif %}}`")
    )


def _version(t: Translator, page: VersionsPage, version: Template, *, newest: bool) -> Block:
    when = moment(t, version.saved_at, page.zone, page.now)
    head = f"*{escape(when)}* · {mention(version.saved_by)}"
    said = (
        t.text("Back to the original")
        if version.is_reset
        else f"{version.subject}\n{' '.join(version.body.split())[:EXCERPT]}…"
    )
    again = blocks.button(t.text("Use this one again"), action_id=Action.TEMPLATE_AGAIN, value=version.id)
    if newest:
        head += f" · {escape(t.text('in use'))}"
    return blocks.section(f"{head}\n{escape(said)}", accessory=again if page.may_change and not newest else None)
