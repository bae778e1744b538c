"""What the editor of a template shows: the product's text with its placeholders to begin with, and a sample meeting."""

import re
from datetime import date, datetime, timedelta

from domain.client import Client, Contact
from domain.decision import CallTerms, Draft, EmailTerms, HandoffTerms, KeepTerms, ShorterTerms, Terms, WhoRings
from domain.meeting import Attendee, Meeting, Source
from domain.wording import Template, TemplateKey, Text
from domain.words import Tier
from messages.drafting import DraftFacts, draft, template_values
from messages.i18n import translator
from messages.own_templates import OPTION_OF, OwnDraft, own_draft
from messages.placeholders import flat_values, placeholders
from messages.templating import render

_MINUTES, _NEW_MINUTES = 60, 30
_AFTER = timedelta(days=3)
"""From now to the sample meeting."""
_MAY_BE_EMPTY = (
    "stays",
    "to_writing",
    "pre_read",
    "slots",
    "ringing",
    "status",
    "decisions",
    "call_on",
)
"""Placeholders whose paragraph is left out where they have nothing to say."""
_WHOLE = ("greeting", "closing", "slots", "stays", "to_writing", "pre_read", "ringing", "meeting")
"""Placeholders that stand for pieces of the product's text; longer ones first, as one may hold another."""
_CALL_SENTENCE = re.compile(r"(?<=[.]) [^.]*\{\{ call_on \}\}[^.]*[.]")
_LISTS = ("stays", "to_writing", "pre_read")


def starting_text(key: TemplateKey, now: datetime) -> tuple[str, str]:
    """The product's own text as somebody could have written it in the editor: subject and body with placeholders.

    Where the product chooses between wordings by the meeting, it is the one for a meeting in person.
    """
    facts = sample_facts(key, "", now)
    values = template_values(facts, key.language, key.formality, first_contact=key.first_contact)
    names = placeholders(key.text)
    marked: dict[str, object] = {name: _mark(name) for name in names if name in values and name not in _WHOLE}
    marked |= {name: [_mark(name)] for name in _LISTS if name in names}
    values = {**values, **marked}
    pieces = flat_values(key.language, values)
    subject = render(f"{key.language}/{key.text.value}.subject.j2", values)
    body = render(f"{key.language}/{key.text.value}.body.j2", values)
    for name in _WHOLE:
        if name in names and pieces[name]:
            subject, body = subject.replace(pieces[name], _mark(name)), body.replace(pieces[name], _mark(name))
    paragraphs = [_optional(paragraph) for paragraph in body.split("\n\n")]
    if key.text is Text.SHORTER:
        # The sample is no call; where one is held by phone as well, it has to be said who rings.
        paragraphs.insert(-2, _optional(_mark("ringing")))
    return subject, "\n\n".join(paragraphs)


def sample_draft(key: TemplateKey, subject: str, body: str, owner_name: str, now: datetime) -> OwnDraft:
    """What a text like this makes of the sample meeting."""
    facts = sample_facts(key, owner_name, now)
    template = Template(
        id="sample", team_id="", key=key, version=0, subject=subject, body=body, saved_by="", saved_at=now
    )

    def make(chosen: Template | None) -> Draft:
        option = OPTION_OF[key.text]
        return draft(option, facts, key.language, key.formality, first_contact=key.first_contact, template=chosen)

    return own_draft(make, template)


def sample_facts(key: TemplateKey, owner_name: str, now: datetime) -> DraftFacts:
    """A made-up meeting of a made-up client, in the template's language."""
    begin = (now + _AFTER).replace(hour=9, minute=0, second=0, microsecond=0)
    contact = Contact(id="sample", client_id="sample", name="Sanne Jansen", email="sanne@acme.example")
    return DraftFacts(
        meeting=Meeting(
            id="sample",
            team_id="",
            owner_id="",
            client_id="sample",
            source=Source.BY_HAND,
            title=sample_title(key.language),
            starts_at=begin,
            ends_at=begin + timedelta(minutes=_MINUTES),
            attendees=(Attendee(email=contact.email, name=contact.name),),
        ),
        client=Client(id="sample", team_id="", name="Acme", tier=Tier.B, contacts=(contact,)),
        contact=contact,
        owner_name=owner_name or "Robin Visser",
        owner_zone="Europe/Amsterdam",
        delegate_name="Noor de Wit",
        terms=_terms(key.text, begin.date()),
        slots=(begin + timedelta(days=2, hours=4), begin + timedelta(days=3)),
        now=now,
    )


def sample_title(language: str) -> str:
    return translator(language).text("New website")


def _terms(text: Text, day: date) -> Terms:
    call = CallTerms(phone="+31207940800", who_rings=WhoRings.OWNER, contact_id=None, pre_read=("Plan.pdf",))
    terms: dict[Text, Terms] = {
        Text.SHORTER: ShorterTerms(
            minutes=_NEW_MINUTES,
            stays=("Planning", "Budget"),
            to_writing=("Analytics",),
            pre_read=("Plan.pdf",),
        ),
        Text.CALL: call,
        Text.EMAIL: EmailTerms(
            status="…",
            decisions_needed="…",
            next_contact_on=day + timedelta(days=1),
            serious=True,
            call_on=day + timedelta(days=4),
        ),
        Text.HANDOFF: HandoffTerms(delegate_id="", brief_id=""),
        Text.UNDO: KeepTerms(),
    }
    return terms[text]


def _mark(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _optional(paragraph: str) -> str:
    """The paragraph with the question whether its placeholders have something to say."""
    call = _CALL_SENTENCE.search(paragraph)
    if call is not None:
        asked = f"{{% if call_on %}}{call.group()}{{% endif %}}"
        return paragraph[: call.start()] + asked + paragraph[call.end() :]
    names = [name for name in _MAY_BE_EMPTY if _mark(name) in paragraph]
    return f"{{% if {' and '.join(names)} %}}\n{paragraph}\n{{% endif %}}" if names else paragraph
