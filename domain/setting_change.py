"""The settings of a workspace by their names, and who changed which: a line for people, nothing to compute with."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from typing import Any

from domain.clock import require_aware
from domain.member import Workspace
from domain.policy import Policy
from domain.setting_groups import COUNTED, UNITS, Unit

_NUMBERS = frozenset(field.name for field in fields(Policy))
_NOBODYS = Workspace(team_id="")


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingChange:
    """One setting, from one value to another."""

    id: str
    team_id: str
    setting: str
    """A field of `Policy` or of `Workspace`; another release may know names that this one does not."""
    before: str
    """As `written`: how it is shown depends on the reader."""
    after: str
    changed_by: str
    changed_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.changed_at, "changed_at")


def value_of(workspace: Workspace, name: str) -> Any:
    """Of a setting named in `domain.setting_groups.UNITS`."""
    return getattr(workspace.policy, name) if name in _NUMBERS else getattr(workspace, name)


def default_of(name: str) -> Any:
    return value_of(_NOBODYS, name)


def with_values(workspace: Workspace, values: dict[str, Any]) -> Workspace:
    """Raises PolicyError where the numbers do not go together."""
    numbers = {name: value for name, value in values.items() if name in _NUMBERS}
    others = {name: value for name, value in values.items() if name not in _NUMBERS}
    return replace(workspace, policy=replace(workspace.policy, **numbers), **others)


def written(value: Any) -> str:
    """A value as it is kept in the history; `read` takes it back."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def read(name: str, text: str) -> Any:
    """The value of a setting as `written`; the text itself where it is of another release."""
    unit = UNITS.get(name)
    try:
        if unit in COUNTED:
            return int(text)
        if unit is Unit.SHARE:
            return float(text)
        if unit is Unit.TIME_OF_DAY:
            return time.fromisoformat(text)
    except ValueError:
        return text
    if unit is Unit.YES_NO:
        return text == "yes"
    return tuple(text.split(", ")) if unit is Unit.DOMAINS and text else () if unit is Unit.DOMAINS else text
