"""Scenarios: signed HTTP or a websocket in, recorded Web API calls out."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from playground import Person, SlackStandIn
from tests.support.approvals import BOSS
from tests.support.bot import RunningBot, running_bot
from tests.support.mail import MailServer, mail_server
from tests.support.slack import COLLEAGUE, OWNER, lenient_slack, slack

__all__ = ["lenient_slack", "slack"]


@pytest_asyncio.fixture
async def bot(slack: SlackStandIn, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """A bot without a mail server, on a Tuesday morning."""
    async with running_bot(slack, tmp_path / "data") as running:
        yield running


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest_asyncio.fixture
async def mailing_bot(slack: SlackStandIn, tmp_path: Path, mail: MailServer) -> AsyncIterator[RunningBot]:
    """A bot that sends mail itself."""
    settings = {"MEETDOWN_SMTP_URL": mail.url, "MEETDOWN_MAIL_FROM": "meetings@meetdown.example"}
    async with running_bot(slack, tmp_path / "data", extra=settings) as running:
        yield running


@pytest.fixture
def anna(slack: SlackStandIn) -> Person:
    """The owner of the meetings."""
    return slack.as_user(OWNER)


@pytest.fixture
def ben(slack: SlackStandIn) -> Person:
    """A colleague, whose Slack is in Dutch."""
    return slack.as_user(COLLEAGUE)


@pytest.fixture
def cara(slack: SlackStandIn) -> Person:
    """Who approves in this workspace."""
    slack.add_user(BOSS, name="cara", real_name="Cara Smit", email="cara@meetdown.example")
    return slack.as_user(BOSS)
