"""The people at a client: added, changed, put first, removed."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.services.client_input import MOST_NAME, read_zone
from bot.services.contact_details import read_reachable
from bot.services.members import region_of
from domain.client import Client, Contact
from domain.clock import Clock
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.member import Member
from domain.planned import Form, FormKind
from messages.i18n import LANGUAGES
from storage import calendars, clients, forms
from storage.database import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactInput:
    """Raw values of the form."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    """One of ours; anything else: as the company."""
    zone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactDesk:
    """An open window on a client's people; `contact` is the one it is about just now, None: a new one."""

    form_id: str
    client: Client
    contact: Contact | None = None


class Contacts:
    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, member: Member, client_id: str) -> ContactDesk:
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.CONTACT,
            subject_id=client_id,
            opened_at=self._clock.now(),
        )
        return await self._database.run(_open, form)

    async def pick(self, member: Member, form_id: str, contact_id: str) -> ContactDesk:
        """Turn the window to one contact, or (an empty id) to a new one."""
        return await self._database.run(_pick, member, form_id, contact_id)

    async def save(self, member: Member, form_id: str, given: ContactInput) -> ContactDesk:
        """Raises FieldErrors. The same form sent twice changes the contact that it made."""
        work = partial(_save, member=member, form_id=form_id, given=given)
        try:
            return await self._database.run(work)
        except IntegrityError:
            return await self._database.run(work)

    async def make_first(self, member: Member, form_id: str, contact_id: str) -> ContactDesk:
        return await self._database.run(_make_first, member, form_id, contact_id)

    async def remove(self, member: Member, form_id: str, contact_id: str) -> ContactDesk:
        return await self._database.run(_remove, member, form_id, contact_id)


def _open(session: Session, form: Form) -> ContactDesk:
    client = _client(session, form.team_id, form.subject_id)
    forms.open_(session, form)
    return ContactDesk(form_id=form.id, client=client)


def _pick(session: Session, member: Member, form_id: str, contact_id: str) -> ContactDesk:
    form, client = _desk(session, member, form_id)
    contact = next((one for one in client.contacts if one.id == contact_id), None)
    if contact_id and contact is None:
        raise DomainError(Problem.CONTACT_NOT_FOUND)
    forms.save_state(session, form.id, contact_id or new_id())
    return ContactDesk(form_id=form.id, client=client, contact=contact)


def _save(session: Session, *, member: Member, form_id: str, given: ContactInput) -> ContactDesk:
    form, client = _desk(session, member, form_id)
    if not form.state:
        raise DomainError(Problem.FORM_EXPIRED)
    contact = _read(given, member, client, form.state)
    known = any(one.id == contact.id for one in client.contacts)
    if known:
        clients.replace_contact(session, member.team_id, contact)
    else:
        clients.add_contact(session, member.team_id, contact)
    # Who has an address of a client's contact is with that client, whatever the domain.
    calendars.forget_validators(session, member.team_id)
    return ContactDesk(form_id=form.id, client=_client(session, member.team_id, client.id))


def _make_first(session: Session, member: Member, form_id: str, contact_id: str) -> ContactDesk:
    form, client = _desk(session, member, form_id)
    ids = [one.id for one in client.contacts]
    if contact_id not in ids:
        raise DomainError(Problem.CONTACT_NOT_FOUND)
    order = [contact_id, *(one for one in ids if one != contact_id)]
    clients.order_contacts(session, member.team_id, client.id, order)
    return ContactDesk(form_id=form.id, client=_client(session, member.team_id, client.id))


def _remove(session: Session, member: Member, form_id: str, contact_id: str) -> ContactDesk:
    """One who is gone already is fine."""
    form, client = _desk(session, member, form_id)
    if clients.remove_contact(session, member.team_id, client.id, contact_id):
        calendars.forget_validators(session, member.team_id)
    return ContactDesk(form_id=form.id, client=_client(session, member.team_id, client.id))


def _desk(session: Session, member: Member, form_id: str) -> tuple[Form, Client]:
    form = forms.get(session, member.team_id, member.user_id, form_id)
    if form is None or form.kind is not FormKind.CONTACT:
        raise DomainError(Problem.FORM_EXPIRED)
    return form, _client(session, member.team_id, form.subject_id)


def _client(session: Session, team_id: str, client_id: str) -> Client:
    client = clients.get(session, team_id, client_id)
    if client is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    return client


def _read(given: ContactInput, member: Member, client: Client, contact_id: str) -> Contact:
    errors: dict[str, Invalid] = {}
    name = " ".join(given.name.split())
    if not name:
        errors["contact_name"] = Invalid(InvalidCode.REQUIRED)
    elif len(name) > MOST_NAME:
        errors["contact_name"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_NAME)
    zone = read_zone(given.zone, errors)
    email, phone = read_reachable(given.email, given.phone, region_of(member, client), errors)
    if email and any(one.email == email and one.id != contact_id for one in client.contacts):
        errors["contact_email"] = Invalid(InvalidCode.EMAIL_TAKEN)
    if errors:
        raise FieldErrors(errors)
    return Contact(
        id=contact_id,
        client_id=client.id,
        name=name,
        email=email,
        phone=phone,
        language=given.language if given.language in LANGUAGES else "",
        time_zone=zone,
    )
