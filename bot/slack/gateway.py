"""The one way out to Slack: every Web API call of the bot is a method of this gateway."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import methods
from bot.slack.files import OutgoingFile, Uploads
from bot.slack.installations import BotInstallation, Installations
from bot.slack.methods import Method
from bot.slack.person import Person, person_of
from bot.slack.problems import SlackCode, SlackProblem, Uncertain
from bot.slack.response_url import ResponseUrls
from bot.slack.web_api import Answer, WebApi

EVENT_TYPE = "meetdown_message"
"""`event_type` of the metadata on every message of ours."""

_HISTORY_PAGE = 100
_HISTORY_PAGES = 5
_BEFORE_LOOKING = 1.0
"""Seconds to give Slack to finish a post whose answer was lost."""

Block = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A message in Slack: what `chat.update` and `chat.delete` want."""

    channel_id: str
    """`D…` where it was posted to a person."""
    ts: str


class SlackGateway:
    """Calls are paced per partition, never blindly repeated, and raise SlackProblem or Uncertain; nothing else."""

    def __init__(
        self,
        web_api: WebApi,
        installations: Installations,
        response_urls: ResponseUrls,
        *,
        uploads: Uploads,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._web_api = web_api
        self._installations = installations
        self._response_urls = response_urls
        self._uploads = uploads
        self._sleep = sleep

    async def post_message(
        self, *, team_id: str, to: str, blocks: Sequence[Block], text: str, metadata_key: str
    ) -> Posted:
        """Post to a channel or (opening the DM) to a person. `metadata_key` is an opaque id: every app can read it.

        Raises Uncertain where the answer was lost: then `find_posted` before posting again.
        """
        answer = await self._call(
            methods.POST,
            {
                "channel": to,
                "blocks": list(blocks),
                "text": text,
                "parse": "none",
                "unfurl_links": False,
                "unfurl_media": False,
                "metadata": _metadata(metadata_key),
            },
            team_id=team_id,
            channel=to,
        )
        return Posted(channel_id=_text(answer, "channel"), ts=_text(answer, "ts"))

    async def post_once(
        self,
        *,
        team_id: str,
        to: str,
        blocks: Sequence[Block],
        text: str,
        metadata_key: str,
        maybe_posted: bool,
        since: datetime | None = None,
    ) -> Posted:
        """Post, unless a message with this key is there already.

        `maybe_posted` says that an earlier try may have got through (a step that runs again): then it looks first.
        Raises Uncertain where the answer was lost and the message is not to be seen yet.
        """
        if maybe_posted:
            found = await self.find_posted(team_id=team_id, channel=to, key=metadata_key, since=since)
            if found is not None:
                return found
        try:
            return await self.post_message(team_id=team_id, to=to, blocks=blocks, text=text, metadata_key=metadata_key)
        except Uncertain:
            await self._sleep(_BEFORE_LOOKING)
            found = await self.find_posted(team_id=team_id, channel=to, key=metadata_key, since=since)
            if found is None:
                raise
            return found

    async def find_posted(
        self, *, team_id: str, channel: str, key: str, since: datetime | None = None
    ) -> Posted | None:
        """Our message with this key among the latest 500 (not before `since`) of a conversation or a person's DM."""
        own = await self.installation(team_id)
        channel_id = await self.open_dm(team_id=team_id, user_id=channel) if channel[:1] in "UW" else channel
        async for message in self._latest(team_id, channel_id, since):
            # Whoever else may write into the conversation can set the same metadata: only our own messages count.
            if message.get("bot_id") == own.bot_id and _key_of(message) == key:
                return Posted(channel_id=channel_id, ts=str(message["ts"]))
        return None

    async def _latest(self, team_id: str, channel_id: str, since: datetime | None = None) -> AsyncIterator[Answer]:
        arguments: dict[str, Any] = {"channel": channel_id, "include_all_metadata": True, "limit": _HISTORY_PAGE}
        if since is not None:
            arguments["oldest"] = f"{since.timestamp():.6f}"
        for _ in range(_HISTORY_PAGES):
            answer = await self._call(methods.HISTORY, arguments, team_id=team_id)
            for message in answer.get("messages", []):
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            arguments["cursor"] = cursor

    async def upload(self, *, team_id: str, file: OutgoingFile) -> str:
        """Bring a file to Slack, where nobody sees it until it is shared; its id. Raises SlackProblem."""
        answer = await self._call(
            methods.START_UPLOAD, {"filename": file.name, "length": len(file.content)}, team_id=team_id
        )
        await self._uploads.send(_text(answer, "upload_url"), file)
        return _text(answer, "file_id")

    async def share_upload(
        self, *, team_id: str, channel_id: str, file_id: str, title: str, blocks: Sequence[Block]
    ) -> None:
        """Show an uploaded file in a conversation (`D…`), with `blocks` above it.

        Slack files it away first: it may be a moment until the message is there. Raises Uncertain where the answer was
        lost and the file is not to be seen yet: then `has_file` before it is shared again.
        """
        arguments = {"files": [{"id": file_id, "title": title}], "channel_id": channel_id, "blocks": list(blocks)}
        try:
            await self._call(methods.SHARE_UPLOAD, arguments, team_id=team_id)
        except Uncertain:
            await self._sleep(_BEFORE_LOOKING)
            if not await self.has_file(team_id=team_id, channel_id=channel_id, file_id=file_id):
                raise

    async def has_file(self, *, team_id: str, channel_id: str, file_id: str) -> bool:
        """Whether the file is shared in one of the latest 500 messages of the conversation."""
        async for message in self._latest(team_id, channel_id):
            if any(file.get("id") == file_id for file in message.get("files") or ()):
                return True
        return False

    async def open_dm(self, *, team_id: str, user_id: str) -> str:
        """The `D…` of the conversation with a person."""
        answer = await self._call(methods.OPEN_DM, {"users": user_id}, team_id=team_id)
        return _text(answer.get("channel") or {}, "id")

    async def update_message(
        self, *, team_id: str, message: Posted, blocks: Sequence[Block], text: str, metadata_key: str
    ) -> None:
        """Replace a message. Blocks, text and metadata are all given each time: Slack drops what is left out."""
        if message.channel_id[:1] in "UW":
            raise ValueError("chat.update wants the conversation (D…), not the person")
        arguments = {
            "channel": message.channel_id,
            "ts": message.ts,
            "blocks": list(blocks),
            "text": text,
            "parse": "none",
            "metadata": _metadata(metadata_key),
        }
        await self._call(methods.UPDATE, arguments, team_id=team_id)

    async def delete_message(self, *, team_id: str, message: Posted) -> None:
        """Delete a message; one that is gone already is fine."""
        try:
            await self._call(methods.DELETE, {"channel": message.channel_id, "ts": message.ts}, team_id=team_id)
        except SlackProblem as problem:
            if problem.code is not SlackCode.MESSAGE_NOT_FOUND:
                raise

    async def open_view(self, *, team_id: str, trigger_id: str, view: Block) -> str:
        """Open a modal; the id of the view. The trigger works once and for 3 s, so this is never tried twice."""
        answer = await self._call(methods.OPEN_VIEW, {"trigger_id": trigger_id, "view": view}, team_id=team_id)
        return _text(answer.get("view") or {}, "id")

    async def push_view(self, *, team_id: str, trigger_id: str, view: Block) -> str:
        """Put a modal on top of the open one (three at most); the id of the view."""
        answer = await self._call(methods.PUSH_VIEW, {"trigger_id": trigger_id, "view": view}, team_id=team_id)
        return _text(answer.get("view") or {}, "id")

    async def update_view(self, *, team_id: str, view_id: str, view: Block, view_hash: str | None = None) -> None:
        """Replace an open modal; with `view_hash` only where nobody changed it since (else VIEW_CHANGED)."""
        arguments: dict[str, Any] = {"view_id": view_id, "view": view}
        if view_hash is not None:
            arguments["hash"] = view_hash
        await self._call(methods.UPDATE_VIEW, arguments, team_id=team_id)

    async def user_info(self, *, team_id: str, user_id: str) -> Person:
        answer = await self._call(methods.USER_INFO, {"user": user_id, "include_locale": True}, team_id=team_id)
        return person_of(answer.get("user") or {})

    async def auth_test(self, *, team_id: str) -> Answer:
        return await self._call(methods.AUTH_TEST, {}, team_id=team_id)

    async def respond(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Answer through a response URL (5 times in 30 minutes); only Slack's own URLs are posted to."""
        await self._response_urls.post(response_url, message)

    async def installation(self, team_id: str) -> BotInstallation:
        """The bot in the workspace, or in the organisation where the id is one. Raises SlackProblem(NOT_INSTALLED)."""
        organisation = team_id.startswith("E")
        return await self.installation_for("" if organisation else team_id, team_id if organisation else "")

    async def installation_for(self, team_id: str, enterprise_id: str) -> BotInstallation:
        """The bot in the workspace, else in its organisation; either id may be empty. Raises as `installation`."""
        found = await self._installations.find(team_id or None, enterprise_id or None)
        if found is None:
            raise SlackProblem(SlackCode.NOT_INSTALLED, method="(installation)")
        return found

    async def _call(self, method: Method, arguments: Mapping[str, Any], *, team_id: str, channel: str = "") -> Answer:
        own = await self.installation(team_id)
        return await self._web_api.call(method, arguments, token=own.bot_token, tenant=own.home, channel=channel)


async def identify(web_api: WebApi, token: str) -> BotInstallation:
    """Who a bot token belongs to, by `auth.test`. Raises SlackProblem."""
    answer = await web_api.call(methods.AUTH_TEST, {}, token=token, tenant="")
    return BotInstallation(
        team_id=None if answer.get("is_enterprise_install") else answer.get("team_id"),
        enterprise_id=answer.get("enterprise_id"),
        bot_token=token,
        bot_user_id=_text(answer, "user_id"),
        bot_id=_text(answer, "bot_id"),
    )


def _metadata(key: str) -> Answer:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    key = (metadata.get("event_payload") or {}).get("key")
    return key if metadata.get("event_type") == EVENT_TYPE and isinstance(key, str) else None


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")
