"""Who changed which setting of the workspace: a line for people, not something that is computed with."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import require_aware


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingChange:
    """One setting, from one value to another."""

    id: str
    team_id: str
    setting: str
    """A field of `Policy` or of `Workspace`; another release may know names that this one does not."""
    before: str
    """As it is stored (`2`, `0.1`, `18:00`, `yes`, `NL`), not as it is shown: that depends on the reader."""
    after: str
    changed_by: str
    changed_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.changed_at, "changed_at")
