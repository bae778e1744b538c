"""What every job works with; `bot.assembly` puts it together."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.calendars.feed import Feed
from bot.jobs.engine import Steps
from bot.mail.smtp import Mailer
from bot.slack.posting import Posting
from domain.clock import Clock
from storage.database import Database
from storage.vault import Vault

Poke = Callable[[], None]
"""Tells the planner that something is waiting."""


Count = Callable[[str, str, float], None]
"""Told the name of a job, how it ended and the seconds it took."""


@dataclass(frozen=True, kw_only=True)
class Tools:
    database: Database
    vault: Vault
    clock: Clock
    posting: Posting
    mail: Mailer | None
    """None where no SMTP server is configured: drafts are handed to the owner."""
    feed: Feed
    steps: Steps
    poke: Poke
