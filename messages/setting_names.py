"""The settings of a workspace in plain words, with their values: what a verdict hangs on."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from babel.numbers import format_decimal

from domain.policy import Policy
from domain.setting_groups import UNITS, Group, Unit
from messages.countries import country_name
from messages.i18n import N_, Translator

NAMES: Mapping[str, str] = {
    "revenue_share_lift": N_("share of the revenue from which a client counts one tier higher"),
    "renewal_lift_days": N_("days before a renewal in which a client counts one tier higher"),
    "tier_a_share": N_("share of the revenue from which I suggest tier A"),
    "tier_b_share": N_("share of the revenue from which I suggest tier B"),
    "budget_a": N_("step-downs with a client of tier A"),
    "budget_b": N_("step-downs with a client of tier B"),
    "budget_c": N_("step-downs with a client of tier C"),
    "budget_window_days": N_("days over which step-downs are counted"),
    "too_late_hours": N_("hours before the start from which a call or an e-mail comes too late"),
    "ring_first_hours": N_("hours before the start from which to ring first"),
    "ring_too_hours": N_("hours before the start from which to ring as well"),
    "praised_days": N_("days of notice that are praised"),
    "frequent_meetings": N_("meetings that count as often"),
    "frequent_window_days": N_("days over which meetings are counted"),
    "idle_occurrences": N_("meetings of a series in a row without a decision, note or debrief"),
    "pattern_step_downs": N_("step-downs that make a pattern"),
    "pattern_meetings": N_("last meetings that are looked at for a pattern"),
    "shortest_minutes": N_("minutes that a meeting takes at least"),
    "travel_minutes": N_("minutes of travel that a call is reckoned to save"),
    "confirm_after_working_days": N_("working days until I ask whether the client agrees"),
    "follow_up_days_a": N_("working days until I ask about an e-mail to a client of tier A"),
    "follow_up_days_b": N_("working days until I ask about an e-mail to a client of tier B"),
    "follow_up_days_c": N_("working days until I ask about an e-mail to a client of tier C"),
    "decide_lead_working_days": N_("working days before a meeting for the first reminder"),
    "last_call_hours": N_("hours before a meeting for the last reminder"),
    "quiet_from": N_("start of the quiet hours"),
    "quiet_until": N_("end of the quiet hours"),
    "delegate_silence_working_hours": N_("working hours that a colleague has to answer a hand-over"),
    "delegate_latest_hours": N_("hours before the meeting by which a colleague must have answered"),
    "guests_may_take_over": N_("guests may take meetings over"),
    "asks_approval": N_("a blocked option needs the approval of a manager"),
    "approver_id": N_("manager of those who have named none themselves"),
    "approval_silence_working_hours": N_("working hours that a manager has to answer"),
    "own_domains": N_("your own e-mail domains"),
    "country": N_("country whose holidays count"),
    "templates_locked": N_("only the templates of the workspace count"),
}
"""Every field of `Policy`, and what else an administrator sets."""

GROUP_NAMES: Mapping[Group, str] = {
    Group.VALUE: N_("What a client is worth"),
    Group.BUDGET: N_("Budget of step-downs"),
    Group.NOTICE: N_("Notice"),
    Group.HABIT: N_("Habits and patterns"),
    Group.LENGTHS: N_("Length and travel"),
    Group.FOLLOW_UPS: N_("Follow-ups"),
    Group.REMINDERS: N_("Reminders"),
    Group.HANDOVERS: N_("Hand-overs"),
    Group.APPROVALS: N_("Approval"),
    Group.WORKSPACE: N_("The workspace"),
}
"""Titles of modals too: 24 characters at most."""

_DEFAULTS = Policy()


def settings_line(t: Translator, policy: Policy, names: Sequence[str]) -> str:
    """Plain text, one setting after the other, each once; empty where there is none."""
    if not names:
        return ""
    several = list(dict.fromkeys(names))
    shown = "; ".join(_setting(t, policy, name) for name in several)
    if all(getattr(policy, name) == getattr(_DEFAULTS, name) for name in several):
        return t.text("Settings, all at their default: {settings}.", settings=shown)
    return t.text("Settings: {settings}.", settings=shown)


def setting_name(t: Translator, name: str) -> str:
    """In the middle of a line; the name itself where another release knows it."""
    return t.text(NAMES[name]) if name in NAMES else name


def setting_label(t: Translator, name: str) -> str:
    """At the beginning of one."""
    text = setting_name(t, name)
    return text[:1].upper() + text[1:]


def setting_value(t: Translator, name: str, value: Any) -> str:
    """Plain text: a number without its unit (the name has it), a percentage, a time, yes or no, names.

    A member is an id here: where there is mrkdwn, `messages.meeting_view.mention` says it better.
    """
    unit = UNITS.get(name)
    if unit is Unit.SHARE:
        return _percent(t, value)
    if isinstance(value, bool):
        return t.text("yes") if value else t.text("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if unit is Unit.COUNTRY:
        return country_name(t, value) if value else t.text("by time zone")
    if isinstance(value, tuple):
        value = ", ".join(value)
    return str(value) if value != "" else t.text("none")


def _setting(t: Translator, policy: Policy, name: str) -> str:
    value, default = getattr(policy, name), getattr(_DEFAULTS, name)
    label, shown = setting_name(t, name), setting_value(t, name, value)
    if value == default:
        return t.text("{name}: {value}", name=label, value=shown)
    return t.text(
        "{name}: {value} (default {default})", name=label, value=shown, default=setting_value(t, name, default)
    )


def _percent(t: Translator, share: float) -> str:
    number = format_decimal(round(share * 100, 2), locale=t.language)
    return t.text("{number} %", number=number)
