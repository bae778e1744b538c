"""What a draft takes from around its meeting: whether the client knows our ways, and when its owner is free."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import require_aware


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """`first_contact`: the client has not heard of a step-down from us before (`storage.heard_before`)."""

    first_contact: bool = False
    slots: tuple[datetime, ...] = ()
    """When the owner and the client could meet, or speak, instead; empty where that is not known."""
    proposal_by: date | None = None
    """Where no slots are: the day by which the client has another proposal from the owner."""

    def __post_init__(self) -> None:
        for slot in self.slots:
            require_aware(slot, "slots")


NOTHING_KNOWN = Around()
