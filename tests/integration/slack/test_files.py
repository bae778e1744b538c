"""A file on its way to a member: to the stand-in, and past a Slack that loses answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.slack.files import OutgoingFile, Uploads
from bot.slack.gateway import SlackGateway, identify
from bot.slack.installations import SingleInstallation
from bot.slack.pace import Pace
from bot.slack.posting import Posting
from bot.slack.problems import SlackCode, SlackProblem, Uncertain
from bot.slack.response_url import ResponseUrls
from bot.slack.web_api import WebApi, make_client, make_session
from domain.clock import SystemClock
from messages import blocks
from messages.blocks import Message
from playground import SlackStandIn
from storage import migrate
from storage.database import Database
from tests.support.slack import OWNER, slack

__all__ = ["slack"]

TEAM = "T0ACME"
FILE = OutgoingFile(name="clients.csv", content="name\nCafé Łódź\n".encode())
SAID = Message(text="Here it is.", blocks=[blocks.section("Here it is.")])
COMPLETE = "files.completeUploadExternal"


@dataclass
class Desk:
    slack: SlackStandIn
    posting: Posting
    database: Database
    slept: list[float]

    async def send(self, key: str = "k1") -> None:
        await self.posting.file_to_member(TEAM, OWNER, key, FILE, SAID)

    @property
    def shared(self) -> list[str]:
        """Names of the files in the member's DM, message by message."""
        found = self.slack.as_user(OWNER).messages
        return [self.slack.store.files[one].name for message in found for one in message.files]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'meetdown.sqlite3'}"
    migrate.upgrade(url)
    opened = Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(slack: SlackStandIn, database: Database) -> AsyncIterator[Desk]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with make_session() as session:
        web_api = WebApi(make_client(session, slack.api_url), pace=Pace(), sleep=sleep)
        gateway = SlackGateway(
            web_api,
            SingleInstallation(lambda: identify(web_api, slack.bot_token)),
            ResponseUrls(session, api_url=slack.api_url),
            uploads=Uploads(session, api_url=slack.api_url),
            sleep=sleep,
        )
        yield Desk(slack, Posting(database=database, gateway=gateway, clock=SystemClock()), database, slept)


async def test_a_member_gets_the_file_with_the_words_above_it_and_the_bytes_as_they_were(desk: Desk) -> None:
    await desk.send()

    (message,) = desk.slack.as_user(OWNER).messages
    assert desk.shared == ["clients.csv"]
    assert message.blocks[0]["text"]["text"] == "Here it is."
    assert desk.slack.content_of(message.files[0]) == FILE.content


async def test_a_file_is_sent_once_under_a_key(desk: Desk) -> None:
    await desk.send()
    await desk.send()
    await desk.send(key="another")

    assert desk.shared == ["clients.csv", "clients.csv"]


async def test_where_the_answer_was_lost_the_file_is_looked_for_before_anything_else(desk: Desk) -> None:
    desk.slack.faults.drop(COMPLETE, "after")

    await desk.send()

    assert (desk.shared, desk.slept) == (["clients.csv"], [1.0])


async def test_a_try_that_ended_before_slack_showed_the_file_begins_again(desk: Desk) -> None:
    desk.slack.faults.drop(COMPLETE, "before")
    with pytest.raises(Uncertain):
        await desk.send()

    await desk.send()

    assert desk.shared == ["clients.csv"]


async def test_a_try_that_ended_after_slack_showed_the_file_is_found_again(desk: Desk) -> None:
    await desk.send()
    await desk.database.run(lambda session: session.execute(text("UPDATE posts SET posted_at = NULL")))

    await desk.send()

    assert desk.shared == ["clients.csv"]


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/upload/v1/x",
        "https://files.slack.com.evil.example/upload",
        "https://evilslack.com/upload",
        "https://user@files.slack.com/upload",
        "https://files.slack.com:8443/upload",
        "https://169.254.169.254/upload",
        "https://[bad",
        "",
    ],
)
async def test_bytes_go_to_machines_of_slacks_alone(url: str) -> None:
    async with make_session() as session:
        with pytest.raises(SlackProblem) as caught:
            await Uploads(session, api_url="https://slack.com/api/").send(url, FILE)

    assert caught.value.code is SlackCode.REFUSED_URL
