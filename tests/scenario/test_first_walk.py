"""The whole way once: a meeting by hand, a shorter one, the text for the client, and undo."""

from pathlib import Path

from playground import SlackStandIn
from tests.support.bot import running_bot
from tests.support.slack import OWNER


async def test_a_meeting_by_hand_becomes_shorter_and_the_text_is_handed_over(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    async with running_bot(slack, tmp_path):
        anna = slack.as_user(OWNER)
        reply = await anna.command("/meetdown", "new Acme tomorrow 10:00 90m")
        assert reply.ok, reply
        modal = await anna.wait_for_modal()
        sent = await anna.submit(modal, {"title": "Planning"})
        assert sent.ok, (sent.errors, sent.answer)
        shown = (await anna.command("/meetdown", "")).shown
        print(shown)
        await anna.click(shown, label="Make it shorter")
        modal = await anna.wait_for_modal()
        sent = await anna.submit(modal, {})
        assert sent.ok, (sent.errors, sent.answer)
        message = await anna.wait_for_message("30 min")
        print(message)
        await anna.click(message, label="Undo")
        again = await anna.wait_for_message("Undone")
        print(again)
