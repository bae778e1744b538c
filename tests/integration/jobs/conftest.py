"""The bot in the test's own loop, with Slack and a mail server that fail as they are told; and a real PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.slack import gateway, methods, web_api
from playground import SlackStandIn
from storage.database import Database
from tests.support.bot import MovedClock, RunningBot, running_bot
from tests.support.databases import *  # noqa: F403 - fixtures
from tests.support.like_meetings import FIRST_NUMBER, NOW, Begin, Seen, begin, look
from tests.support.mail import MailServer, mail_server
from tests.support.slack import slack

__all__ = ["slack"]


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """A running bot and what it works on."""

    bot: RunningBot
    slack: SlackStandIn
    mail: MailServer

    @property
    def database(self) -> Database:
        return self.bot.meetdown.database

    @property
    def clock(self) -> MovedClock:
        return self.bot.clock

    async def begin(self, how: Begin, number: int = FIRST_NUMBER) -> str:
        return await begin(self.slack, self.database, number, how)

    async def do(self, how: Begin, number: int = FIRST_NUMBER) -> str:
        """Begin it, and let the bot do what there is to do."""
        subject = await self.begin(how, number)
        await self.bot.settle()
        return subject

    async def seen(self, number: int = FIRST_NUMBER) -> Seen:
        return await look(self.slack, self.database, self.mail, number)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
async def workshop(
    slack: SlackStandIn, mail: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Workshop]:
    """Where the bot waits for an answer that does not come, it waits for a moment only."""
    monkeypatch.setattr(gateway, "_BEFORE_LOOKING", 0.15)
    monkeypatch.setattr(web_api, "_FIRST_PAUSE", 0.001)
    for name in ("POST", "UPDATE"):
        monkeypatch.setattr(methods, name, replace(getattr(methods, name), seconds=0.1))
    sender = {"MEETDOWN_SMTP_URL": mail.url, "MEETDOWN_MAIL_FROM": "bot@agency.example"}
    async with running_bot(slack, tmp_path / "data", extra=sender, start=NOW) as bot:
        yield Workshop(bot=bot, slack=slack, mail=mail)
