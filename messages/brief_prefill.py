"""What the bot knows for a brief before the owner writes a word; the owner's reason is not among it."""

from collections.abc import Sequence

from babel.dates import format_date

from domain.brief import Authority, Section
from domain.client import Client, Contact
from domain.meeting import Attendee, Meeting, Response
from domain.member import Member
from messages.brief_sections import LONGEST, authority_text
from messages.drafting import readable_phone
from messages.escape import cut, one_line
from messages.i18n import N_, Translator
from messages.labels import tier_label

_PEOPLE = 12
_LINE = 200
_RESPONSES = {
    Response.ACCEPTED: N_("coming"),
    Response.DECLINED: N_("not coming"),
    Response.TENTATIVE: N_("perhaps coming"),
    Response.NEEDS_ACTION: N_("no answer yet"),
}


def prefill(
    t: Translator,
    meeting: Meeting,
    client: Client | None,
    contact: Contact | None,
    owner: Member,
    history: Sequence[str] = (),
) -> dict[Section, str]:
    """Sections with something in them, in the member's language; `history` are finished lines, latest first."""
    known = {
        Section.CLIENT: _client(t, client),
        Section.WHO: _people(t, meeting, contact, owner),
        Section.AGENDA: "\n".join(f"- {one_line(point, _LINE)}" for point in meeting.agenda),
        Section.AUTHORITY: authority_text(t, Authority.REPORT_BACK),
        Section.REACH_OWNER: _reach(t, owner),
        Section.HISTORY: "\n".join(f"- {one_line(line, _LINE)}" for line in history if line.strip()),
        Section.DOCUMENTS: one_line(meeting.online_url, LONGEST),
    }
    return {section: cut(text, LONGEST) for section, text in known.items() if text.strip()}


def _client(t: Translator, client: Client | None) -> str:
    if client is None:
        return ""
    lines = [f"{one_line(client.name, _LINE)} ({tier_label(t, client.tier)})"]
    if client.renewal_on:
        lines.append(t.text("Renewal on {date}", date=format_date(client.renewal_on, "d MMMM y", locale=t.language)))
    if client.open_complaint:
        lines.append(t.text("There is an open complaint."))
    if client.notes.strip():
        lines.append(cut(client.notes.strip(), LONGEST // 2))
    return "\n".join(lines)


def _people(t: Translator, meeting: Meeting, contact: Contact | None, owner: Member) -> str:
    """Everybody invited but the owner; the contact with the number to ring."""
    lines = []
    if contact is not None and contact.email.lower() not in {person.email for person in meeting.attendees}:
        lines.append(_contact(contact))
    for person in meeting.attendees[:_PEOPLE]:
        if person.email and person.email == owner.email.lower():
            continue
        known = contact if contact is not None and contact.email.lower() == person.email else None
        lines.append(_contact(known) if known else _attendee(t, person))
    more = len(meeting.attendees) - _PEOPLE
    if more > 0:
        lines.append(t.count("and {n} more", "and {n} more", more))
    return "\n".join(f"- {line}" for line in lines)


def _contact(contact: Contact) -> str:
    name = one_line(contact.name or contact.email, _LINE)
    return ", ".join(text for text in (name, readable_phone(contact.phone)) if text)


def _attendee(t: Translator, person: Attendee) -> str:
    name = one_line(person.name or person.email, _LINE)
    return t.text("{name} ({response})", name=name, response=t.text(_RESPONSES[person.response]))


def _reach(t: Translator, owner: Member) -> str:
    name = one_line(owner.name, _LINE)
    if not owner.email:
        return t.text("By message in Slack.")
    return t.text("By message in Slack, or by e-mail: {name}, {email}", name=name or owner.email, email=owner.email)
