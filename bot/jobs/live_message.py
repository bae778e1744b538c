"""The one live message about a meeting, in its owner's DM: always a picture of what is stored."""

import asyncio
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.jobs.bundle import Bundles
from bot.jobs.tools import Tools
from domain.decision import Decision
from domain.overview import LiveMessage, Overview
from domain.timeline import EffectRecord
from domain.words import Lead
from messages import approval_owner, reminder, state
from messages.blocks import Message
from messages.from_overview import view_of
from messages.i18n import translator
from messages.meeting_view import MeetingView
from storage import decisions, meetings, overviews

LOOKS = 5
"""How often a message that was just shown is compared with what is stored by then: another process may have changed
it meanwhile and shown its own picture first. Whoever writes last looks again, so that the last picture is a true one.
"""


class LiveMessages:
    def __init__(self, tools: Tools, bundles: Bundles) -> None:
        self._tools = tools
        self._bundles = bundles
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show(self, team_id: str, meeting_id: str, *, key: str, undone: Decision | None = None) -> LiveMessage:
        """Bring the message up to date, or post it under `key` where there is none (any more).

        One at a time per meeting: what is read last is shown last.
        """
        async with self._lock(meeting_id):
            overview = await self._load(team_id, meeting_id)
            records = await self._tools.database.read(decisions.effects, undone.id) if undone else ()
            message = self._picture(overview, undone=undone, records=records)
            live = overview.live_message
            if live is None or not await self._tools.posting.edit(team_id, live, _key(overview), message):
                live = await self._post(overview, key, message)
                await self._point_there(overview, live)
            await self._look_again(overview, live)
        await self._bundles.refresh(team_id, meeting_id)
        return live

    async def show_anew(self, team_id: str, meeting_id: str, *, key: str) -> None:
        """What its owner has to hear of now: nobody is told of an edit."""
        overview = await self._load(team_id, meeting_id)
        await self.post_anew(overview, key=key, message=self._picture(overview))

    async def refresh(self, team_id: str, meeting_id: str) -> None:
        """Bring the message up to date where there is one."""
        async with self._lock(meeting_id):
            overview = await self._load(team_id, meeting_id)
            live = overview.live_message
            if live is not None:
                await self._tools.posting.edit(team_id, live, _key(overview), self._picture(overview))
                await self._look_again(overview, live)
        await self._bundles.refresh(team_id, meeting_id)

    async def post_anew(self, overview: Overview, *, key: str, message: Message) -> None:
        """A new message takes the place of the one before, which then only points to it."""
        meeting = overview.meeting
        async with self._lock(meeting.id):
            before = (await self._load(meeting.team_id, meeting.id)).live_message
            live = await self._post(overview, key, message)
            if before is not None and before != live:
                t = translator(overview.owner.language)
                pointer = reminder.superseded_pointer(t, self.view(overview), self._tools.clock.now())
                await self._tools.posting.edit(meeting.team_id, before, f"older-{before.ts}", pointer)
            # Last: after a crash before it, the next try still knows which message it has to turn into a pointer.
            await self._point_there(overview, live)
            await self._look_again(overview, live)

    def view(self, overview: Overview) -> MeetingView:
        now = self._tools.clock.now()
        return view_of(overview, now, mail_sender_configured=self._tools.mail is not None)

    def _lock(self, meeting_id: str) -> asyncio.Lock:
        return self._locks.setdefault(meeting_id, asyncio.Lock())

    async def _load(self, team_id: str, meeting_id: str) -> Overview:
        return await self._tools.database.read(overviews.load, team_id, meeting_id, self._tools.clock.now())

    async def _post(self, overview: Overview, key: str, message: Message) -> LiveMessage:
        meeting = overview.meeting
        return await self._tools.posting.to_member(meeting.team_id, meeting.owner_id, key, message)

    async def _point_there(self, overview: Overview, live: LiveMessage) -> None:
        meeting = overview.meeting
        await self._tools.database.run(meetings.set_live_message, meeting.team_id, meeting.id, live.channel, live.ts)

    async def _look_again(self, shown: Overview, live: LiveMessage) -> None:
        for _ in range(LOOKS):
            fresh = await self._load(shown.meeting.team_id, shown.meeting.id)
            if _told(fresh) == _told(shown) or fresh.live_message != live:
                return
            await self._tools.posting.edit(shown.meeting.team_id, live, _key(fresh), self._picture(fresh))
            shown = fresh

    def _picture(
        self, overview: Overview, *, undone: Decision | None = None, records: tuple[EffectRecord, ...] = ()
    ) -> Message:
        t, now = translator(overview.owner.language), self._tools.clock.now()
        view = self.view(overview)
        if overview.meeting.cancelled:
            return reminder.withdrawn(t, view, now, "cancelled")
        request = overview.request
        if request is not None and request.is_open and not overview.meeting.has_started(now):
            return approval_owner.requested(t, view, request, now)
        if overview.decision is not None:
            return state.decided(t, view, now)
        if overview.meeting.has_started(now):
            return reminder.withdrawn(t, view, now, "over")
        if undone is not None:
            return state.undone(t, replace(view, decision=undone, effects=records), now)
        if request is not None and request.is_turned_down:
            return approval_owner.turned_down(t, view, request, now)
        return reminder.reminder(t, view, now, Lead.DECIDE)


def _key(overview: Overview) -> str:
    return f"meeting-{overview.meeting.id}"


def _told(overview: Overview) -> tuple[object, ...]:
    """What the message tells, without what time alone changes."""
    return overview.meeting, overview.client, overview.decision, overview.effects, overview.delegate, overview.request
