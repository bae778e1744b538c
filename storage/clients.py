"""The client book: clients with their domains and contacts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy import update as change
from sqlalchemy.orm import Session

from domain.client import Client, Contact, contact_among
from domain.tiering import shares
from domain.words import Tier
from storage.models import ClientDomainRow, ClientRow, ContactRow, table_of
from storage.rows import Shape, affected

CLIENTS = table_of(ClientRow)
DOMAINS = table_of(ClientDomainRow)
CONTACTS = table_of(ContactRow)
CLIENT = Shape(Client, CLIENTS)
CONTACT = Shape(Contact, CONTACTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportCounts:
    added: int
    updated: int


def get(session: Session, team_id: str, client_id: str) -> Client | None:
    return next(iter(_load(session, CLIENTS.c.team_id == team_id, CLIENTS.c.id == client_id)), None)


def all_of(session: Session, team_id: str) -> list[Client]:
    """With domains and contacts, by name; archived ones among them."""
    return _load(session, CLIENTS.c.team_id == team_id)


def active(session: Session, team_id: str) -> list[Client]:
    """As `all_of`, without those that were archived."""
    return _load(session, CLIENTS.c.team_id == team_id, CLIENTS.c.archived_at.is_(None))


def led_by(session: Session, team_id: str, user_id: str) -> list[Client]:
    """Not archived, by name."""
    mine = (CLIENTS.c.lead_id == user_id, CLIENTS.c.archived_at.is_(None))
    return _load(session, CLIENTS.c.team_id == team_id, *mine)


def leads(session: Session) -> list[tuple[str, str]]:
    """Team and user ids of all who lead a client that is not archived, in every workspace."""
    rows = session.execute(
        select(CLIENTS.c.team_id, CLIENTS.c.lead_id)
        .where(CLIENTS.c.lead_id.is_not(None), CLIENTS.c.archived_at.is_(None))
        .distinct()
        .order_by(CLIENTS.c.team_id, CLIENTS.c.lead_id)
    )
    return [(team_id, lead_id) for team_id, lead_id in rows if lead_id]


def by_name(session: Session, team_id: str, name: str) -> Client | None:
    """One that is not archived."""
    mine = (CLIENTS.c.name_key == _key(name), CLIENTS.c.archived_at.is_(None))
    found = _load(session, CLIENTS.c.team_id == team_id, *mine)
    return next(iter(found), None)


def domains(session: Session, team_id: str) -> dict[str, str]:
    """Domain to client id."""
    rows = session.execute(select(DOMAINS.c.domain, DOMAINS.c.client_id).where(DOMAINS.c.team_id == team_id))
    return {row.domain: row.client_id for row in rows}


def name_taken(session: Session, team_id: str, name: str, but_not: str | None = None) -> bool:
    """Whether another client than `but_not` has this name, in whatever case."""
    statement = select(CLIENTS.c.id).where(CLIENTS.c.team_id == team_id, CLIENTS.c.name_key == _key(name))
    found = session.scalar(statement)
    return found is not None and found != but_not


def domain_taken(session: Session, team_id: str, domain: str, but_not: str | None = None) -> str | None:
    """The name of another client than `but_not` that has this domain."""
    row = session.execute(
        select(CLIENTS.c.id, CLIENTS.c.name)
        .join(DOMAINS, DOMAINS.c.client_id == CLIENTS.c.id)
        .where(DOMAINS.c.team_id == team_id, DOMAINS.c.domain == domain.lower())
    ).first()
    return None if row is None or row.id == but_not else str(row.name)


def add(session: Session, client: Client) -> None:
    """With its domains and contacts. Raises sqlalchemy.exc.IntegrityError where the name or a domain is taken."""
    session.execute(insert(CLIENTS).values(**_values(client)))
    _write_domains(session, client)
    for contact in client.contacts:
        add_contact(session, client.team_id, contact)


def update(session: Session, client: Client) -> None:
    """Replaces the fields and the domains; the contacts stay. Nothing happens where the team has no such client.
    Raises as `add` does.
    """
    mine = (CLIENTS.c.team_id == client.team_id, CLIENTS.c.id == client.id)
    if affected(session, change(CLIENTS).where(*mine).values(**_values(client))):
        _write_domains(session, client)


def add_contact(session: Session, team_id: str, contact: Contact) -> None:
    """Raises LookupError where the team has no such client."""
    mine = (CLIENTS.c.team_id == team_id, CLIENTS.c.id == contact.client_id)
    if session.scalar(select(CLIENTS.c.id).where(*mine)) is None:
        raise LookupError(f"no client {contact.client_id} in {team_id}")
    last = session.scalar(select(func.max(CONTACTS.c.position)).where(CONTACTS.c.client_id == contact.client_id))
    values = CONTACT.values(replace(contact, email=contact.email.lower()))
    session.execute(insert(CONTACTS).values(**values, team_id=team_id, position=0 if last is None else last + 1))


def save_contact(session: Session, team_id: str, contact: Contact) -> None:
    """Adds the contact, or changes the one of this client with the same address (without one: with the same name),
    else the one with the same id, who has another address now. What is empty in `contact` leaves what was known.
    """
    mine = (CONTACTS.c.team_id == team_id, CONTACTS.c.client_id == contact.client_id)
    same = CONTACTS.c.email == contact.email.lower() if contact.email else CONTACTS.c.name == contact.name
    known = session.scalar(select(CONTACTS.c.id).where(*mine, same))
    known = known or session.scalar(select(CONTACTS.c.id).where(*mine, CONTACTS.c.id == contact.id))
    if known is None:
        add_contact(session, team_id, contact)
        return
    told = {
        "name": contact.name,
        "email": contact.email.lower(),
        "phone": contact.phone,
        "language": contact.language,
        "time_zone": contact.time_zone,
    }
    changes = {field: text for field, text in told.items() if text}
    if changes:
        session.execute(change(CONTACTS).where(CONTACTS.c.id == known).values(**changes))


def replace_contact(session: Session, team_id: str, contact: Contact) -> None:
    """All that is known of the contact, also what is empty now; it keeps its place. Raises IntegrityError where
    another contact of the client has the address.
    """
    values = CONTACT.values(replace(contact, email=contact.email.lower()))
    mine = (CONTACTS.c.team_id == team_id, CONTACTS.c.client_id == contact.client_id, CONTACTS.c.id == contact.id)
    session.execute(change(CONTACTS).where(*mine).values(**values))


def remove_contact(session: Session, team_id: str, client_id: str, contact_id: str) -> bool:
    """False where the client has no such contact."""
    mine = (CONTACTS.c.team_id == team_id, CONTACTS.c.client_id == client_id, CONTACTS.c.id == contact_id)
    return affected(session, delete(CONTACTS).where(*mine)) == 1


def order_contacts(session: Session, team_id: str, client_id: str, contact_ids: Sequence[str]) -> None:
    """The first is whom drafts turn to where nobody of theirs is invited."""
    mine = (CONTACTS.c.team_id == team_id, CONTACTS.c.client_id == client_id)
    for position, contact_id in enumerate(contact_ids):
        session.execute(change(CONTACTS).where(*mine, CONTACTS.c.id == contact_id).values(position=position))


def review_tier(session: Session, team_id: str, client_id: str, tier: Tier, now: datetime) -> None:
    """Somebody has looked at the tier: it is this one."""
    mine = (CLIENTS.c.team_id == team_id, CLIENTS.c.id == client_id)
    session.execute(change(CLIENTS).where(*mine).values(tier=tier, tier_reviewed_at=now))


def reckon_shares(session: Session, team_id: str) -> None:
    """Every share of the revenue anew, where the client's revenue is known. To be called when revenues change, when
    clients come and when they go; those whose revenue nobody knows keep the share that was typed in.
    """
    mine = (CLIENTS.c.team_id == team_id, CLIENTS.c.archived_at.is_(None), CLIENTS.c.revenue.is_not(None))
    rows = session.execute(
        select(CLIENTS.c.id, CLIENTS.c.revenue, CLIENTS.c.revenue_share)
        .where(*mine)
        .order_by(CLIENTS.c.id)
        .with_for_update()
    ).all()
    reckoned = shares({row.id: row.revenue for row in rows})
    for row in rows:
        if row.id in reckoned and row.revenue_share != reckoned[row.id]:
            session.execute(change(CLIENTS).where(CLIENTS.c.id == row.id).values(revenue_share=reckoned[row.id]))


def set_contact_phone(session: Session, team_id: str, contact_id: str, phone: str) -> None:
    session.execute(
        change(CONTACTS).where(CONTACTS.c.team_id == team_id, CONTACTS.c.id == contact_id).values(phone=phone)
    )


def contact_for(session: Session, team_id: str, client_id: str, emails: Sequence[str]) -> Contact | None:
    """Whom of the client's people to turn to: see `domain.client.contact_among`."""
    contacts = _contacts(session, CONTACTS.c.team_id == team_id, CONTACTS.c.client_id == client_id)[client_id]
    return contact_among(contacts, emails)


