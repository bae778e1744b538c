"""What somebody typed of a client, read and checked field by field."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.services.contact_details import read_reachable
from bot.services.members import region_of
from bot.services.zones import find_zone
from domain import reading
from domain.client import Client, Contact
from domain.errors import FieldErrors, Invalid, InvalidCode
from domain.ids import new_id
from domain.matching import clean_domain, is_public_domain
from domain.member import Member
from domain.words import Formality, Tier
from messages.escape import cut
from messages.i18n import LANGUAGES
from storage import clients

MOST_NAME = 150
MOST_NOTES = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientInput:
    """Raw values of the modal."""

    name: str = ""
    tier: str = ""
    revenue: str = ""
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


def read_client(
    session: Session, given: ClientInput, member: Member, client_id: str, known: Client | None, now: datetime
) -> tuple[Client, Contact | None]:
    """The client as it shall be, and the contact that was typed in with a new one. Raises FieldErrors."""
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
    revenue = _revenue(given, errors)
    renewal = _renewal(given, errors)
    zone = read_zone(given.zone, errors)
    email, phone = read_reachable(given.contact_email, given.phone, region_of(member, known), errors)
    if errors:
        raise FieldErrors(errors)
    tier = Tier(given.tier)
    client = replace(
        known or Client(id=client_id, team_id=member.team_id, name=name, tier=tier),
        name=name,
        tier=tier,
        tier_reviewed_at=known.tier_reviewed_at if known and known.tier is tier else now,
        revenue=revenue,
        revenue_share=share,
        domains=domains,
        language=given.language if given.language in LANGUAGES else member.language,
        formality=Formality(given.formality) if given.formality in list(Formality) else None,
        time_zone=zone,
        lead_id=given.lead or None,
        # The address of a lead who is not known yet stays; that of one who was named, and is not any more, goes.
        lead_email=known.lead_email if known and not known.lead_id and not given.lead else "",
        renewal_on=renewal,
        open_complaint=given.open_complaint,
        glad_to_write=given.glad_to_write,
        notes=_notes(given, known),
    )
    return client, _contact(given, client_id, known, email, phone)


def _notes(given: ClientInput, known: Client | None) -> str:
    """Notes of two clients made one may be longer than a field shows: left as it was shown, they stay whole."""
    untouched = known is not None and given.notes == cut(known.notes, MOST_NOTES)
    return known.notes if known is not None and untouched else given.notes


def read_zone(text: str, errors: dict[str, Invalid]) -> str:
    """The IANA name of a city or zone as a modal has it; empty where it is empty or wrong."""
    if not text:
        return ""
    try:
        return find_zone(text)
    except ValueError:
        errors["zone"] = Invalid(InvalidCode.NOT_A_ZONE)
        return ""


def _domains(
    session: Session, given: ClientInput, team_id: str, client_id: str, errors: dict[str, Invalid]
) -> tuple[str, ...]:
    found: list[str] = []
    owners = clients.domains(session, team_id)
    for piece in given.domains.replace(",", " ").replace(";", " ").split():
        try:
            domain = clean_domain(piece)
        except ValueError:
            errors["domains"] = Invalid(InvalidCode.NOT_A_DOMAIN, value=piece[:80])
            break
        is_taken = owners.get(domain, client_id) != client_id
        taken = clients.domain_taken(session, team_id, domain, client_id) if is_taken else None
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


def _revenue(given: ClientInput, errors: dict[str, Invalid]) -> float | None:
    if not given.revenue:
        return None
    try:
        return reading.amount(given.revenue)
    except ValueError:
        errors["revenue"] = Invalid(InvalidCode.NOT_AN_AMOUNT)
        return None


def _contact(given: ClientInput, client_id: str, known: Client | None, email: str, phone: str) -> Contact | None:
    """The first contact, which is asked for with a new client only."""
    if (known is not None and known.contacts) or not (given.contact_name or email or phone):
        return None
    name = given.contact_name[:MOST_NAME] or email or phone
    return Contact(id=new_id(), client_id=client_id, name=name, email=email, phone=phone)
