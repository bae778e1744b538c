"""The settings of the judgement in plain words, with their values: what a verdict hangs on."""

from collections.abc import Callable, Mapping, Sequence

from babel.numbers import format_decimal

from domain.policy import Policy
from messages.i18n import N_, Translator

NAMES: Mapping[str, str] = {
    "revenue_share_lift": N_("share of the revenue from which a client counts one tier higher"),
    "renewal_lift_days": N_("days before a renewal in which a client counts one tier higher"),
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
    "idle_occurrences": N_("meetings of a series in a row without a decision"),
    "pattern_step_downs": N_("step-downs that make a pattern"),
    "pattern_meetings": N_("last meetings that are looked at for a pattern"),
    "shortest_minutes": N_("minutes that a meeting takes at least"),
}
"""Every number that a rule of the judgement goes by."""

_PERCENT = frozenset({"revenue_share_lift"})
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


def _setting(t: Translator, policy: Policy, name: str) -> str:
    show: Callable[[float], str] = (lambda value: _percent(t, value)) if name in _PERCENT else str
    value, default = getattr(policy, name), getattr(_DEFAULTS, name)
    if value == default:
        return t.text("{name}: {value}", name=t.text(NAMES[name]), value=show(value))
    return t.text(
        "{name}: {value} (default {default})", name=t.text(NAMES[name]), value=show(value), default=show(default)
    )


def _percent(t: Translator, share: float) -> str:
    number = format_decimal(round(share * 100, 2), locale=t.language)
    return t.text("{number} %", number=number)
