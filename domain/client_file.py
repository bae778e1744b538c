"""The client book as a file: the columns that go out and come in, and the rows of a book."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from domain.client import Client, Contact
from domain.spreadsheet import guarded

COLUMNS = (
    "name",
    "tier",
    "revenue",
    "revenue_share",
    "domains",
    "language",
    "formality",
    "time_zone",
    "lead_email",
    "renewal_on",
    "open_complaint",
    "glad_to_write",
    "notes",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_language",
    "contact_time_zone",
)
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets on Windows take UTF-8 for something else."""


def as_csv(clients: Sequence[Client], emails: Mapping[str, str]) -> bytes:
    """One row for each contact, what is said of the client in the first of them only. `emails` by Slack user id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for client in clients:
        for row in _rows(client, emails):
            writer.writerow([guarded(row.get(column, "").strip()) for column in COLUMNS])
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8", "replace")


def _rows(client: Client, emails: Mapping[str, str]) -> Iterator[dict[str, str]]:
    about = _about(client, emails)
    if not client.contacts:
        yield about
    for place, contact in enumerate(client.contacts):
        yield (about if place == 0 else {"name": client.name}) | _contact(contact)


def _about(client: Client, emails: Mapping[str, str]) -> dict[str, str]:
    lead = emails.get(client.lead_id, "") if client.lead_id else ""
    return {
        "name": client.name,
        "tier": client.tier.value,
        "revenue": "" if client.revenue is None else _plain(round(client.revenue, 2)),
        "revenue_share": "" if client.revenue_share is None else f"{_plain(round(client.revenue_share * 100, 6))}%",
        "domains": " ".join(client.domains),
        "language": client.language,
        "formality": client.formality.value if client.formality else "",
        "time_zone": client.time_zone,
        "lead_email": lead or client.lead_email,
        "renewal_on": client.renewal_on.isoformat() if client.renewal_on else "",
        "open_complaint": "yes" if client.open_complaint else "no",
        "glad_to_write": "yes" if client.glad_to_write else "no",
        "notes": client.notes,
    }


def _contact(contact: Contact) -> dict[str, str]:
    return {
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        "contact_language": contact.language,
        "contact_time_zone": contact.time_zone,
    }


def _plain(number: float) -> str:
    """Without an exponent and without zeros at the end."""
    return f"{Decimal(str(number)):f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
