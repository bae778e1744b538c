"""What counts for everybody in the workspace: all of it on one page, and a page for each group to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from domain.member import Workspace
from domain.policy import BOUNDS
from domain.setting_change import SettingChange, default_of, read, value_of
from domain.setting_groups import GROUPS, UNITS, Group, Unit
from messages import blocks
from messages.blocks import Block, Element
from messages.countries import country_select
from messages.escape import escape, one_line
from messages.i18n import N_, Translator
from messages.ids import VALUE, Action, View, numbered, pack
from messages.meeting_view import mention
from messages.setting_names import GROUP_NAMES, setting_label, setting_name, setting_value

YES, NO, NO_COUNTRY = "yes", "no", "none"
LONGEST_DOMAINS = 2000
"""Characters of the workspace's own domains."""
SHOWN_VALUE = 200

_EXPLAINED: Mapping[Group, str] = {
    Group.VALUE: N_("The more a client is worth, the sooner I advise against an e-mail or a hand-over."),
    Group.BUDGET: N_("After so many step-downs, the next one asks for a second thought."),
    Group.NOTICE: N_("The shorter the notice, the more a client deserves a call."),
    Group.HABIT: N_("When a meeting counts as repetitive, and when exceptions have become a pattern."),
    Group.LENGTHS: N_("The floor for shorter meetings, and what the report reckons for a journey."),
    Group.FOLLOW_UPS: N_("When I ask the owner what came of a step-down."),
    Group.REMINDERS: N_("For members who have chosen nothing themselves."),
    Group.HANDOVERS: N_("Who may take meetings over, and how long I wait for their answer."),
    Group.APPROVALS: N_("Who has a say where an option is blocked."),
    Group.WORKSPACE: N_("Who counts as a colleague, which days are free, whose words are sent."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkspacePage:
    workspace: Workspace
    may_change: bool
    admins: Sequence[str] = ()
    """Ids of some who may, for those who may not."""
    changes: Sequence[SettingChange] = ()
    """The latest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupPage:
    form_id: str
    group: Group
    values: Mapping[str, Any]
    """What stands in the fields, by the setting's name."""
    countries: Sequence[str] = ()
    edition: int = 0
    """Slack keeps what was typed in a field under an old number."""


def workspace_modal(t: Translator, page: WorkspacePage) -> Block:
    parts = [blocks.section(_intro(t, page))]
    for group in Group:
        change = blocks.button(t.text("Change"), action_id=Action.SETTING_GROUP, value=pack(group))
        parts.append(blocks.section(_overview(t, page.workspace, group), accessory=change if page.may_change else None))
    if page.changes:
        lines = [_change(t, change) for change in page.changes]
        parts += [blocks.divider(), blocks.context("\n".join([t.text("*Changed last*"), *lines]))]
    return blocks.modal(
        title=t.text("Workspace settings"),
        blocks=parts,
        callback_id=View.WORKSPACE_SETTINGS,
        close=t.text("Back"),
    )


def group_modal(t: Translator, page: GroupPage) -> Block:
    reset = blocks.button(t.text("Back to the defaults"), action_id=Action.SETTING_GROUP_RESET)
    heading = blocks.section(t.text(_EXPLAINED[page.group]), accessory=reset)
    fields = [_field(t, page, name) for name in GROUPS[page.group]]
    return blocks.modal(
        title=t.text(GROUP_NAMES[page.group]),
        blocks=[heading, *fields],
        callback_id=View.SETTING_GROUP,
        submit=t.text("Save"),
        close=t.text("Cancel"),
        private_metadata=page.form_id,
    )


def _intro(t: Translator, page: WorkspacePage) -> str:
    text = t.text("This counts for everybody in the workspace. *Bold* is what differs from the default.")
    if page.may_change:
        return text
    if not page.admins:
        return f"{text}\n" + t.text("To change something, ask an administrator of your Slack workspace.")
    names = ", ".join(mention(user_id) for user_id in page.admins)
    return f"{text}\n" + t.text("To change something, ask an administrator: {names}.", names=names)


def _overview(t: Translator, workspace: Workspace, group: Group) -> str:
    lines = [f"*{escape(t.text(GROUP_NAMES[group]))}*"]
    for name in GROUPS[group]:
        value, default = value_of(workspace, name), default_of(name)
        label, shown = setting_label(t, name), _shown(t, name, value)
        if value == default:
            lines.append(t.text("{name}: {value}", name=label, value=shown))
        else:
            normal = _shown(t, name, default)
            lines.append(t.text("{name}: *{value}* (default {default})", name=label, value=shown, default=normal))
    return "\n".join(lines)


def _change(t: Translator, change: SettingChange) -> str:
    before, after = (_shown(t, change.setting, read(change.setting, text)) for text in (change.before, change.after))
    at = change.changed_at.astimezone(UTC)
    return t.text(
        "{moment}, {who}: {name} {before} → {after}",
        moment=f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{at:%Y-%m-%d %H:%M} UTC>",
        who=mention(change.changed_by),
        name=escape(setting_name(t, change.setting)),
        before=before,
        after=after,
    )


def _shown(t: Translator, name: str, value: Any) -> str:
    """Mrkdwn."""
    if UNITS.get(name) is Unit.MEMBER and value:
        return mention(value)
    return escape(one_line(setting_value(t, name, value), SHOWN_VALUE))


def _field(t: Translator, page: GroupPage, name: str) -> Block:
    return blocks.input_(
        setting_label(t, name),
        _element(t, page, name, page.values[name]),
        block_id=numbered(name, page.edition) if page.edition else name,
        hint=_hint(t, name),
        optional=True,
    )


def _element(t: Translator, page: GroupPage, name: str, value: Any) -> Element:
    match UNITS[name]:
        case Unit.SHARE:
            return blocks.text_input(action_id=VALUE, initial=setting_value(t, name, value), max_length=20)
        case Unit.TIME_OF_DAY:
            return blocks.time_picker(action_id=VALUE, initial=f"{value:%H:%M}")
        case Unit.YES_NO:
            answers = [blocks.option(t.text("Yes"), YES), blocks.option(t.text("No"), NO)]
            return blocks.radios(action_id=VALUE, options=answers, initial=YES if value else NO)
        case Unit.MEMBER:
            return blocks.users_select(action_id=VALUE, initial=value)
        case Unit.DOMAINS:
            text = ", ".join(value)
            return blocks.text_input(action_id=VALUE, initial=text, max_length=LONGEST_DOMAINS, multiline=True)
        case Unit.COUNTRY:
            by_zone = t.text("The one each member's time zone lies in")
            first = (t.text("Default"), by_zone, NO_COUNTRY)
            return country_select(t, page.countries, action_id=VALUE, initial=value or NO_COUNTRY, first=first)
        case _:
            lowest, highest = BOUNDS[name]
            return blocks.number_input(
                action_id=VALUE, initial=str(value), minimum=round(lowest), maximum=round(highest)
            )


def _hint(t: Translator, name: str) -> str:
    default = setting_value(t, name, default_of(name))
    match UNITS[name]:
        case Unit.COUNTRY:
            return t.text("For members who have chosen none themselves.")
        case Unit.DOMAINS:
            return t.text("Such as agency.example, agency-group.example. People there are colleagues, not clients.")
        case Unit.TIME_OF_DAY:
            return t.text("Default: {value}. The same time twice means: never quiet.", value=default)
        case Unit.SHARE:
            lowest, highest = (setting_value(t, name, bound) for bound in BOUNDS[name])
        case unit if name in BOUNDS:
            del unit
            lowest, highest = (str(round(bound)) for bound in BOUNDS[name])
        case _:
            return t.text("Default: {value}.", value=default)
    return t.text("Default: {value}. From {lowest} to {highest}.", value=default, lowest=lowest, highest=highest)
