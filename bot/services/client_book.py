"""The client book: who the clients are, and the domains that may be new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.calendars.work_week import policy_of
from bot.services.client_input import ClientInput, read_client
from bot.services.ports import Jobs
from domain.client import Client
from domain.clock import Clock
from domain.errors import DomainError, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import Form, FormKind, Proposal
from domain.policy import Policy
from domain.tiering import standing
from storage import calendars, client_changes, clients, coming, forms, outbox, proposals, workspaces
from storage.database import Database
from storage.outbox import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientList:
    clients: Sequence[Client]
    """Without those that were archived."""
    coming: Mapping[str, int]
    """Coming meetings of the member by client id."""
    proposals: Sequence[Proposal]
    """Domains of the member's meetings that may be clients."""
    to_look_at: int
    """Clients whose tier is another one than their revenue suggests."""
    archived: Sequence[Client]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientForm:
    """An open window for a client; None: for a new one."""

    id: str
    client: Client | None
    policy: Policy


class ClientBookService:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def all_of(self, team_id: str, user_id: str) -> ClientList:
        return await self._database.read(_list, team_id, user_id, self._clock.now())

    async def open_form(self, member: Member, *, client_id: str = "", domain: str = "") -> ClientForm:
        """A form for a new client (perhaps for a proposed `domain`) or for a known one."""
        client, policy = await self._database.read(_client_and_policy, member.team_id, client_id)
        if client_id and client is None:
            raise DomainError(Problem.CLIENT_NOT_FOUND)
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.CLIENT,
            subject_id=client_id,
            state=domain,
            opened_at=self._clock.now(),
        )
        await self._database.run(forms.open_, form)
        return ClientForm(id=form.id, client=client, policy=policy)

    async def proposal(self, team_id: str, domain: str) -> Proposal:
        """The open proposal for a domain. Raises DomainError where it was answered already."""
        found = await self._database.read(proposals.get, team_id, domain)
        if found is None:
            raise DomainError(Problem.PROPOSAL_GONE)
        return found

    async def dismiss(self, team_id: str, domain: str) -> None:
        await self.proposal(team_id, domain)
        await self._database.run(_settle, team_id, domain, False, self._clock.now())
        self._jobs.poke()

    async def save(self, member: Member, form_id: str, given: ClientInput) -> Client:
        """Add the client or change it; calendars are then read anew for its meetings. Raises FieldErrors."""
        work = partial(_save, member=member, form_id=form_id, given=given, now=self._clock.now())
        try:
            client = await self._database.run(work)
        except IntegrityError:
            # Somebody else took the name or the domain in the same moment: now it is to be seen who has it.
            client = await self._database.run(work)
        self._jobs.poke()
        return client


def _list(session: Session, team_id: str, user_id: str, now: datetime) -> ClientList:
    everybody = clients.all_of(session, team_id)
    active = [client for client in everybody if client.archived_at is None]
    policy = policy_of(workspaces.get(session, team_id))
    found = (standing(client, policy) for client in active)
    return ClientList(
        clients=active,
        coming=coming.count_by_client(session, team_id, user_id, now),
        proposals=proposals.open_for(session, team_id, user_id),
        to_look_at=sum(one is not None and not one.fits for one in found),
        archived=[client for client in everybody if client.archived_at is not None],
    )


def _client_and_policy(session: Session, team_id: str, client_id: str) -> tuple[Client | None, Policy]:
    client = clients.get(session, team_id, client_id) if client_id else None
    return client, policy_of(workspaces.get(session, team_id))


def _save(session: Session, *, member: Member, form_id: str, given: ClientInput, now: datetime) -> Client:
    form = forms.get(session, member.team_id, member.user_id, form_id)
    if form is None or form.kind is not FormKind.CLIENT:
        raise DomainError(Problem.FORM_EXPIRED)
    # A new client takes the form's id: the same form saved twice changes the client it made.
    client_id = form.subject_id or form_id
    client_changes.hold(session, member.team_id, [client_id])
    known = clients.get(session, member.team_id, client_id)
    if known is None and form.subject_id:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    client, contact = read_client(session, given, member, client_id, known, now)
    if known is None:
        clients.add(session, client)
    else:
        clients.update(session, client)
    if contact is not None:
        clients.save_contact(session, member.team_id, contact)
    for domain in {*client.domains, form.state} - {""}:
        _settle(session, member.team_id, domain, True, now)
    if known is None or set(known.domains) != set(client.domains):
        calendars.forget_validators(session, member.team_id)
    clients.reckon_shares(session, member.team_id)
    return clients.get(session, member.team_id, client_id) or client


def _settle(session: Session, team_id: str, domain: str, accepted: bool, now: datetime) -> None:
    if proposals.get(session, team_id, domain) is not None:
        proposals.settle(session, team_id, domain, accepted)
        outbox.promise(session, team_id, Work.PROPOSAL_SETTLED, domain, now, edition=f"{now.timestamp():.0f}")
