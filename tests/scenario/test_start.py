"""How the whole bot starts: over a websocket, and not at all where Slack refuses its tokens."""

from pathlib import Path

import httpx
import pytest

from bot.slack.problems import SlackCode, SlackProblem
from playground import SlackStandIn
from tests.support.bot import running_bot
from tests.support.slack import OWNER


@pytest.mark.parametrize(
    ("socket_mode", "variable", "token"),
    [(False, "SLACK_BOT_TOKEN", "xoxb-nobodys"), (True, "SLACK_APP_TOKEN", "xapp-nobodys")],
)
async def test_a_token_that_slack_refuses_is_one_clear_problem(
    slack: SlackStandIn, tmp_path: Path, socket_mode: bool, variable: str, token: str
) -> None:
    with pytest.raises(SlackProblem) as caught:
        async with running_bot(slack, tmp_path, socket_mode=socket_mode, extra={variable: token}):
            pytest.fail("it started")

    assert (caught.value.code, "nobodys" in str(caught.value)) == (SlackCode.INVALID_AUTH, False)


async def test_in_socket_mode_commands_come_over_the_websocket_and_health_over_http(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    async with running_bot(slack, tmp_path, socket_mode=True) as bot, httpx.AsyncClient(base_url=bot.url) as client:
        statuses = [(await client.get(path)).status_code for path in ("/healthz", "/readyz", "/slack/events")]
        reply = await slack.as_user(OWNER).command("/meetdown", "help")

    assert statuses == [200, 200, 404]
    assert reply.ok
    assert reply.shown is not None
