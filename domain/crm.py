"""The client book beside a customer system: which account is which client, and what follows the account.

The customer system leads in name, domains, revenue, owner and renewal. Tier, notes, contacts and how a client is
addressed are the workspace's own word and are never touched.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain.client import Client
from domain.words import Tier


class Crm(StrEnum):
    """The customer systems that are known; the value is what a client's record keeps."""

    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A customer as the customer system has it. What is empty or None there leaves what the client book knows."""

    id: str
    name: str
    domains: tuple[str, ...] = ()
    """Lower case, without those where everybody can have an address."""
    revenue: float | None = None
    """A year's, in the currency that the system keeps it in."""
    owner_email: str = ""
    renewal_on: date | None = None


class Trouble(StrEnum):
    """Why an account, or a part of it, was left aside."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    """Another client has the name: the two are not the same one for certain."""
    DOMAIN_TAKEN = "domain_taken"
    """Another client has the domain: it stays there."""
    ARCHIVED = "archived"
    """The client is archived: it is left as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """What was left aside: of which account, why, and the name or domain that it is about."""

    account_id: str
    trouble: Trouble
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment:
    """What has to be written so that the client book follows the customer system."""

    added: tuple[Client, ...] = ()
    changed: tuple[Client, ...] = ()
    unchanged: int = 0
    left: tuple[Left, ...] = ()


@dataclass(slots=True)
class _Book:
    """The clients while accounts are laid beside them one after the other."""

    crm: Crm
    by_id: dict[str, Client]
    by_account: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    by_domain: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, crm: Crm, clients: Iterable[Client]) -> "_Book":
        book = cls(crm=crm, by_id={})
        for client in clients:
            book.put(client)
        return book

    def put(self, client: Client) -> None:
        former = self.by_id.get(client.id)
        if former is not None and self.by_name.get(former.name.casefold()) == client.id:
            del self.by_name[former.name.casefold()]
        self.by_id[client.id] = client
        self.by_name[client.name.casefold()] = client.id
        if client.crm == self.crm:
            self.by_account[client.crm_id] = client.id
        for domain in client.domains:
            self.by_domain.setdefault(domain, client.id)

    def find(self, account: Account) -> Client | None:
        """By the account's id, else by a domain, else by the name; one that follows another account is not it."""
        if account.id in self.by_account:
            return self.by_id[self.by_account[account.id]]
        names = [self.by_domain.get(domain) for domain in account.domains]
        for client_id in (*names, self.by_name.get(account.name.casefold())):
            if client_id is not None and not self.by_id[client_id].crm:
                return self.by_id[client_id]
        return None


def align(
    accounts: Sequence[Account],
    clients: Sequence[Client],
    *,
    crm: Crm,
    team_id: str,
    leads: Mapping[str, str],
    new_ids: Mapping[str, str],
) -> Alignment:
    """Lays the accounts beside the clients. The same accounts again change nothing.

    `leads` is member id by lower-case address; `new_ids` a client id by account id, for the ones that are new. A new
    client starts with tier C: what tier its revenue suggests is for a person to take over.
    """
    known = {client.id: client for client in clients}
    book = _Book.of(crm, clients)
    left: list[Left] = []
    # Once more as long as something moved: a name that one client gives up may be another's, whatever came first.
    for _ in range(len(accounts) + 1):
        before = dict(book.by_id)
        left = [one for account in accounts for one in _lay_beside(account, book, team_id, leads, new_ids)]
        if book.by_id == before:
            break
    followed = [client for client in book.by_id.values() if client.crm == crm]
    beside = {account.id for account in accounts}
    return Alignment(
        added=tuple(client for client in followed if client.id not in known),
        changed=tuple(client for client in followed if client.id in known and client != known[client.id]),
        unchanged=sum(client == known.get(client.id) and client.crm_id in beside for client in followed),
        left=tuple(left),
    )


def _lay_beside(
    account: Account, book: _Book, team_id: str, leads: Mapping[str, str], new_ids: Mapping[str, str]
) -> list[Left]:
    """Puts the client that follows the account into the book; what was left aside."""
    known = book.find(account)
    if known is not None and known.archived_at is not None:
        return [Left(account_id=account.id, trouble=Trouble.ARCHIVED, value=known.name)]
    if known is None and (refused := _why_not_new(account, book)) is not None:
        return [refused]
    base = known or Client(id=new_ids[account.id], team_id=team_id, name=account.name, tier=Tier.C)
    client, left = _follow(base, account, book, leads)
    book.put(client)
    return left


def _why_not_new(account: Account, book: _Book) -> Left | None:
    if not account.name:
        return Left(account_id=account.id, trouble=Trouble.NO_NAME)
    if account.name.casefold() in book.by_name:
        return Left(account_id=account.id, trouble=Trouble.NAME_TAKEN, value=account.name)
    if account.domains and all(domain in book.by_domain for domain in account.domains):
        # Two accounts whose clients were merged here: the one that went must not come back without its domains.
        return Left(account_id=account.id, trouble=Trouble.DOMAIN_TAKEN, value=account.domains[0])
    return None


def _follow(client: Client, account: Account, book: _Book, leads: Mapping[str, str]) -> tuple[Client, list[Left]]:
    left: list[Left] = []
    name = client.name
    if account.name and account.name != name:
        other = book.by_name.get(account.name.casefold())
        if other is None or other == client.id:
            name = account.name
        else:
            left.append(Left(account_id=account.id, trouble=Trouble.NAME_TAKEN, value=account.name))
    domains = list(client.domains)
    for domain in account.domains:
        owner = book.by_domain.get(domain)
        if owner is not None and owner != client.id:
            left.append(Left(account_id=account.id, trouble=Trouble.DOMAIN_TAKEN, value=domain))
        elif domain not in domains:
            domains.append(domain)
    followed = replace(
        client,
        name=name,
        domains=tuple(domains),
        revenue=client.revenue if account.revenue is None else account.revenue,
        renewal_on=account.renewal_on or client.renewal_on,
        crm=book.crm.value,
        crm_id=account.id,
    )
    email = account.owner_email
    if email and (email != client.lead_email or client.lead_id != leads.get(email, client.lead_id)):
        followed = replace(followed, lead_email=email, lead_id=leads.get(email))
    return followed, left