def import_all(session: Session, team_id: str, clients: Sequence[Client]) -> ImportCounts:
    """Adds or updates by name; contacts are added or updated by address. Domains are added to those that are known."""
    known = {_key(client.name): client for client in all_of(session, team_id)}
    added = 0
    for client in clients:
        old = known.get(_key(client.name))
        if old is None:
            add(session, replace(client, team_id=team_id))
            known[_key(client.name)] = client
            added += 1
            continue
        joined = tuple(dict.fromkeys([*old.domains, *client.domains]))
        update(session, replace(client, id=old.id, team_id=team_id, domains=joined))
        for contact in client.contacts:
            save_contact(session, team_id, replace(contact, client_id=old.id))
    reckon_shares(session, team_id)
    return ImportCounts(added=added, updated=len(clients) - added)


def _key(name: str) -> str:
    return name.strip().casefold()


def _values(client: Client) -> dict[str, Any]:
    return {**CLIENT.values(client), "name_key": _key(client.name)}


def _write_domains(session: Session, client: Client) -> None:
    session.execute(delete(DOMAINS).where(DOMAINS.c.team_id == client.team_id, DOMAINS.c.client_id == client.id))
    rows = [
        {"team_id": client.team_id, "domain": domain, "client_id": client.id, "position": position}
        for position, domain in enumerate(dict.fromkeys(domain.lower() for domain in client.domains))
    ]
    if rows:
        session.execute(insert(DOMAINS), rows)


