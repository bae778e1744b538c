"""What the transport needs of others, as narrow Protocols; assembly says who does it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.slack.installations import BotInstallation, Installations
from domain.member import Installation

__all__ = [
    "Answer",
    "BotInstallation",
    "Check",
    "Installation",
    "InstallationStore",
    "Installations",
    "OAuthStates",
    "SeenRequests",
]

Check = Callable[[], Awaitable[None]]
"""Returns where the thing is ready, raises where it is not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What Slack is answered."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class SeenRequests(Protocol):
    """The answers given to requests that may come again.

    A request is remembered once it was answered with 200, never before: where its first try died, the retry must run.
    """

    async def answer_to(self, key: str) -> Answer | None:
        """The answer given to `key`, or None where it was not dealt with (or too long ago)."""
        ...

    async def remember(self, key: str, answer: Answer) -> None: ...


class InstallationStore(Protocol):
    """Where installations are kept; tokens encrypted."""

    async def save(self, installation: Installation) -> None:
        """Replaces what was kept for the same workspace or organisation."""
        ...


class OAuthStates(Protocol):
    """The one-time states of installations under way."""

    async def issue(self) -> str:
        """A new unguessable state, good for ten minutes."""
        ...

    async def consume(self, state: str) -> bool:
        """Whether the state was issued and not consumed before; atomically, so that of two only one gets True."""
        ...
