"""Fixtures around the stand-in Slack. Import those you want into a conftest.py."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import pytest_asyncio
from slack_sdk.models.blocks import Block

from playground import SlackStandIn

_UNKNOWN_TO_THE_SDK = frozenset({"data_visualization", "data_table"})

OWNER = "U0ANNA"
COLLEAGUE = "U0BEN"


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    """A Slack with two people, that fails the test in the end if the bot broke a limit."""
    async with SlackStandIn(time_scale=0.0005) as stand_in:
        with_people(stand_in)
        yield stand_in
        assert [str(found) for found in stand_in.violations] == []


@pytest_asyncio.fixture
async def lenient_slack() -> AsyncIterator[SlackStandIn]:
    """The same, for tests that break limits on purpose."""
    async with SlackStandIn(time_scale=0.0005) as stand_in:
        with_people(stand_in)
        yield stand_in


def with_people(slack: SlackStandIn) -> None:
    slack.add_user(OWNER, name="anna", real_name="Anna Berg", email="anna@meetdown.example")
    slack.add_user(COLLEAGUE, name="ben", real_name="Ben Visser", email="ben@meetdown.example", locale="nl-NL")


def lost_in_the_sdk(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """What slack_sdk's models would not give back as it is: for each such block, the type and the difference.

    An empty list says that the SDK, too, takes every block for a whole and valid one. Blocks newer than the SDK are
    passed over. Raises SlackObjectFormationError where a model finds a block invalid.
    """
    lost = []
    for block in blocks:
        if block["type"] not in _UNKNOWN_TO_THE_SDK:
            parsed = Block.parse(dict(block))
            again = None if parsed is None else _plain(parsed.to_dict())
            if again != _plain(block):
                lost.append(f"{block['type']}: {block!r} became {again!r}")
    return lost


def _plain(value: Any) -> Any:
    """Without the fields that the SDK leaves out where they say nothing."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items() if item not in (None, "")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def bot_environment(slack: SlackStandIn, *, socket_mode: bool = False) -> dict[str, str]:
    """The settings with which a bot, in this process or another one, takes the stand-in for Slack."""
    way = {"SLACK_APP_TOKEN": slack.app.app_token} if socket_mode else {}
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        **way,
    }
