"""The one message about decisions that were made in one go: posted once, then always a picture of what is stored."""

import asyncio
from weakref import WeakValueDictionary

import structlog

from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.sick_day import Bundle
from messages.blocks import Message
from messages.i18n import translator
from messages.sick_page_bundle import bundle_message
from storage import bundles

log = structlog.get_logger()

LOOKS = 3
"""How often what was shown is compared with what is stored by then, as another process may have changed it."""


class Bundles:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def run(self, team_id: str, bundle_id: str) -> None:
        await self._tools.steps("show", self.show, team_id, bundle_id)

    async def show(self, team_id: str, bundle_id: str) -> None:
        """Post the message where it is not there yet, else bring it up to date."""
        try:
            await self._draw(team_id, bundle_id, posts=True)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            log.warning("owner_unreachable", bundle=bundle_id, code=problem.code.value)

    async def refresh(self, team_id: str, meeting_id: str) -> None:
        """Bring the message up to date of the bundle that this meeting was last decided on in, if it was in one."""
        bundle_id = await self._tools.database.read(bundles.latest_of, team_id, meeting_id)
        if bundle_id:
            await self._draw(team_id, bundle_id, posts=False)

    async def _draw(self, team_id: str, bundle_id: str, *, posts: bool) -> None:
        """One at a time: what is read last is shown last."""
        async with self._locks.setdefault(bundle_id, asyncio.Lock()):
            shown: Message | None = None
            for _ in range(LOOKS):
                bundle = await self._load(team_id, bundle_id)
                if bundle is None:
                    return
                message = self._picture(bundle)
                if message == shown or not await self._put(bundle, message, posts=posts):
                    return
                shown = message

    async def _put(self, bundle: Bundle, message: Message, *, posts: bool) -> bool:
        """Whether there is something to look at again."""
        key = f"bundle-{bundle.id}"
        live = await self._tools.posting.posted(bundle.team_id, key)
        if live is not None:
            return await self._tools.posting.edit(bundle.team_id, live, key, message)
        if posts:
            await self._tools.posting.to_member(bundle.team_id, bundle.owner.user_id, key, message)
        return posts

    async def _load(self, team_id: str, bundle_id: str) -> Bundle | None:
        return await self._tools.database.read(bundles.load, team_id, bundle_id, self._tools.clock.now())

    def _picture(self, bundle: Bundle) -> Message:
        sends_mail = self._tools.mail is not None
        return bundle_message(translator(bundle.owner.language), bundle, self._tools.clock.now(), sends_mail=sends_mail)
