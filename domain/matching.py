"""Which client an e-mail address belongs to, and which outside domain may be a client that is not known yet."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.client import Client
from domain.meeting import Attendee
from domain.public_domains import PUBLIC_DOMAINS

LONGEST_DOMAIN = 253
LONGEST_LABEL = 63
"""In octets (RFC 1035, section 2.3.4)."""

_ACE = "xn--"
_RESOURCES = "calendar.google.com"
"""Rooms, group calendars and unknown organisers of Google Calendar have addresses below this; no person has."""


def clean_domain(text: str) -> str:
    """The domain in the form in which domains are stored and compared: lower case, international labels as `xn--`.

    Takes what people type: an address, a web address, a leading `@`, a final dot. Raises ValueError for anything
    that is not a domain of at least two labels.
    """
    domain = text.strip().rpartition("://")[2]
    for end in "/?#":
        domain = domain.partition(end)[0]
    domain = domain.rpartition("@")[2]
    host, colon, port = domain.rpartition(":")
    domain = canonical_domain(host if colon and port.isdigit() else domain)
    while domain.startswith("www.") and domain.count(".") > 1:
        domain = domain.removeprefix("www.")
    labels = domain.split(".")
    if len(domain) > LONGEST_DOMAIN or len(labels) < 2 or labels[-1].isdigit():
        raise ValueError(f"not a domain: {text[:80]!r}")
    if not all(map(_is_label, labels)):
        raise ValueError(f"not a domain: {text[:80]!r}")
    return domain


def canonical_domain(domain: str) -> str:
    """The comparable form of a domain from an address; whatever cannot be one comes back as well as it can. Never
    raises."""
    normal = unicodedata.normalize("NFKC", domain.strip().lower()).replace("\u3002", ".").rstrip(".")
    if normal.isascii() or len(normal) > LONGEST_DOMAIN:
        return normal
    return ".".join(label if label.isascii() else _ACE + _punycode(label) for label in normal.lower().split("."))


def readable_domain(domain: str) -> str:
    """The domain as people write it: `xn--mnchen-3ya.example` is `münchen.example`."""
    return ".".join(_decoded(label) for label in domain.split("."))


def domain_of(address: str) -> str:
    """The comparable domain of an e-mail address; empty where it has none."""
    return canonical_domain(address.rpartition("@")[2]) if "@" in address else ""


def canonical_address(address: str) -> str:
    """The comparable form of an e-mail address."""
    local, _, _ = address.strip().rpartition("@")
    return f"{local.lower()}@{domain_of(address)}"


def is_public_domain(domain: str) -> bool:
    """Whether anybody can have an address there (gmail.com, ziggo.nl): such a domain never tells a client."""
    return any(parent in PUBLIC_DOMAINS for parent in _parents(canonical_domain(domain)))


def is_within(domain: str, domains: Collection[str]) -> bool:
    """Whether the domain, or one that it lies below, is among `domains` (in comparable form)."""
    return any(parent in domains for parent in _parents(canonical_domain(domain)))


def is_person(attendee: Attendee) -> bool:
    """Whether an attendee is somebody, rather than a room or a calendar."""
    return "@" in attendee.email and not is_within(domain_of(attendee.email), (_RESOURCES,))


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientBook:
    """The clients of a workspace, ready to be found by e-mail address. Make one with `of`, use it for many."""

    by_domain: Mapping[str, Client]
    by_address: Mapping[str, Client]

    @classmethod
    def of(cls, clients: Iterable[Client]) -> "ClientBook":
        """Where two clients share a domain or a contact's address, the first one has it."""
        by_domain: dict[str, Client] = {}
        by_address: dict[str, Client] = {}
        for client in clients:
            for domain in map(canonical_domain, client.domains):
                if domain and not is_public_domain(domain):
                    by_domain.setdefault(domain, client)
            for contact in client.contacts:
                if "@" in contact.email:
                    by_address.setdefault(canonical_address(contact.email), client)
        return cls(by_domain=by_domain, by_address=by_address)

    def client_of(self, address: str) -> Client | None:
        """The client with this contact, else the one with the longest domain that the address lies in. None where that
        one was archived.
        """
        found = self._whoever(address)
        return found if found is not None and found.archived_at is None else None

    def knows(self, address: str) -> bool:
        """Whether it belongs to a client, be it one that was archived: nobody is asked about those again."""
        return self._whoever(address) is not None

    def _whoever(self, address: str) -> Client | None:
        known = self.by_address.get(canonical_address(address))
        if known is not None:
            return known
        return next(
            (self.by_domain[parent] for parent in _parents(domain_of(address)) if parent in self.by_domain), None
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """The people of a meeting, apart."""

    inside: tuple[Attendee, ...]
    outside: tuple[Attendee, ...]


def own_domains(addresses: Iterable[str]) -> frozenset[str]:
    """The domains of the workspace's members; public ones left out, since clients are there too."""
    found = frozenset(map(domain_of, addresses)) - {""}
    return frozenset(domain for domain in found if not is_public_domain(domain))


def split_attendees(
    attendees: Iterable[Attendee], *, own_domains: Collection[str], own_addresses: Collection[str] = ()
) -> Sides:
    """Colleagues and the rest, each in the given order and once; rooms and calendars belong to neither."""
    own = frozenset(map(canonical_domain, own_domains))
    colleagues = frozenset(map(canonical_address, own_addresses))
    sides: tuple[list[Attendee], list[Attendee]] = ([], [])
    seen = set()
    for attendee in attendees:
        address = canonical_address(attendee.email)
        if is_person(attendee) and address not in seen:
            seen.add(address)
            is_inside = address in colleagues or is_within(domain_of(address), own)
            sides[0 if is_inside else 1].append(attendee)
    return Sides(inside=tuple(sides[0]), outside=tuple(sides[1]))


def unknown_domains(
    attendees: Iterable[Attendee],
    *,
    own_domains: Collection[str],
    clients: ClientBook,
    own_addresses: Collection[str] = (),
) -> tuple[str, ...]:
    """The outside domains that may be a client's, in order of appearance; never a public one."""
    outside = split_attendees(attendees, own_domains=own_domains, own_addresses=own_addresses).outside
    domains = dict.fromkeys(domain_of(person.email) for person in outside if not clients.knows(person.email))
    return tuple(domain for domain in domains if _can_be_proposed(domain))


def _can_be_proposed(domain: str) -> bool:
    try:
        return clean_domain(domain) != "" and not is_public_domain(domain)
    except ValueError:
        return False


def _parents(domain: str) -> Iterable[str]:
    """The domain and those it lies in, longest first. None for what is too long to be one: feeds are hostile, and
    a million dots would be looked up a million times."""
    while domain and len(domain) <= LONGEST_DOMAIN:
        yield domain
        domain = domain.partition(".")[2]


def _is_label(label: str) -> bool:
    if not label or len(label) > LONGEST_LABEL or label[0] == "-" or label[-1] == "-":
        return False
    if not all(char.isascii() and (char.isalnum() or char == "-") for char in label):
        return False
    return all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in _decoded(label))


def _punycode(label: str) -> str:
    """RFC 3492. Characters that it cannot take (half a surrogate pair) are replaced."""
    return label.encode("utf-8", "replace").decode("utf-8").encode("punycode").decode("ascii")


def _decoded(label: str) -> str:
    if not label.startswith(_ACE):
        return label
    try:
        return label[len(_ACE) :].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
