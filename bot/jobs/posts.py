"""Posting once: a row per message, so that neither a crash nor a lost answer shows anybody the same thing twice."""

from datetime import timedelta

from bot.jobs.tools import Tools
from bot.slack.gateway import Posted
from bot.slack.problems import SlackCode, SlackProblem
from domain.overview import LiveMessage
from messages.blocks import Message
from storage import members, posts

_LOOK_BACK = timedelta(minutes=5)
"""How much earlier than our own note of the first try Slack's clock may say the message came."""

GONE = frozenset({SlackCode.MESSAGE_NOT_FOUND, SlackCode.CHANNEL_NOT_FOUND, SlackCode.CANT_UPDATE_MESSAGE})
"""The message cannot be edited any more: somebody deleted it, or the conversation."""

UNREACHABLE_PEOPLE = frozenset(
    {
        SlackCode.USER_NOT_FOUND,
        SlackCode.USER_NOT_VISIBLE,
        SlackCode.CHANNEL_NOT_FOUND,
        SlackCode.MESSAGES_TAB_DISABLED,
        SlackCode.CANNOT_DM_BOT,
        SlackCode.RESTRICTED_ACTION,
        SlackCode.IS_ARCHIVED,
        SlackCode.ACCOUNT_INACTIVE,
    }
)
"""No message will reach this person, however often it is tried."""


async def post_to_member(tools: Tools, team_id: str, user_id: str, key: str, message: Message) -> LiveMessage:
    """A DM that is sent once under `key`. Raises SlackProblem and Uncertain: the step tries again."""
    now = tools.clock.now()
    post = await tools.database.run(posts.begin, team_id, key, now)
    if post.state == "posted":
        return LiveMessage(channel=post.channel, ts=post.ts)
    posted = await tools.slack.post_once(
        team_id=team_id,
        to=user_id,
        blocks=message.blocks,
        text=message.text,
        metadata_key=key,
        maybe_posted=post.state == "started",
        since=now - _LOOK_BACK if post.state == "new" else None,
    )
    await tools.database.run(posts.posted, team_id, key, posted.channel_id, posted.ts, tools.clock.now())
    await tools.database.run(members.set_dm_channel, team_id, user_id, posted.channel_id)
    return LiveMessage(channel=posted.channel_id, ts=posted.ts)


async def edit(tools: Tools, team_id: str, live: LiveMessage, key: str, message: Message) -> bool:
    """Replace a message of ours; False where it is gone."""
    try:
        await tools.slack.update_message(
            team_id=team_id,
            message=Posted(channel_id=live.channel, ts=live.ts),
            blocks=message.blocks,
            text=message.text,
            metadata_key=key,
        )
    except SlackProblem as problem:
        if problem.code in GONE:
            return False
        raise
    return True
