"""A client as a whole: two made one, one archived, one brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rapidfuzz import fuzz
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.services.ports import Jobs
from bot.services.reminding import plan_again
from domain.approval import ApprovalState
from domain.client import Client
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.merging import merged
from domain.planned import Form, FormKind
from storage import calendars, client_changes, clients, forms, meetings, members, outbox, requests
from storage.client_changes import Belongings
from storage.database import Database
from storage.outbox import Work

MOST_CHOICES = 100
"""Options of a menu."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeStart:
    form_id: str
    client: Client
    others: Sequence[Client]
    """Whose name is most like it first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeCheck:
    """What is to be confirmed: `other` and all that it has goes into `kept`."""

    form_id: str
    kept: Client
    other: Client
    moves: Belongings


class ClientChanges:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def begin_merge(self, member: Member, client_id: str) -> MergeStart:
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.MERGE,
            subject_id=client_id,
            opened_at=self._clock.now(),
        )
        return await self._database.run(_begin, form)

    async def choose(self, member: Member, form_id: str, other_id: str) -> MergeCheck:
        """The other one is chosen; nothing happens yet. Raises FieldErrors and DomainError."""
        return await self._database.run(_choose, member, form_id, other_id)

    async def merge(self, member: Member, form_id: str, keep_other_name: bool) -> Client:
        """The client that stays. Sent twice, it finds that it is done. Raises DomainError."""
        work = partial(_merge, member, form_id, keep_other_name, self._clock.now())
        try:
            client = await self._database.run(work)
        except IntegrityError:
            client = await self._database.run(work)
        self._jobs.poke()
        return client

    async def archive(self, team_id: str, client_id: str) -> Client:
        client = await self._database.run(_archive, team_id, client_id, self._clock.now())
        self._jobs.poke()
        return client

    async def bring_back(self, team_id: str, client_id: str) -> Client:
        client = await self._database.run(_bring_back, team_id, client_id, self._clock.now())
        self._jobs.poke()
        return client


def _begin(session: Session, form: Form) -> MergeStart:
    client = _get(session, form.team_id, form.subject_id)
    others = [one for one in clients.active(session, form.team_id) if one.id != client.id]
    alike = sorted(
        others, key=lambda one: (-fuzz.token_set_ratio(one.name.casefold(), client.name.casefold()), one.name)
    )
    forms.open_(session, form)
    return MergeStart(form_id=form.id, client=client, others=alike[:MOST_CHOICES])


def _choose(session: Session, member: Member, form_id: str, other_id: str) -> MergeCheck:
    form = _form(session, member, form_id)
    if not other_id:
        raise FieldErrors({"client": Invalid(InvalidCode.REQUIRED)})
    if other_id == form.subject_id:
        raise FieldErrors({"client": Invalid(InvalidCode.SAME_CLIENT)})
    kept, other = _get(session, member.team_id, form.subject_id), _get(session, member.team_id, other_id)
    forms.save_state(session, form.id, other.id)
    moves = client_changes.belongings(session, member.team_id, other.id)
    return MergeCheck(form_id=form.id, kept=kept, other=other, moves=moves)


def _merge(member: Member, form_id: str, keep_other_name: bool, now: datetime, session: Session) -> Client:
    form = _form(session, member, form_id)
    client_changes.hold(session, member.team_id, [form.subject_id, form.state])
    kept = _get(session, member.team_id, form.subject_id)
    other = clients.get(session, member.team_id, form.state) if form.state else None
    if other is None:
        return kept
    coming = client_changes.coming_of(session, member.team_id, other.id, now)
    client_changes.merge(session, merged(kept, other, other.name if keep_other_name else kept.name), other.id)
    clients.reckon_shares(session, member.team_id)
    calendars.forget_validators(session, member.team_id)
    _show(session, member.team_id, coming, now)
    return _get(session, member.team_id, kept.id)


def _archive(session: Session, team_id: str, client_id: str, now: datetime) -> Client:
    _get(session, team_id, client_id)
    gone = client_changes.archive(session, team_id, client_id, now)
    for meeting_id in gone:
        requests.end_of_meeting(session, team_id, meeting_id, ApprovalState.WITHDRAWN, now)
    # A calendar that is being read at this moment still takes the client for one of ours.
    calendars.forget_validators(session, team_id)
    clients.reckon_shares(session, team_id)
    _show(session, team_id, gone, now)
    return _get(session, team_id, client_id)


def _bring_back(session: Session, team_id: str, client_id: str, now: datetime) -> Client:
    _get(session, team_id, client_id)
    for meeting_id in client_changes.bring_back(session, team_id, client_id, now):
        meeting = meetings.get(session, team_id, meeting_id)
        owner = members.get(session, team_id, meeting.owner_id) if meeting else None
        if meeting is not None and owner is not None:
            plan_again(session, meeting, owner, now)
            _show(session, team_id, [meeting_id], now)
    clients.reckon_shares(session, team_id)
    calendars.forget_validators(session, team_id)
    return _get(session, team_id, client_id)


def _show(session: Session, team_id: str, meeting_ids: Sequence[str], now: datetime) -> None:
    """Messages about these meetings must not go on telling the old story."""
    for meeting_id in meeting_ids:
        if meetings.live_message(session, team_id, meeting_id) is not None:
            edition = f"{now:%Y%m%dT%H%M%S%f}"
            outbox.promise(session, team_id, Work.SHOW_MEETING, meeting_id, now, edition=edition)


def _form(session: Session, member: Member, form_id: str) -> Form:
    form = forms.get(session, member.team_id, member.user_id, form_id)
    if form is None or form.kind is not FormKind.MERGE:
        raise DomainError(Problem.FORM_EXPIRED)
    return form


def _get(session: Session, team_id: str, client_id: str) -> Client:
    client = clients.get(session, team_id, client_id)
    if client is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    return client
