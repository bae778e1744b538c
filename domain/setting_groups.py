"""The settings of a workspace in groups that are changed together: rules between two numbers stay within a group."""

from collections.abc import Mapping
from enum import StrEnum


class Group(StrEnum):
    VALUE = "value"
    """What a client is worth: what lifts its tier, from which share a tier is suggested."""
    BUDGET = "budget"
    NOTICE = "notice"
    HABIT = "habit"
    """What counts as repetitive, and what as a pattern."""
    LENGTHS = "lengths"
    FOLLOW_UPS = "follow_ups"
    REMINDERS = "reminders"
    HANDOVERS = "handovers"
    APPROVALS = "approvals"
    WORKSPACE = "workspace"
    """What is no number: domains, the country, whose templates count."""


class Unit(StrEnum):
    """What a setting is counted in, or else what it is."""

    SHARE = "share"
    """0 to 1; written and shown as a percentage."""
    DAYS = "days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    MINUTES = "minutes"
    TIMES = "times"
    MEETINGS = "meetings"
    TIME_OF_DAY = "time_of_day"
    YES_NO = "yes_no"
    MEMBER = "member"
    """A Slack id; empty: nobody."""
    DOMAINS = "domains"
    COUNTRY = "country"
    """ISO 3166 code; empty: none."""


GROUPS: Mapping[Group, Mapping[str, Unit]] = {
    Group.VALUE: {
        "revenue_share_lift": Unit.SHARE,
        "renewal_lift_days": Unit.DAYS,
        "tier_a_share": Unit.SHARE,
        "tier_b_share": Unit.SHARE,
    },
    Group.BUDGET: {
        "budget_a": Unit.TIMES,
        "budget_b": Unit.TIMES,
        "budget_c": Unit.TIMES,
        "budget_window_days": Unit.DAYS,
    },
    Group.NOTICE: {
        "too_late_hours": Unit.HOURS,
        "ring_first_hours": Unit.HOURS,
        "ring_too_hours": Unit.HOURS,
        "praised_days": Unit.DAYS,
    },
    Group.HABIT: {
        "frequent_meetings": Unit.MEETINGS,
        "frequent_window_days": Unit.DAYS,
        "idle_occurrences": Unit.MEETINGS,
        "pattern_step_downs": Unit.TIMES,
        "pattern_meetings": Unit.MEETINGS,
    },
    Group.LENGTHS: {"shortest_minutes": Unit.MINUTES, "travel_minutes": Unit.MINUTES},
    Group.FOLLOW_UPS: {
        "confirm_after_working_days": Unit.WORKING_DAYS,
        "follow_up_days_a": Unit.WORKING_DAYS,
        "follow_up_days_b": Unit.WORKING_DAYS,
        "follow_up_days_c": Unit.WORKING_DAYS,
    },
    Group.REMINDERS: {
        "decide_lead_working_days": Unit.WORKING_DAYS,
        "last_call_hours": Unit.HOURS,
        "quiet_from": Unit.TIME_OF_DAY,
        "quiet_until": Unit.TIME_OF_DAY,
    },
    Group.HANDOVERS: {
        "delegate_silence_working_hours": Unit.WORKING_HOURS,
        "delegate_latest_hours": Unit.HOURS,
        "guests_may_take_over": Unit.YES_NO,
    },
    Group.APPROVALS: {
        "asks_approval": Unit.YES_NO,
        "approver_id": Unit.MEMBER,
        "approval_silence_working_hours": Unit.WORKING_HOURS,
    },
    Group.WORKSPACE: {
        "own_domains": Unit.DOMAINS,
        "country": Unit.COUNTRY,
        "templates_locked": Unit.YES_NO,
    },
}
"""Every field of `Policy`, and what else an administrator sets on a `Workspace`, once."""

UNITS: Mapping[str, Unit] = {name: unit for settings in GROUPS.values() for name, unit in settings.items()}
GROUP_OF: Mapping[str, Group] = {name: group for group, settings in GROUPS.items() for name in settings}
COUNTED = frozenset(
    {Unit.DAYS, Unit.WORKING_DAYS, Unit.HOURS, Unit.WORKING_HOURS, Unit.MINUTES, Unit.TIMES, Unit.MEETINGS}
)
"""Units of whole numbers."""
