"""The message to the client that goes with a decision: in the client's language, with the truth or nothing in it.

The owner's reason is not among the facts, so it cannot end up in a draft.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from html import escape as escape_html
from itertools import groupby

import phonenumbers

from domain.client import Client, Contact
from domain.clock import require_aware
from domain.decision import CallTerms, Draft, EmailTerms, ShorterTerms, Terms, WhoRings
from domain.meeting import Meeting
from domain.wording import Template, Text
from domain.words import Formality, Option
from messages.client_time import client_day, client_moment
from messages.escape import cut, one_line
from messages.placeholders import flat_values
from messages.templating import DRAFT_LANGUAGES, render, render_own
from messages.when import zone_info

SUBJECT, LINE, STATUS, DECISIONS, POINTS, POINT_LIST, PRE_READ = 200, 100, 1250, 700, 10, 700, 300
"""Most characters of a subject, of a name or title, and of the two long texts; most points of a list, most characters
of all of them together, and of all that is to be read beforehand. The fields of the modals have the same limits, so
that nothing typed there is cut; together they keep a draft within the 3,000 characters of a text field in Slack."""

MARK = 5
"""Characters of a list's line that are not the point's own."""
SLOTS = 3
TEXT_OF: Mapping[Option, Text] = {
    Option.CALL: Text.CALL,
    Option.SHORTER: Text.SHORTER,
    Option.EMAIL: Text.EMAIL,
    Option.HANDOFF: Text.HANDOFF,
    Option.KEEP: Text.UNDO,
}
_FORMS_OF_ADDRESS = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"}
    | {"dhr", "mevr", "mw", "mevrouw", "meneer", "de", "heer", "drs", "ir", "ing"}
)
_INITIALS = re.compile(r"\w|(?:\w{1,2}\.-?)+")
_DUTCH_FORMS: Mapping[str, str] = {
    "mevrouw": "mevrouw",
    "mevr": "mevrouw",
    "mw": "mevrouw",
    "dhr": "heer",
    "heer": "heer",
    "meneer": "heer",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftFacts:
    """What a draft is made of. `client_zone` is the contact's or the client's own zone, empty where unknown."""

    meeting: Meeting
    client: Client | None
    contact: Contact | None = None
    owner_name: str
    owner_zone: str
    client_zone: str = ""
    delegate_name: str = ""
    terms: Terms
    slots: tuple[datetime, ...] = ()
    """Other moments at which the owner is free, offered to a client who would rather have the meeting."""
    proposal_by: date | None = None
    """Where no free time is known: the day by which the owner proposes another moment. None: no day is named."""
    now: datetime

    def __post_init__(self) -> None:
        require_aware(self.now, "now")


def client_zone(client: Client | None, contact: Contact | None, owner_zone: str) -> str:
    """The zone that the client's people live in, as far as the book tells; else the owner's."""
    own = contact.time_zone if contact else ""
    return own or (client.time_zone if client else "") or owner_zone


def client_language(client: Client | None, contact: Contact | None) -> str:
    """The contact's language, else the client's; English where it is not one that drafts are written in."""
    wanted = (contact.language if contact else "") or (client.language if client else "")
    known = wanted.replace("_", "-").partition("-")[0].lower()
    return known if known in DRAFT_LANGUAGES else "en"


def draft(
    option: Option,
    facts: DraftFacts,
    language: str,
    formality: Formality,
    *,
    first_contact: bool = False,
    template: Template | None = None,
) -> Draft:
    """The draft for an option; for `keep` the one that takes an earlier message back: the meeting goes ahead.

    Paragraphs for which a fact is missing are left out; nothing is left for the owner to fill in. `template` takes the
    place of the product's own text; what it may name is in `messages.placeholders`. Raises `jinja2.TemplateError`
    where it cannot be rendered.
    """
    known = language if language in DRAFT_LANGUAGES else "en"
    values = template_values(facts, known, formality, first_contact=first_contact)
    if template is None or template.is_reset:
        name = TEXT_OF[option].value
        subject = render(f"{known}/{name}.subject.j2", values)
        body = render(f"{known}/{name}.body.j2", values)
    else:
        flat = flat_values(known, values)
        subject, body = one_line(render_own(template.subject, flat), SUBJECT), render_own(template.body, flat)
    address = facts.contact.email if facts.contact else ""
    return Draft(language=known, subject=cut(subject, SUBJECT), body=body, to=(address,) if address else ())


def html(body: str, language: str = "") -> str:
    """The HTML alternative of a mail: the same text, escaped; empty lines part paragraphs, `- ` lines are a list.

    `language` is for those who have it read to them.
    """
    lang = f' lang="{escape_html(language)}"' if language else ""
    paragraphs = "".join(_html_paragraph(lines) for lines in _paragraphs(body))
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8"></head>'
        f'<body dir="auto" style="font-family:sans-serif;font-size:15px;line-height:1.5">{paragraphs}</body></html>'
    )


def full_name(name: str) -> str:
    """`Sanne Jansen`, also for `Jansen, Sanne`, as address books have it."""
    last, comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split()) if comma and first.strip() and last.strip() else name.strip()


def called(contact: Contact | None, client: Client | None = None) -> str:
    """The name of a person; empty where the book holds their address, their number or their company in its place, as
    it does where nobody gave a name: nobody is greeted by any of these.
    """
    name = full_name(contact.name) if contact else ""
    is_name = "@" not in name and any(char.isalpha() for char in name)
    is_company = client is not None and name.casefold() == client.name.strip().casefold()
    return name if is_name and not is_company else ""


def first_name(name: str) -> str:
    """How a letter calls a person: `Sanne` for `Sanne Jansen` and `Jansen, Sanne`; `Dr Jansen` stays whole, and so
    does `S.M. Jansen`: nobody is greeted by an initial.
    """
    words = full_name(name).split()
    if not words:
        return ""
    is_whole = words[0].lower().rstrip(".") in _FORMS_OF_ADDRESS or _INITIALS.fullmatch(words[0])
    return " ".join(words) if is_whole else words[0]


def dutch_salutation(name: str) -> str:
    """`Geachte mevrouw Jansen` for `mevr. Jansen`; empty where the name does not say how to address its bearer."""
    first, _, rest = re.sub(r"^[Dd]e (?=heer )", "", full_name(name)).partition(" ")
    form = _DUTCH_FORMS.get(first.lower().rstrip("."), "")
    return f"Geachte {form} {rest}" if form and rest else ""


def readable_phone(phone: str) -> str:
    """`+31 20 123 4567` for E.164; anything else as it is."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def template_values(
    facts: DraftFacts, language: str, formality: Formality, *, first_contact: bool
) -> dict[str, object]:
    """Everything that a template may use; every template gets every value, so that none can be undefined."""
    contact = _line(called(facts.contact, facts.client))
    delegate = _line(full_name(facts.delegate_name))
    zone = facts.client_zone or client_zone(facts.client, facts.contact, facts.owner_zone)
    today = facts.now.astimezone(zone_info(zone)).date()
    return {
        "formal": formality is Formality.FORMAL,
        "first_contact": first_contact,
        "contact": contact,
        "first_name": first_name(contact),
        "salutation": dutch_salutation(contact),
        "company": _line(facts.client.name) if facts.client else "",
        "owner": _line(facts.owner_name),
        "delegate": delegate,
        "delegate_first": first_name(delegate),
        "proposal_by": client_day(facts.proposal_by, language=language, today=today) if facts.proposal_by else "",
        "pre_read": _points(_pre_read(facts.terms), PRE_READ),
        **_meeting_values(facts, zone, language),
        **_call_values(facts.terms),
        **_email_values(facts.terms, language, today),
    }


