"""A client: a company that the workspace serves, and the people there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.words import Formality, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A person at a client. `phone` is E.164 or empty; `language` and `time_zone` empty mean the client's."""

    id: str
    client_id: str
    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    id: str
    team_id: str
    name: str
    tier: Tier
    revenue_share: float | None = None
    """Share of the workspace's revenue, 0 to 1; None where unknown. Reckoned where `revenue` is known."""
    domains: tuple[str, ...] = ()
    """Lower case; a subdomain of one of them belongs to the client too."""
    language: str = "en"
    formality: Formality | None = None
    """None: as the owner of the meeting addresses clients as a rule."""
    time_zone: str = ""
    lead_id: str | None = None
    """Slack user id of the member who leads the account."""
    lead_email: str = ""
    """Kept from an import until a member with this address is seen."""
    renewal_on: date | None = None
    open_complaint: bool = False
    glad_to_write: bool = False
    notes: str = ""
    revenue: float | None = None
    """A year's revenue in the workspace's own currency, from which shares are reckoned; None where unknown."""
    archived_at: datetime | None = None
    """Since when the client is out of the lists; its history stays, and its meetings are client meetings no more."""
    tier_reviewed_at: datetime | None = None
    """When somebody last looked at the tier; None: not since it was entered."""
    crm: str = ""
    """`hubspot` or `salesforce` where the record is kept in line with one there, whose id is `crm_id`."""
    crm_id: str = ""
    contacts: tuple[Contact, ...] = ()


def contact_among(contacts: Sequence[Contact], emails: Sequence[str]) -> Contact | None:
    """The contact who attends (first in the order of `emails`), else the first with a phone, else the first."""
    of_email = {contact.email: contact for contact in reversed(contacts) if contact.email}
    attending = [of_email[email.lower()] for email in emails if email.lower() in of_email]
    with_phone = [contact for contact in contacts if contact.phone]
    return next(iter([*attending, *with_phone, *contacts]), None)
