"""A member as Slack describes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OF_ADMINS = ("is_admin", "is_owner", "is_primary_owner")
"""An owner is an administrator too; Slack says all three of the workspace, and the first two of a Grid organisation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member as Slack has them; unknown texts are empty."""

    id: str
    team_id: str
    enterprise_id: str = ""
    """The Grid organisation, where there is one."""
    team_ids: tuple[str, ...] = ()
    """The workspaces of that organisation that they are in."""
    name: str = ""
    email: str = ""
    locale: str = ""
    """IETF tag as Slack has it, such as `nl-NL`."""
    time_zone: str = ""
    """IANA name."""
    is_bot: bool = False
    is_deleted: bool = False
    is_invited: bool = False
    is_guest: bool = False
    is_admin: bool = False
    """Administrator or owner of the workspace; on Grid also of the organisation."""


def person_of(user: Mapping[str, Any]) -> Person:
    """A `user` object of users.info or of a `user_change` event."""
    profile = user.get("profile") or {}
    grid = user.get("enterprise_user") or {}
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"))
    return Person(
        id=_text(user, "id"),
        team_id=_text(user, "team_id"),
        enterprise_id=_text(grid, "enterprise_id"),
        team_ids=tuple(str(team) for team in grid.get("teams") or ()),
        name=next((str(name) for name in names if name), ""),
        email=_text(profile, "email"),
        locale=_text(user, "locale"),
        time_zone=_text(user, "tz"),
        # Slackbot says of itself that it is no bot.
        is_bot=bool(user.get("is_bot") or user.get("is_workflow_bot")) or user.get("id") == "USLACKBOT",
        is_deleted=bool(user.get("deleted")),
        is_invited=bool(user.get("is_invited_user")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=not user.get("deleted") and any(said.get(name) for said in (user, grid) for name in _OF_ADMINS),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")