def _meeting_values(facts: DraftFacts, zone: str, language: str) -> dict[str, object]:
    meeting, terms = facts.meeting, facts.terms
    shorter = terms if isinstance(terms, ShorterTerms) else None
    minutes = shorter.minutes if shorter else meeting.minutes
    at = partial(client_moment, zone=zone, owner_zone=facts.owner_zone, language=language, now=facts.now)
    begin = at(meeting.starts_at)
    return {
        "title": _line(meeting.title),
        "mode": meeting.mode.value,
        "begin": begin,
        "day": begin.day,
        "start": begin.time,
        "end": at(meeting.ends_at).time,
        "minutes": meeting.minutes,
        "new_minutes": minutes,
        "new_end": at(meeting.starts_at + timedelta(minutes=minutes)).time,
        "stays": _points(shorter.stays if shorter else ()),
        "to_writing": _points(shorter.to_writing if shorter else ()),
        "slots": [at(slot) for slot in facts.slots[:SLOTS]],
    }


def _call_values(terms: Terms) -> dict[str, object]:
    call = terms if isinstance(terms, CallTerms) else terms.call if isinstance(terms, ShorterTerms) else None
    return {
        "by_phone": call is not None,
        "phone": readable_phone(call.phone) if call else "",
        "owner_rings": call is None or call.who_rings is WhoRings.OWNER,
    }


def _email_values(terms: Terms, language: str, today: date) -> dict[str, object]:
    if not isinstance(terms, EmailTerms):
        return {"status": "", "decisions": "", "next_contact": "", "call_on": ""}
    return {
        "status": cut(terms.status.strip(), STATUS),
        "decisions": cut(terms.decisions_needed.strip(), DECISIONS),
        "next_contact": client_day(terms.next_contact_on, language=language, today=today),
        "call_on": client_day(terms.call_on, language=language, today=today) if terms.call_on else "",
    }


def _pre_read(terms: Terms) -> Sequence[str]:
    return terms.pre_read if isinstance(terms, CallTerms | ShorterTerms) else ()


def _line(text: str) -> str:
    """One line of it: a line break in a name must not become a second header or paragraph."""
    return one_line(text, LINE)


def _points(points: Sequence[str], most: int = POINT_LIST) -> list[str]:
    lines = [one_line(point, most) for point in points if point.strip()][:POINTS]
    return lines if sum(map(len, lines)) <= most else [cut(line, most // POINTS - MARK) for line in lines]


def _paragraphs(body: str) -> list[list[str]]:
    return [part.splitlines() for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def _html_paragraph(lines: Sequence[str]) -> str:
    parts = []
    for is_list, run in groupby(lines, key=lambda line: line.startswith("- ")):
        if is_list:
            parts.append(f"<ul>{''.join(f'<li>{escape_html(line[2:])}</li>' for line in run)}</ul>")
        else:
            parts.append(f"<p>{'<br>'.join(map(escape_html, run))}</p>")
    return "".join(parts)
