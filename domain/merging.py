"""Two records of one client made one."""

from dataclasses import replace

from domain.client import Client, Contact


def merged(kept: Client, other: Client, name: str) -> Client:
    """The client that stays, under `name`, with what either knows.

    Where both say something, the higher tier counts, the earlier renewal and an open complaint; only what both are glad
    of stays so; of the rest what the kept one says. Revenues are not added up: two records of one client are more often
    the same money twice than two halves of it.
    """
    lead = next((one for one in (kept, other) if one.lead_id), kept if kept.lead_email else other)
    return replace(
        kept,
        name=name,
        tier=min(kept.tier, other.tier),
        revenue=kept.revenue if kept.revenue is not None else other.revenue,
        revenue_share=_larger(kept.revenue_share, other.revenue_share),
        domains=tuple(dict.fromkeys([*kept.domains, *other.domains])),
        time_zone=kept.time_zone or other.time_zone,
        formality=kept.formality or other.formality,
        lead_id=lead.lead_id,
        lead_email=lead.lead_email,
        renewal_on=min(filter(None, (kept.renewal_on, other.renewal_on)), default=None),
        open_complaint=kept.open_complaint or other.open_complaint,
        glad_to_write=kept.glad_to_write and other.glad_to_write,
        notes="\n\n".join(dict.fromkeys(filter(None, (kept.notes.strip(), other.notes.strip())))),
        tier_reviewed_at=None if kept.tier is not other.tier else kept.tier_reviewed_at,
        crm=kept.crm or other.crm,
        crm_id=kept.crm_id if kept.crm else other.crm_id,
        contacts=_people(kept, other),
    )


def _people(kept: Client, other: Client) -> tuple[Contact, ...]:
    """Everybody once, by address; who has none, by name. What the first record leaves out the second fills in."""
    found: dict[str, Contact] = {}
    for contact in (*kept.contacts, *other.contacts):
        key = contact.email or f"name:{contact.name.casefold()}"
        known = found.get(key)
        found[key] = replace(contact, client_id=kept.id) if known is None else _filled(known, contact)
    return tuple(found.values())


def _filled(known: Contact, other: Contact) -> Contact:
    return replace(
        known,
        name=known.name or other.name,
        phone=known.phone or other.phone,
        language=known.language or other.language,
        time_zone=known.time_zone or other.time_zone,
    )


def _larger(one: float | None, other: float | None) -> float | None:
    return max((share for share in (one, other) if share is not None), default=None)
