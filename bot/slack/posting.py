"""Posting once: a row per message, so that neither a crash nor a lost answer shows anybody the same thing twice."""

from bot.slack.files import OutgoingFile
from bot.slack.gateway import Posted, SlackGateway
from bot.slack.problems import SlackCode, SlackProblem
from domain.clock import Clock
from domain.overview import LiveMessage
from messages.blocks import Message
from storage import posts
from storage.database import Database

GONE = frozenset(
    {
        SlackCode.MESSAGE_NOT_FOUND,
        SlackCode.CHANNEL_NOT_FOUND,
        SlackCode.CANT_UPDATE_MESSAGE,
        SlackCode.EDIT_WINDOW_CLOSED,
    }
)
"""The message cannot be edited any more: somebody deleted it, or the conversation, or it is too old."""

UNREACHABLE_PEOPLE = frozenset(
    {
        SlackCode.USER_NOT_FOUND,
        SlackCode.USER_NOT_VISIBLE,
        SlackCode.CHANNEL_NOT_FOUND,
        SlackCode.MESSAGES_TAB_DISABLED,
        SlackCode.CANNOT_DM_BOT,
        SlackCode.RESTRICTED_ACTION,
        SlackCode.IS_ARCHIVED,
    }
)
"""No message will reach this person, however often it is tried."""


class Posting:
    def __init__(self, *, database: Database, gateway: SlackGateway, clock: Clock) -> None:
        self._database = database
        self._gateway = gateway
        self._clock = clock

    async def to_member(self, team_id: str, user_id: str, key: str, message: Message) -> LiveMessage:
        """A DM that is sent once under `key`. Raises SlackProblem and Uncertain: then try again."""
        now = self._clock.now()
        post = await self._database.run(posts.begin, team_id, key, now)
        if post.state == "posted":
            return LiveMessage(channel=post.channel, ts=post.ts)
        posted = await self._gateway.post_once(
            team_id=team_id,
            to=user_id,
            blocks=message.blocks,
            text=message.text,
            metadata_key=key,
            maybe_posted=post.state == "started",
        )
        await self._database.run(posts.posted, team_id, key, posted.channel_id, posted.ts, self._clock.now())
        return LiveMessage(channel=posted.channel_id, ts=posted.ts)

    async def file_to_member(self, team_id: str, user_id: str, key: str, file: OutgoingFile, message: Message) -> None:
        """A file in a DM, with `message` above it, that is sent once under `key`. Raises as `to_member`.

        A file carries no metadata, so it is known by its id, which is written down before the file is shown. Only where
        Slack takes longer to show it than a step waits between two tries can it come twice.
        """
        post = await self._database.run(posts.begin, team_id, key, self._clock.now())
        if post.state == "posted":
            return
        channel = await self._gateway.open_dm(team_id=team_id, user_id=user_id)
        shown = post.ts and await self._gateway.has_file(team_id=team_id, channel_id=channel, file_id=post.ts)
        file_id = post.ts
        if not shown:
            file_id = await self._gateway.upload(team_id=team_id, file=file)
            await self._database.run(posts.uploaded, team_id, key, file_id)
            await self._gateway.share_upload(
                team_id=team_id, channel_id=channel, file_id=file_id, title=file.name, blocks=message.blocks
            )
        await self._database.run(posts.posted, team_id, key, channel, file_id, self._clock.now())

    async def was_posted(self, team_id: str, key: str) -> bool:
        """Whether Slack has confirmed the message under `key`."""
        return await self.posted(team_id, key) is not None

    async def posted(self, team_id: str, key: str) -> LiveMessage | None:
        """The message under `key`, where Slack has confirmed it."""
        post = await self._database.read(posts.find, team_id, key)
        return LiveMessage(channel=post.channel, ts=post.ts) if post and post.state == "posted" else None

    async def edit(self, team_id: str, live: LiveMessage, key: str, message: Message) -> bool:
        """Replace a message of ours; False where it is gone."""
        try:
            await self._gateway.update_message(
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
