"""The message that takes an earlier one back: a decision was undone after the client had heard of it."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import require_aware
from domain.decision import Draft, EffectState


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One per undone decision. What is stored is what its owner read, and so what goes out."""

    decision_id: str
    team_id: str
    owner_id: str
    draft: Draft
    made_at: datetime
    state: EffectState = EffectState.HANDED_OVER
    """HANDED_OVER: the owner has the text. WAITING: they want it sent. DONE, or FAILED: then it is theirs again."""
    in_doubt: bool = False
    """A mail server never answered: the client may have it."""
    by_hand: bool = False
    """The owner has sent it themselves."""
    refused: tuple[str, ...] = ()
    """Whom the server did not take it for, while it took it for others."""

    def __post_init__(self) -> None:
        require_aware(self.made_at, "made_at")