def _load(session: Session, *conditions: ColumnElement[bool]) -> list[Client]:
    rows = session.execute(select(*CLIENT.columns).where(*conditions).order_by(CLIENTS.c.name_key)).all()
    if not rows:
        return []
    chosen = select(CLIENTS.c.id).where(*conditions)
    domain_rows = session.execute(
        select(DOMAINS.c.client_id, DOMAINS.c.domain)
        .where(DOMAINS.c.client_id.in_(chosen))
        .order_by(DOMAINS.c.position)
    )
    domains_of = _grouped((client_id, domain) for client_id, domain in domain_rows)
    contacts_of = _contacts(session, CONTACTS.c.client_id.in_(chosen))
    return [CLIENT.read(row, domains=tuple(domains_of[row.id]), contacts=tuple(contacts_of[row.id])) for row in rows]


def _contacts(session: Session, *conditions: ColumnElement[bool]) -> defaultdict[str, list[Contact]]:
    """By client id, in the order in which they were added."""
    rows = session.execute(select(*CONTACT.columns).where(*conditions).order_by(CONTACTS.c.position, CONTACTS.c.id))
    return _grouped((row.client_id, CONTACT.read(row)) for row in rows)


def _grouped(pairs: Iterable[tuple[str, Any]]) -> defaultdict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
