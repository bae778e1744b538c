"""What a template of a workspace or a member may name: finished pieces of text, so that it needs no logic of its own.

Every name is there in every template; one that has nothing to say for a text is empty, so `{% if slots %}` works.
"""

from collections.abc import Mapping

from domain.wording import Text
from messages.i18n import N_
from messages.templating import render_piece

EVERYWHERE: Mapping[str, str] = {
    "greeting": N_("The greeting, as “Dear Sanne,”"),
    "closing": N_("The closing words, with your name below them"),
    "contact": N_("The contact's full name; empty where none is known"),
    "first_name": N_("The contact's first name"),
    "company": N_("The client's name"),
    "owner": N_("Your name"),
    "meeting": N_("The meeting in words: “our meeting “Website” on Tuesday 24 November”"),
    "title": N_("The meeting's title"),
    "day": N_("The meeting's day, as “Tuesday 24 November”"),
    "start": N_("When it starts, on the client's clock"),
    "end": N_("When it would have ended"),
    "minutes": N_("How many minutes it was planned for"),
    "slots": N_("Two or three other times at which you are free, one a line"),
}
_OF_TEXT: Mapping[Text, Mapping[str, str]] = {
    Text.SHORTER: {
        "new_minutes": N_("How many minutes it is to take"),
        "new_end": N_("When it ends then"),
        "stays": N_("The points that stay, one a line"),
        "to_writing": N_("The points that are settled in writing, one a line"),
        "pre_read": N_("What to look at beforehand, one a line"),
        "ringing": N_("Who rings whom, and on which number; empty where it is no call"),
        "phone": N_("The contact's phone number"),
    },
    Text.CALL: {
        "pre_read": N_("What to look at beforehand, one a line"),
        "ringing": N_("Who rings whom, and on which number; empty where it is no call"),
        "phone": N_("The contact's phone number"),
    },
    Text.EMAIL: {
        "status": N_("Where things stand"),
        "decisions": N_("The decisions you need from the client"),
        "next_contact": N_("The day of the next contact"),
        "call_on": N_("The day of the call; empty where none is planned"),
    },
    Text.HANDOFF: {
        "delegate": N_("Your colleague's full name"),
        "delegate_first": N_("Your colleague's first name"),
    },
    Text.UNDO: {},
}
_PARTS: Mapping[str, str] = {
    "greeting": "{{ greeting() }}",
    "closing": "{{ closing() }}",
    "meeting": "{{ meeting() }}",
    "slots": "{{ slot_list() }}",
    "stays": "{{ points(stays) }}",
    "to_writing": "{{ points(to_writing) }}",
    "pre_read": "{{ points(pre_read) }}",
    "ringing": "{% if by_phone %}{{ ringing() }}{% endif %}",
}
"""Names whose text the language's own pieces make."""
_MACROS = ("greeting", "closing", "meeting", "slot_list", "points", "ringing")


def placeholders(text: Text) -> Mapping[str, str]:
    """What a template for this text may name, with what each stands for (an English sentence, to be translated)."""
    return {**EVERYWHERE, **_OF_TEXT[text]}


def flat_values(language: str, values: Mapping[str, object]) -> dict[str, str]:
    """Every placeholder of every text, filled in, from the values of the product's own templates."""
    names = dict.fromkeys([*EVERYWHERE, *(name for own in _OF_TEXT.values() for name in own)])
    plain = {name: str(values[name]) for name in names if name not in _PARTS}
    load = f'{{% from "{language}/_parts.j2" import {", ".join(_MACROS)} with context %}}'
    return plain | {name: render_piece(load + source, values) for name, source in _PARTS.items()}
