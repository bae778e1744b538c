"""From the entries of a calendar to the meetings with clients in it, the outside domains that may be clients, and when
its owner is busy.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.client import Client
from domain.eligibility import WhyNot, client_met, mode_of, outside_people, takes_time, why_not
from domain.free_time import Span
from domain.ids import new_id
from domain.kinds import guess_kind
from domain.matching import ClientBook, own_domains, unknown_domains
from domain.meeting import CalendarEntry, Meeting, Source, SyncWindow
from domain.member import Member, Workspace
from domain.words import MeetingKind

BREATH = 100
"""Entries that are looked at before the event loop gets its turn: about 2 ms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    meetings: list[Meeting] = field(default_factory=list)
    """Without stored ids: those are matched by `storage.meetings.apply`."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Outside domain → an address that was seen there, in order of appearance."""
    busy: list[Span] = field(default_factory=list)
    """When entries of any kind take the owner's time, as they come; empty where that was not asked for."""


class Sieve:
    """Knows the owner, the workspace and its clients; tells for each entry what it is."""

    def __init__(
        self,
        *,
        team_id: str,
        calendar_id: str | None,
        owner: Member,
        workspace: Workspace | None,
        clients: Sequence[Client],
        busy_within: SyncWindow | None = None,
    ) -> None:
        self._team_id = team_id
        self._calendar_id = calendar_id
        self._owner = owner
        self._clients = ClientBook.of(clients)
        self._owner_emails = (owner.email,) if owner.email else ()
        self._busy_within = busy_within
        self._own = own_domains(self._owner_emails) | frozenset(workspace.own_domains if workspace else ())

    async def sift(self, entries: Iterable[CalendarEntry]) -> Found:
        found = Found()
        for number, entry in enumerate(entries, 1):
            self._look_at(entry, found)
            self._note_busy(entry, found)
            if number % BREATH == 0:
                await asyncio.sleep(0)
        return found

    def _look_at(self, entry: CalendarEntry, found: Found) -> None:
        reason = why_not(entry, owner_emails=self._owner_emails, own_domains=self._own, clients=self._clients)
        if reason is None:
            found.meetings.append(self._meeting(entry))
        elif reason is WhyNot.UNKNOWN_OUTSIDE:
            self._note_unknown(entry, found)

    def _note_busy(self, entry: CalendarEntry, found: Found) -> None:
        within = self._busy_within
        if within is None or entry.ends_at <= within.starts_at or entry.starts_at >= within.ends_at:
            return
        if takes_time(entry, owner_emails=self._owner_emails):
            found.busy.append(Span(starts_at=entry.starts_at, ends_at=entry.ends_at))

    def _note_unknown(self, entry: CalendarEntry, found: Found) -> None:
        people = outside_people(entry, owner_emails=self._owner_emails, own_domains=self._own)
        for domain in unknown_domains(
            people, own_domains=self._own, clients=self._clients, own_addresses=self._owner_emails
        ):
            sample = next((person.email for person in people if person.domain == domain), "")
            found.unknown.setdefault(domain, sample)

    def _meeting(self, entry: CalendarEntry) -> Meeting:
        client = client_met(entry, owner_emails=self._owner_emails, own_domains=self._own, clients=self._clients)
        return Meeting(
            id=new_id(),
            team_id=self._team_id,
            owner_id=self._owner.user_id,
            client_id=client.id if client else None,
            source=Source.FEED,
            calendar_id=self._calendar_id,
            uid=entry.uid,
            occurrence=entry.occurrence,
            sequence=entry.sequence,
            title=entry.title,
            description=entry.description,
            location=entry.location,
            online_url=entry.online_url,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            time_zone=entry.time_zone,
            mode=mode_of(entry),
            kind=self._kind(entry, client),
            organiser=entry.organiser,
            attendees=entry.attendees,
        )

    def _kind(self, entry: CalendarEntry, client: Client | None) -> MeetingKind:
        return guess_kind(entry.title, attendees=entry.attendees, client_name=client.name if client else "")
