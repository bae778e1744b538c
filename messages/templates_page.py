"""`/meetdown templates`: every text that goes to clients, with whose words are in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.wording import Scope, Template, TemplateKey, Text
from domain.words import Formality
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import escape
from messages.i18n import N_, Translator
from messages.ids import Action, Field, View, pack, unpack
from messages.labels import formality_label, language_label
from messages.meeting_view import mention
from messages.templating import DRAFT_LANGUAGES
from messages.when import moment

TEXTS: dict[Text, str] = {
    Text.SHORTER: N_("Make it shorter"),
    Text.CALL: N_("Make it a call"),
    Text.HANDOFF: N_("Hand over"),
    Text.EMAIL: N_("E-mail for now"),
    Text.UNDO: N_("It goes ahead after all"),
}
LOCKED = "locked"
"""Value of the tick that locks the texts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    key: TemplateKey
    used: Template | None
    """None: the product's own text."""
    left_aside: bool = False
    """The member has one of their own, which the workspace's lock leaves aside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplatesPage:
    language: str
    scope: Scope
    lines: tuple[TextLine, ...]
    is_admin: bool
    locked: bool
    zone: str
    now: datetime


def templates_modal(t: Translator, page: TemplatesPage) -> Block:
    """A view for `views.open` and `views.update`; there is nothing to submit."""
    parts = [*_choices(t, page), *_lock(t, page)]
    for (formality, first), lines in groupby(page.lines, key=lambda line: (line.key.formality, line.key.first_contact)):
        parts += [blocks.divider(), blocks.section(f"*{escape(key_label(t, formality, first=first))}*")]
        parts.extend(_line(t, page, line) for line in lines)
    return blocks.modal(
        title=t.text("Texts to clients"), blocks=parts, callback_id=View.TEMPLATES, close=t.text("Close")
    )


def templates_offer(t: Translator) -> Message:
    """In a conversation, where no window can be opened without a button."""
    text = t.text("The texts that go to clients, and your own versions of them:")
    button = blocks.button(t.text("Show the texts"), action_id=Action.TEMPLATES)
    return blocks.message(escape(text), [blocks.section(escape(text)), blocks.actions([button])])


def text_label(t: Translator, text: Text) -> str:
    return t.text(TEXTS[text])


def key_label(t: Translator, formality: Formality, *, first: bool) -> str:
    """Plain text: in which case the text is used."""
    label = formality_label(t, formality)
    return t.text("{formality}, the first time a client hears this from you", formality=label) if first else label


def packed(key: TemplateKey) -> str:
    return pack(key.text, key.language, key.formality, "first" if key.first_contact else "later")


def unpacked(value: str) -> TemplateKey | None:
    """The key of a button's value; None where it is none: values come back untrusted."""
    parts = unpack(value, 4)
    if parts is None or parts[1] not in DRAFT_LANGUAGES or parts[3] not in {"first", "later"}:
        return None
    if parts[0] not in set(Text) or parts[2] not in set(Formality):
        return None
    return TemplateKey(
        text=Text(parts[0]), language=parts[1], formality=Formality(parts[2]), first_contact=parts[3] == "first"
    )


def _choices(t: Translator, page: TemplatesPage) -> Iterator[Block]:
    languages = [blocks.option(language_label(t, one), one) for one in DRAFT_LANGUAGES]
    scopes = [
        blocks.option(t.text("My own"), Scope.MINE.value),
        blocks.option(t.text("The workspace's"), Scope.WORKSPACE.value),
    ]
    yield blocks.section(t.text("Your own text comes first, then the workspace's, then Meetdown's."))
    yield blocks.actions(
        [blocks.select(action_id=Action.TEMPLATES_LANGUAGE, options=languages, initial=page.language)],
        block_id=Field.LANGUAGE,
    )
    yield blocks.actions(
        [blocks.select(action_id=Action.TEMPLATES_SCOPE, options=scopes, initial=page.scope.value)],
        block_id=Field.SCOPE,
    )


def _lock(t: Translator, page: TemplatesPage) -> Iterator[Block]:
    if page.is_admin and page.scope is Scope.WORKSPACE:
        tick = blocks.option(t.text("Everybody uses the workspace's texts"), LOCKED)
        ticked = [LOCKED] if page.locked else []
        boxes = blocks.checkboxes(action_id=Action.TEMPLATES_LOCK, options=[tick], ticked=ticked)
        yield blocks.actions([boxes], block_id=Field.LOCK)
    elif page.locked:
        yield blocks.context(t.text("An administrator has locked the texts: members' own are not used."))
    elif page.scope is Scope.WORKSPACE:
        yield blocks.context(t.text("Only administrators change these. What you write for yourself comes first."))


def _line(t: Translator, page: TemplatesPage, line: TextLine) -> Block:
    may_change = page.is_admin if page.scope is Scope.WORKSPACE else not page.locked
    label = t.text("Edit") if may_change else t.text("Look")
    button = blocks.button(label, action_id=Action.TEMPLATE_EDIT, value=packed(line.key))
    return blocks.section(f"{escape(text_label(t, line.key.text))}: {_whose(t, page, line)}", accessory=button)


def _whose(t: Translator, page: TemplatesPage, line: TextLine) -> str:
    used = line.used
    if used is None:
        said = t.text("Meetdown's text")
    elif used.member_id:
        said = t.mrkdwn("*your own*, {moment}", moment=moment(t, used.saved_at, page.zone, page.now))
    else:
        when = moment(t, used.saved_at, page.zone, page.now)
        said = t.mrkdwn("*the workspace's*, {moment}", moment=when) + f" · {mention(used.saved_by)}"
    return f"{said} · {t.text('yours is left aside')}" if line.left_aside else said
