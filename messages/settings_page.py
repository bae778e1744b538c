"""A member's own settings: when they are reminded, in which language, and who their manager is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from domain.words import Formality
from messages import blocks
from messages.blocks import Block, Element, Message
from messages.countries import country_name, country_select
from messages.i18n import LANGUAGES, Translator
from messages.ids import VALUE, Action, Field, View, numbered, pack
from messages.labels import formality_label, language_label

OWN_WAY = "default"
"""Value of the choice that leaves something as the workspace or Slack has it."""
REMINDERS, WORDS = "reminders", "words"
"""What is put back to its defaults together."""
FIELDS: Mapping[str, tuple[Field, ...]] = {
    REMINDERS: (Field.DECIDE_DAYS, Field.LAST_CALL, Field.QUIET_FROM, Field.QUIET_UNTIL, Field.COUNTRY),
    WORDS: (Field.LANGUAGE, Field.FORMALITY, Field.MANAGER),
}
MOST_DAYS = 30
"""Working days before a meeting for the first reminder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Defaults:
    """What counts where the member chose nothing."""

    decide_days: int
    last_call: timedelta
    quiet_from: time
    quiet_until: time
    country: str
    """Empty: no holidays."""
    language: str
    """As Slack has it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsPage:
    form_id: str
    values: Mapping[str, str]
    """Field → what stands in it; empty: the default."""
    defaults: Defaults
    countries: Sequence[str]
    is_admin: bool
    edition: int = 0
    """Slack keeps what was typed in a field under an old number."""


def settings_modal(t: Translator, page: SettingsPage) -> Block:
    return blocks.modal(
        title=t.text("Your settings"),
        blocks=[*_reminders(t, page), blocks.divider(), *_words(t, page), blocks.divider(), _workspace(t, page)],
        callback_id=View.SETTINGS,
        submit=t.text("Save"),
        close=t.text("Cancel"),
        private_metadata=page.form_id,
    )


def settings_saved(t: Translator, *, reminders_move: bool) -> Block:
    """In the language that was chosen just now."""
    text = t.text("✓ *Your settings are saved.*")
    if reminders_move:
        text += "\n" + t.text("The reminders of your coming meetings move along.")
    return blocks.modal(
        title=t.text("Your settings"),
        blocks=[blocks.section(text)],
        callback_id=View.NOTICE,
        close=t.text("Close"),
    )


def settings_offer(t: Translator) -> Message:
    """In a conversation, where no window can be opened without a button."""
    text = t.text("Your reminders, your language and your manager are in your settings.")
    button = blocks.button(t.text("Open the settings"), action_id=Action.SETTINGS, style="primary")
    return blocks.message(text, [blocks.section(text), blocks.actions([button])])


def lead(t: Translator, before: timedelta) -> str:
    """`90 min`, and whole hours as such: what is shown in the field can be read from it again."""
    minutes = round(before / timedelta(minutes=1))
    if minutes % 60 == 0:
        return t.count("{n} hour", "{n} hours", minutes // 60)
    return t.text("{minutes} min", minutes=minutes)


def _reminders(t: Translator, page: SettingsPage) -> list[Block]:
    defaults = page.defaults
    return [
        _heading(t, t.text("*When I remind you*"), REMINDERS),
        _field(
            page,
            Field.DECIDE_DAYS,
            t.text("First reminder: working days before"),
            blocks.number_input(
                action_id=VALUE, initial=page.values.get(Field.DECIDE_DAYS, ""), minimum=1, maximum=MOST_DAYS
            ),
            t.text("Empty: {days}, as in your workspace.", days=defaults.decide_days),
        ),
        _field(
            page,
            Field.LAST_CALL,
            t.text("Last reminder: how long before"),
            blocks.text_input(action_id=VALUE, initial=page.values.get(Field.LAST_CALL, ""), max_length=40),
            t.text(
                "Such as 90 min or 3 h. Empty: {length}, as in your workspace.",
                length=lead(t, defaults.last_call),
            ),
        ),
        _field(
            page,
            Field.QUIET_FROM,
            t.text("No reminders from"),
            blocks.time_picker(action_id=VALUE, initial=page.values.get(Field.QUIET_FROM, "")),
            t.text("Empty: {clock}, as in your workspace.", clock=f"{defaults.quiet_from:%H:%M}"),
        ),
        _field(
            page,
            Field.QUIET_UNTIL,
            t.text("No reminders until"),
            blocks.time_picker(action_id=VALUE, initial=page.values.get(Field.QUIET_UNTIL, "")),
            t.text("Empty: {clock}, as in your workspace.", clock=f"{defaults.quiet_until:%H:%M}"),
        ),
        _field(
            page,
            Field.COUNTRY,
            t.text("Country whose holidays you have"),
            country_select(
                t,
                page.countries,
                action_id=VALUE,
                initial=page.values.get(Field.COUNTRY) or OWN_WAY,
                first=(t.text("Default"), _country_default(t, defaults), OWN_WAY),
            ),
        ),
    ]


def _words(t: Translator, page: SettingsPage) -> list[Block]:
    slacks = t.text("As in Slack: {language}", language=language_label(t, page.defaults.language))
    languages = [
        blocks.option(slacks, OWN_WAY),
        *(blocks.option(language_label(t, language), language) for language in LANGUAGES),
    ]
    return [
        _heading(t, t.text("*Language and people*"), WORDS),
        _field(
            page,
            Field.LANGUAGE,
            t.text("The language I speak with you"),
            blocks.select(action_id=VALUE, options=languages, initial=page.values.get(Field.LANGUAGE) or OWN_WAY),
        ),
        _field(
            page,
            Field.FORMALITY,
            t.text("How I address clients who are not in your client book"),
            blocks.select(
                action_id=VALUE,
                options=[blocks.option(formality_label(t, item), item) for item in Formality],
                initial=page.values.get(Field.FORMALITY) or Formality.FORMAL,
            ),
            t.text("For the others, the client book says it. Default: formal."),
        ),
        _field(
            page,
            Field.MANAGER,
            t.text("Your manager"),
            blocks.users_select(action_id=VALUE, initial=page.values.get(Field.MANAGER)),
            t.text("Approves where your workspace wants that, and sees your report. Default: nobody."),
        ),
    ]


def _workspace(t: Translator, page: SettingsPage) -> Block:
    label = t.text("Workspace settings") if page.is_admin else t.text("See the workspace's")
    text = t.text("*What counts for everybody here:* budgets, notice, follow-ups and the like.")
    return blocks.section(text, accessory=blocks.button(label, action_id=Action.WORKSPACE_SETTINGS))


def _heading(t: Translator, text: str, group: str) -> Block:
    reset = blocks.button(t.text("Back to the defaults"), action_id=Action.SETTINGS_RESET, value=pack(group))
    return blocks.section(text, accessory=reset)


def _field(page: SettingsPage, name: Field, label: str, element: Element, hint: str = "") -> Block:
    return blocks.input_(
        label, element, block_id=numbered(name, page.edition) if page.edition else name, hint=hint, optional=True
    )


def _country_default(t: Translator, defaults: Defaults) -> str:
    if not defaults.country:
        return t.text("As usual: no holidays")
    return t.text("As usual: {country}", country=country_name(t, defaults.country))
