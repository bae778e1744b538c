"""The whole way once over a real websocket: a meeting by hand, a shorter one, the text for the client, and undo."""

from pathlib import Path

from playground import SlackStandIn, words
from tests.support.agency import decide
from tests.support.bot import running_bot
from tests.support.slack import OWNER


async def test_over_a_websocket_a_meeting_by_hand_becomes_shorter_and_is_taken_back(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    async with running_bot(slack, tmp_path, socket_mode=True) as bot:
        await slack.wait_for(lambda: slack.sockets.connections)
        anna = slack.as_user(OWNER)
        assert (await anna.command("/meetdown", "new Acme tomorrow 10:00 90m")).ok
        assert (await anna.submit(await anna.wait_for_modal(), {"title": "Planning"})).ok
        listed = (await anna.command("/meetdown")).shown
        assert listed is not None

        await anna.click(listed, label="Make it shorter")
        await decide(anna, await anna.wait_for_modal())
        await bot.settle()
        state = await anna.wait_for_message("Shorter: 45 min instead of 90, 10:00 to 10:45")
        assert "Ready to send" in words(anna.messages[0])
        await anna.click(state, label="Undo")
        await bot.settle()

        assert "Undone." in words(state)
        assert "Make it a call" in words(state)
