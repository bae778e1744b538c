"""Templates of drafts that a workspace or a member wrote, in place of the product's own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.clock import require_aware
from domain.words import Formality


class Text(StrEnum):
    """Which text a template is for: the drafts of the four options, and the one that takes a message back."""

    SHORTER = "shorter"
    CALL = "call"
    HANDOFF = "handoff"
    EMAIL = "email"
    UNDO = "undo"


class Scope(StrEnum):
    """Whose texts: a member's own, or those that everybody in the workspace has."""

    MINE = "mine"
    WORKSPACE = "workspace"


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateKey:
    """What decides which template is used. `first_contact`: the client has not heard of a step-down from us before."""

    text: Text
    language: str
    formality: Formality
    first_contact: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One version; the newest of its key and owner counts, and an empty one stands for the product's own text."""

    id: str
    team_id: str
    member_id: str = ""
    """Whose own it is; empty: the workspace's."""
    key: TemplateKey
    version: int
    subject: str
    body: str
    saved_by: str
    saved_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.saved_at, "saved_at")

    @property
    def is_reset(self) -> bool:
        return not self.subject and not self.body
