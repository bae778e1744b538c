"""Connecting calendars by their secret addresses: checked while the modal is open, kept encrypted, read by the jobs."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.client_meetings import Sieve
from bot.calendars.feed import Feed
from bot.calendars.protocol import FeedProblem
from bot.services.ports import Jobs
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.meeting import SyncWindow
from domain.member import Member
from domain.planned import Calendar, Form, FormKind
from messages.connect_page import ConnectCheck
from storage import calendars, clients, forms, meetings, outbox, workspaces
from storage.database import Database
from storage.outbox import Work
from storage.vault import Vault

LONGEST_URL = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectForm:
    form_id: str
    calendars: list[Calendar]


class Feeds:
    def __init__(self, *, database: Database, vault: Vault, clock: Clock, jobs: Jobs, feed: Feed) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._jobs = jobs
        self._feed = feed

    async def open(self, member: Member) -> ConnectForm:
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.CONNECT,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return ConnectForm(form_id=form.id, calendars=await self.connected(member))

    async def connected(self, member: Member) -> list[Calendar]:
        return await self._database.read(calendars.of_member, self._vault, member.team_id, member.user_id)

    async def check(self, member: Member, form_id: str, url: str, *, within_s: float | None = None) -> ConnectCheck:
        """What is at the address; a problem is part of the answer. Raises TimeoutError after `within_s` seconds.

        An address that was found good in this form is not read once more when it is submitted: `was_good`.
        """
        invalid = await self._refusal(member, url)
        if invalid is not None:
            return ConnectCheck(problem=invalid)
        now = self._clock.now()
        try:
            async with asyncio.timeout(within_s):
                reading = await self._feed.read(url, zone=member.time_zone, window=SyncWindow.around(now))
        except FeedProblem as problem:
            return ConnectCheck(problem=problem.invalid)
        entries = reading.entries or ()
        sieve = Sieve(
            team_id=member.team_id,
            calendar_id=None,
            owner=member,
            workspace=await self._database.read(workspaces.get, member.team_id),
            clients=await self._database.read(clients.all_of, member.team_id),
        )
        found = await sieve.sift(entries)
        coming = sum(meeting.starts_at > now for meeting in found.meetings)
        if await self._form(member, form_id) is not None:
            await self._database.run(forms.save_state, form_id, _fingerprint(form_id, url))
        return ConnectCheck(entries=len(entries), client_meetings=coming, unknown_domains=tuple(found.unknown))

    async def connect(self, member: Member, form_id: str, url: str) -> Calendar:
        """Keep an address that was checked, and read it at once. The form's id is the calendar's: twice is once."""
        if await self._form(member, form_id) is None:
            raise DomainError(Problem.FORM_EXPIRED)
        calendar = Calendar(
            id=form_id,
            team_id=member.team_id,
            owner_id=member.user_id,
            url=url.strip(),
            next_sync_at=self._clock.now(),
            connected_at=self._clock.now(),
        )
        invalid = _misspelt(url)
        if invalid is not None:
            raise FieldErrors({"url": invalid})
        kept = await self._database.run(calendars.add, self._vault, calendar)
        if kept is None:
            raise FieldErrors({"url": Invalid(InvalidCode.FEED_ALREADY_CONNECTED)})
        self._jobs.poke()
        return kept

    async def was_good(self, member: Member, form_id: str, url: str) -> bool:
        form = await self._form(member, form_id)
        return form is not None and form.state == _fingerprint(form_id, url)

    async def disconnect(self, member: Member, calendar_id: str) -> None:
        await self._database.run(_disconnect, member.team_id, member.user_id, calendar_id, self._clock.now())
        self._jobs.poke()

    async def _form(self, member: Member, form_id: str) -> Form | None:
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        return form if form is not None and form.kind is FormKind.CONNECT else None

    async def _refusal(self, member: Member, url: str) -> Invalid | None:
        invalid = _misspelt(url)
        if invalid is not None:
            return invalid
        if await self._database.read(calendars.url_known, member.team_id, member.user_id, url):
            return Invalid(InvalidCode.FEED_ALREADY_CONNECTED)
        return None


def _disconnect(session: Session, team_id: str, user_id: str, calendar_id: str, now: datetime) -> None:
    """Messages about its coming meetings say that they are cancelled: buttons that do nothing would stay there."""
    if not calendars.remove(session, team_id, user_id, calendar_id, now):
        raise DomainError(Problem.CALENDAR_NOT_FOUND)
    for meeting_id in meetings.shown_of_calendar(session, team_id, calendar_id, now):
        outbox.promise(session, team_id, Work.SHOW_MEETING, meeting_id, now, edition=f"gone-{calendar_id}")


def _misspelt(url: str) -> Invalid | None:
    """What can be said of an address without asking anybody."""
    address = url.strip()
    if not address:
        return Invalid(InvalidCode.REQUIRED)
    if len(address) > LONGEST_URL:
        return Invalid(InvalidCode.TOO_LONG, limit=LONGEST_URL)
    is_web = address.lower().startswith(("http://", "https://", "webcal://"))
    return None if is_web and address.isprintable() and " " not in address else Invalid(InvalidCode.NOT_A_URL)


def _fingerprint(form_id: str, url: str) -> str:
    """The address itself is a secret, and a form is stored as it is."""
    return hashlib.blake2b(
        url.strip().encode("utf-8", "replace"), key=form_id.encode()[:64], digest_size=32
    ).hexdigest()
