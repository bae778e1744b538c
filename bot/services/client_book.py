"""The client book: who the clients are, what happened with each, and the domains that may be new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from bot.services.contact_details import read_reachable
from bot.services.members import region_of
from bot.services.ports import Jobs
from domain import reading
from domain.client import Client, Contact
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.matching import clean_domain, is_public_domain
from domain.member import Member
from domain.planned import Form, FormKind, Proposal
from domain.words import Formality, Tier
from messages.i18n import LANGUAGES
from storage import calendars, clients, coming, forms, outbox, proposals
from storage.database import Database
from storage.outbox import Work

MOST_NAME = 150
MOST_NOTES = 3000
MOST_DOMAINS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientInput:
    """Raw values of the modal."""

    name: str = ""
    tier: str = ""
    share: str = ""
    domains: str = ""
    language: str = ""
    formality: str = ""
    zone: str = ""
    lead: str = ""
    renewal: str = ""
    open_complaint: bool = False
    glad_to_write: bool = False
    notes: str = ""
    contact_name: str = ""
    contact_email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientList:
    clients: Sequence[Client]
    coming: Mapping[str, int]
    """Coming meetings of the member by client id."""
    proposals: Sequence[Proposal]
    """Domains of the member's meetings that may be clients."""


class ClientBookService:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def all_of(self, team_id: str, user_id: str) -> ClientList:
        return await self._database.read(_list, team_id, user_id, self._clock.now())

    async def open_form(self, member: Member, *, client_id: str = "", domain: str = "") -> tuple[str, Client | None]:
        """A form for a new client (perhaps for a proposed `domain`) or for a known one; its id."""
        client = None
        if client_id:
            client = await self._database.read(clients.get, member.team_id, client_id)
            if client is None:
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
        return form.id, client

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
        client = await self._database.run(
            partial(_save, member=member, form_id=form_id, given=given, now=self._clock.now())
        )
        self._jobs.poke()
        return client


def _list(session: Session, team_id: str, user_id: str, now: datetime) -> ClientList:
    return ClientList(
        clients=clients.all_of(session, team_id),
        coming=coming.count_by_client(session, team_id, user_id, now),
        proposals=proposals.open_for(session, team_id, user_id),
    )


def _save(session: Session, *, member: Member, form_id: str, given: ClientInput, now: datetime) -> Client:
    form = forms.get(session, member.team_id, member.user_id, form_id)
    if form is None or form.kind is not FormKind.CLIENT:
        raise DomainError(Problem.FORM_EXPIRED)
    # A new client takes the form's id: the same form saved twice changes the client it made.
    client_id = form.subject_id or form_id
    known = clients.get(session, member.team_id, client_id)
    if known is None and form.subject_id:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    client, contact = _read(session, given, member, client_id, known)
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
    return client


def _settle(session: Session, team_id: str, domain: str, accepted: bool, now: datetime) -> None:
    if proposals.get(session, team_id, domain) is not None:
        proposals.settle(session, team_id, domain, accepted)
        outbox.promise(session, team_id, Work.PROPOSAL_SETTLED, domain, now, edition=f"{now.timestamp():.0f}")


def _read(
    session: Session, given: ClientInput, member: Member, client_id: str, known: Client | None
) -> tuple[Client, Contact | None]:
    errors: dict[str, Invalid] = {}
    name = " ".join(given.name.split())
    if not name:
        errors["name"] = Invalid(InvalidCode.REQUIRED)
    elif len(name) > MOST_NAME:
        errors["name"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_NAME)
    elif clients.name_taken(session, member.team_id, name, client_id):
        errors["name"] = Invalid(InvalidCode.NAME_TAKEN, value=name[:80])
    if given.tier not in list(Tier):
        errors["tier"] = Invalid(InvalidCode.REQUIRED)
    if len(given.notes) > MOST_NOTES:
        errors["notes"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_NOTES)
    domains = _domains(session, given, member.team_id, client_id, errors)
    share = _share(given, errors)
    renewal = _renewal(given, errors)
    _check_zone(given, errors)
    email, phone = read_reachable(given.contact_email, given.phone, region_of(member, known), errors)
    if errors:
        raise FieldErrors(errors)
    client = Client(
        id=client_id,
        team_id=member.team_id,
        name=name,
        tier=Tier(given.tier),
        revenue_share=share,
        domains=domains,
        language=given.language if given.language in LANGUAGES else member.language,
        formality=Formality.INFORMAL if given.formality == Formality.INFORMAL else Formality.FORMAL,
        time_zone=given.zone,
        lead_id=given.lead or None,
        lead_email=known.lead_email if known and not given.lead else "",
        renewal_on=renewal,
        open_complaint=given.open_complaint,
        glad_to_write=given.glad_to_write,
        notes=given.notes,
    )
    return client, _contact(given, client_id, known, email, phone)


def _domains(
    session: Session, given: ClientInput, team_id: str, client_id: str, errors: dict[str, Invalid]
) -> tuple[str, ...]:
    found: list[str] = []
    for piece in given.domains.replace(",", " ").replace(";", " ").split()[:MOST_DOMAINS]:
        try:
            domain = clean_domain(piece)
        except ValueError:
            errors["domains"] = Invalid(InvalidCode.NOT_A_DOMAIN, value=piece[:80])
            break
        taken = clients.domain_taken(session, team_id, domain, client_id)
        if is_public_domain(domain):
            errors["domains"] = Invalid(InvalidCode.PUBLIC_DOMAIN, value=domain)
        elif taken is not None:
            errors["domains"] = Invalid(InvalidCode.DOMAIN_TAKEN, domain=domain, client=taken[:80])
        elif domain not in found:
            found.append(domain)
    return tuple(found)


def _share(given: ClientInput, errors: dict[str, Invalid]) -> float | None:
    if not given.share:
        return None
    try:
        return reading.share(given.share if "%" in given.share else f"{given.share}%")
    except ValueError:
        errors["share"] = Invalid(InvalidCode.NOT_A_SHARE)
        return None


def _renewal(given: ClientInput, errors: dict[str, Invalid]) -> date | None:
    if not given.renewal:
        return None
    try:
        return date.fromisoformat(given.renewal)
    except ValueError:
        errors["renewal"] = Invalid(InvalidCode.NOT_A_DATE)
        return None


def _check_zone(given: ClientInput, errors: dict[str, Invalid]) -> None:
    if given.zone:
        try:
            ZoneInfo(given.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            errors["zone"] = Invalid(InvalidCode.NOT_A_ZONE, value=given.zone[:80])


def _contact(given: ClientInput, client_id: str, known: Client | None, email: str, phone: str) -> Contact | None:
    """The first contact, as the modal shows it."""
    if not (given.contact_name or email or phone):
        return None
    before = known.contacts[0] if known and known.contacts else None
    return Contact(
        id=before.id if before else new_id(),
        client_id=client_id,
        name=given.contact_name[:MOST_NAME] or email or phone,
        email=email,
        phone=phone,
        language=before.language if before else "",
        time_zone=before.time_zone if before else "",
    )
