"""People as the stand-in Slack tells of them: remembered, refreshed, and judged as delegates."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.slack.files import Uploads
from bot.slack.gateway import SlackGateway, identify
from bot.slack.installations import SingleInstallation
from bot.slack.pace import Pace
from bot.slack.people import People
from bot.slack.problems import SlackCode, SlackProblem
from bot.slack.response_url import ResponseUrls
from bot.slack.web_api import WebApi, make_client, make_session
from domain.errors import InvalidCode
from playground import SlackStandIn

TEAM = "T0ACME"


@dataclass
class Desk:
    slack: SlackStandIn
    gateway: SlackGateway
    people: People

    async def problem(self, delegate_id: str) -> InvalidCode | None:
        return await self.people.delegate_problem(team_id=TEAM, owner_id="U0ANNA", delegate_id=delegate_id)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with SlackStandIn() as slack, make_session() as session:
        slack.add_user("U0ANNA", name="anna", locale="nl-NL", tz="Europe/Amsterdam", email="anna@acme.example")
        slack.add_user("U0BEN", name="ben")
        web_api = WebApi(make_client(session, slack.api_url), pace=Pace())
        gateway = SlackGateway(
            web_api,
            SingleInstallation(lambda: identify(web_api, slack.bot_token)),
            ResponseUrls(session, api_url=slack.api_url),
            uploads=Uploads(session, api_url=slack.api_url),
        )
        yield Desk(slack, gateway, People(gateway))


async def test_a_person_is_asked_for_once_until_slack_says_that_something_changed(desk: Desk) -> None:
    first = await desk.people.person(team_id=TEAM, user_id="U0ANNA")
    desk.slack.store.users["U0ANNA"].locale = "en-GB"
    remembered = await desk.people.person(team_id=TEAM, user_id="U0ANNA")
    desk.people.changed(team_id=TEAM, user_id="U0ANNA")
    fresh = await desk.people.person(team_id=TEAM, user_id="U0ANNA")

    assert [one.locale for one in (first, remembered, fresh)] == ["nl-NL", "nl-NL", "en-GB"]
    assert (first.time_zone, first.email) == ("Europe/Amsterdam", "anna@acme.example")
    assert len(desk.slack.calls_of("users.info")) == 2


async def test_a_colleague_may_take_over_and_the_owner_may_not(desk: Desk) -> None:
    assert await desk.problem("U0BEN") is None
    assert await desk.problem("U0ANNA") is InvalidCode.DELEGATE_IS_OWNER


async def test_the_bot_itself_may_not_take_over(desk: Desk) -> None:
    assert await desk.problem(desk.slack.workspace.bot_user_id) is InvalidCode.DELEGATE_IS_BOT


async def test_somebody_who_left_since_they_were_looked_up_is_noticed(desk: Desk) -> None:
    await desk.people.person(team_id=TEAM, user_id="U0BEN")
    desk.slack.store.users["U0BEN"].deleted = True

    assert await desk.problem("U0BEN") is InvalidCode.DELEGATE_DELETED


@pytest.mark.parametrize("word", ["user_not_found", "user_not_visible"])
async def test_somebody_whom_the_bot_cannot_see_is_not_visible(desk: Desk, word: str) -> None:
    desk.slack.faults.fail("users.info", word)

    assert await desk.problem("U0BEN") is InvalidCode.DELEGATE_NOT_VISIBLE


async def test_a_slack_that_cannot_be_asked_is_not_mistaken_for_a_no(desk: Desk) -> None:
    desk.slack.faults.fail("users.info", "token_revoked")

    with pytest.raises(SlackProblem) as caught:
        await desk.problem("U0BEN")

    assert caught.value.code is SlackCode.TOKEN_REVOKED


async def test_a_post_that_got_through_without_an_answer_stands_in_slack_once(desk: Desk) -> None:
    desk.slack.faults.drop("chat.postMessage", "after")

    posted = await desk.gateway.post_once(
        team_id=TEAM, to="U0BEN", blocks=[], text="hello", metadata_key="k1", maybe_posted=False
    )

    (message,) = desk.slack.messages
    assert (posted.ts, message.text) == (message.ts, "hello")
    assert len(desk.slack.calls_of("chat.postMessage")) == 1


async def test_a_post_that_got_lost_on_the_way_stands_in_slack_once_after_the_second_try(desk: Desk) -> None:
    desk.slack.faults.drop("chat.postMessage", "before")

    with pytest.raises(Exception, match="may have been done"):
        await desk.gateway.post_once(
            team_id=TEAM, to="U0BEN", blocks=[], text="hello", metadata_key="k1", maybe_posted=False
        )
    await desk.gateway.post_once(
        team_id=TEAM, to="U0BEN", blocks=[], text="hello", metadata_key="k1", maybe_posted=True
    )

    assert [message.text for message in desk.slack.messages] == ["hello"]
