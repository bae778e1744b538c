"""The one live message about a meeting, in its owner's DM: always a picture of what is stored."""

import asyncio
from collections import defaultdict
from dataclasses import replace

from bot.jobs.tools import Tools
from domain.decision import Decision
from domain.overview import LiveMessage, Overview
from domain.timeline import EffectRecord
from domain.words import Lead
from messages import reminder, state
from messages.blocks import Message
from messages.from_overview import view_of
from messages.i18n import translator
from messages.meeting_view import MeetingView
from storage import decisions, meetings, overviews


class LiveMessages:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def show(self, team_id: str, meeting_id: str, *, key: str, undone: Decision | None = None) -> LiveMessage:
        """Bring the message up to date, or post it under `key` where there is none (any more).

        One at a time per meeting: what is read last is shown last.
        """
        async with self._locks[meeting_id]:
            overview = await self._tools.database.read(overviews.load, team_id, meeting_id, self._tools.clock.now())
            records = await self._tools.database.read(decisions.effects, undone.id) if undone else ()
            message = self._picture(overview, undone=undone, records=records)
            live = overview.live_message
            if live is not None and await self._tools.posting.edit(team_id, live, f"meeting-{meeting_id}", message):
                return live
            return await self._post(overview, key, message)

    async def refresh(self, team_id: str, meeting_id: str) -> None:
        """Bring the message up to date where there is one."""
        async with self._locks[meeting_id]:
            overview = await self._tools.database.read(overviews.load, team_id, meeting_id, self._tools.clock.now())
            if overview.live_message is not None:
                await self._tools.posting.edit(
                    team_id, overview.live_message, f"meeting-{meeting_id}", self._picture(overview)
                )

    async def post_anew(self, overview: Overview, *, key: str, message: Message) -> None:
        """A new message takes the place of the one before, which then only points to it."""
        meeting = overview.meeting
        async with self._locks[meeting.id]:
            before = overview.live_message
            live = await self._post(overview, key, message)
            if before is not None and before != live:
                t = translator(overview.owner.language)
                pointer = reminder.superseded_pointer(t, self.view(overview), self._tools.clock.now())
                await self._tools.posting.edit(meeting.team_id, before, f"older-{before.ts}", pointer)

    async def _post(self, overview: Overview, key: str, message: Message) -> LiveMessage:
        meeting = overview.meeting
        live = await self._tools.posting.to_member(meeting.team_id, meeting.owner_id, key, message)
        await self._tools.database.run(meetings.set_live_message, meeting.team_id, meeting.id, live.channel, live.ts)
        return live

    def view(self, overview: Overview) -> MeetingView:
        now = self._tools.clock.now()
        return view_of(overview, now, mail_sender_configured=self._tools.mail is not None)

    def _picture(
        self, overview: Overview, *, undone: Decision | None = None, records: tuple[EffectRecord, ...] = ()
    ) -> Message:
        t, now = translator(overview.owner.language), self._tools.clock.now()
        view = self.view(overview)
        if overview.meeting.cancelled:
            return reminder.withdrawn(t, view, now, "cancelled")
        if overview.decision is not None:
            return state.decided(t, view, now)
        if overview.meeting.has_started(now):
            return reminder.withdrawn(t, view, now, "over")
        if undone is not None:
            return state.undone(t, replace(view, decision=undone, effects=records), now)
        return reminder.reminder(t, view, now, Lead.DECIDE)
