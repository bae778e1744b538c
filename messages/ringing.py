"""Whom to ring before a mail is read, and what to say."""

from dataclasses import dataclass

from domain.client import Contact
from messages.drafting import readable_phone
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.scripts import CallScript

_NAME = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class ToRing:
    """`script` is None where there is no room for it."""

    contact: Contact | None
    script: CallScript | None


def ringing(t: Translator, lead: str, to_ring: ToRing) -> str:
    """Mrkdwn, after the mrkdwn sentence `lead`. The words are the client's language, the rest the member's."""
    name = one_line(to_ring.contact.name, _NAME) if to_ring.contact else ""
    number = readable_phone(to_ring.contact.phone) if to_ring.contact else ""
    lines = [f"{lead} {_whom(t, name, number)}".strip()]
    if to_ring.script is not None:
        lines += [t.text("You could say:"), f"&gt; {escape(to_ring.script.spoken)}"]
        lines += [t.text("To the voicemail:"), f"&gt; {escape(to_ring.script.voicemail)}"]
    return "\n".join(lines)


def _whom(t: Translator, name: str, number: str) -> str:
    if number:
        return t.mrkdwn("{name}: {number}.", name=name, number=number) if name else escape(f"{number}.")
    return t.mrkdwn("I have no number for {name}.", name=name) if name else t.text("I have no number of the client.")
