"""A member's days and hours, from what is known of the member, the workspace and the country's holidays."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from bot.calendars.holidays import holidays_of
from domain.member import Member, Workspace
from domain.policy import Policy
from domain.schedule import Leads
from domain.working_days import WorkWeek, no_holidays


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC where it is empty or unknown (Slack members without a zone exist)."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def territory_of(zone: str) -> str:
    """The country (ISO 3166) that a zone lies in; empty where it belongs to none."""
    territory = str(get_global("zone_territories").get(zone, ""))
    return territory if len(territory) == 2 else ""


def country_of(member: Member, workspace: Workspace | None) -> str:
    """Whose holidays count (ISO 3166): the member's country, else the workspace's, else the one that the member's zone
    lies in; empty: none are known.
    """
    return member.country or (workspace.country if workspace else "") or territory_of(member.time_zone)


def week_of(member: Member, workspace: Workspace | None) -> WorkWeek:
    """Quiet hours are the member's own, else the workspace's."""
    policy = policy_of(workspace)
    country = country_of(member, workspace)
    return WorkWeek(
        zone=zone_of(member.time_zone),
        quiet_from=policy.quiet_from if member.quiet_from is None else member.quiet_from,
        quiet_until=policy.quiet_until if member.quiet_until is None else member.quiet_until,
        is_holiday=holidays_of(country) if country else no_holidays,
    )


def policy_of(workspace: Workspace | None) -> Policy:
    """The workspace's numbers; the product's where nothing is stored of the workspace."""
    return workspace.policy if workspace else Policy()


def leads_of(member: Member, workspace: Workspace | None) -> Leads:
    policy = policy_of(workspace)
    days = policy.decide_lead_working_days if member.decide_days is None else member.decide_days
    return Leads(
        decide_working_days=max(1, days),
        last_call=timedelta(hours=policy.last_call_hours) if member.last_call is None else member.last_call,
    )
