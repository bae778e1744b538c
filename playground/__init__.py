"""A stand-in for Slack: the Web API, the people, and both ways in which Slack reaches a bot.

It refuses what Slack refuses, under Slack's error names, so that a bot that works here works there. A scenario:

    async with SlackStandIn(request_url="http://127.0.0.1:3000/slack/events") as slack:
        # the bot runs with SLACK_API_URL=slack.api_url, SLACK_BOT_TOKEN=slack.bot_token,
        # SLACK_SIGNING_SECRET=slack.app.signing_secret; for Socket Mode with SLACK_APP_TOKEN=slack.app.app_token
        slack.add_user("U0ANNA", name="anna", real_name="Anna Berg", locale="nl-NL")
        anna = slack.as_user("U0ANNA")

        reply = await anna.command("/meetdown", "acme")       # reply.shown is the ephemeral answer
        await anna.click(reply.shown, label="Shorter")        # the listener opens a modal
        modal = await anna.wait_for_modal()
        refused = await anna.submit(modal, {"length": "90"})  # refused.errors: block_id → sentence
        await anna.submit(modal, {"length": "30"})            # filled by action id, block id or label
        message = await anna.wait_for_message("Shorter")      # a DM of the bot

        slack.faults.drop("chat.postMessage", "after")        # posted, but the bot cannot know
        assert [call.args["channel"] for call in slack.calls_of("chat.postMessage")] == ["U0ANNA"]
        assert slack.violations == []                         # nothing broke Slack's limits

`slack.courier.delivered` holds what was sent to the bot and what it answered; `anna.replay(parcel)` sends it again.
"""

from playground.delivery.parcel import Answer, Parcel
from playground.limits import Violation, violations
from playground.person import Person, Reply
from playground.records import Ephemeral, Message, View
from playground.screen import NotOnScreen, words
from playground.server import SlackStandIn
from playground.submission import BotMistake

__all__ = [
    "Answer",
    "BotMistake",
    "Ephemeral",
    "Message",
    "NotOnScreen",
    "Parcel",
    "Person",
    "Reply",
    "SlackStandIn",
    "View",
    "Violation",
    "violations",
    "words",
]
