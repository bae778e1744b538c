"""What is delivered, and what comes back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from playground.incoming import from_json
from playground.records import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    kind: Kind
    payload: Json
    retry: int = 0
    """0: the first try."""
    retry_reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, or why Slack counts the parcel as not acknowledged."""

    status: int = 0
    """HTTP status; 200 for an acknowledged envelope, 0 where nothing came."""
    body: Any = None
    """Parsed JSON; a string for any other content; None where empty."""
    error: str = ""
    """Empty, or `http_timeout`, `http_error`, `connection_failed`."""
    seconds: float = 0.0
    no_retry: bool = False
    """The bot asked not to get this event again (X-Slack-No-Retry)."""
    at: datetime | None = field(default=None, compare=False)
    """When the try ended, by the stand-in's clock."""

    @property
    def acknowledged(self) -> bool:
        return not self.error


class Delivery(Protocol):
    async def send(self, parcel: Parcel) -> Answer:
        """Hand one parcel over and wait for the acknowledgement, at most Slack's 3 s."""
        ...


def parsed(text: str) -> Any:
    """JSON where it is an object, else the text itself, None where there is nothing."""
    if not text:
        return None
    try:
        value = from_json(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) else text
