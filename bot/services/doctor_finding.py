"""What a check of the doctor finds."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    NOTE = "off"
    """Not used here, and that is fine."""
    WARNING = "warning"
    """It works, but should be looked at."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Never holds a secret. `advice` says what to do; empty where there is nothing to do."""

    check: str
    state: State
    says: str
    advice: str = ""
