"""The people at a client: the list of them, and the form of one, in one window that changes between the two."""

from dataclasses import dataclass

from domain.client import Client, Contact
from messages import blocks
from messages.blocks import Block
from messages.drafting import readable_phone
from messages.escape import escape, one_line
from messages.i18n import LANGUAGES, Translator
from messages.ids import VALUE, Action, Field, View, pack
from messages.labels import language_label

NAME = 100
MOST_SHOWN = 45
SAME = "client"
"""Value of the language that is the client's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PickedContact:
    """The contact that the form is about; None: a new one."""

    client: Client
    contact: Contact | None


def contact_line(t: Translator, contact: Contact) -> str:
    """Escaped: `Sanne Jansen · sanne@acme.example · +31 20 794 0800 · Dutch`."""
    language = language_label(t, contact.language) if contact.language else ""
    parts = (contact.name, contact.email, readable_phone(contact.phone), language, contact.time_zone)
    return escape(" · ".join(one_line(part, NAME) for part in parts if part))


def contacts_modal(t: Translator, form_id: str, client: Client) -> Block:
    add = blocks.button(t.text("Add a contact"), action_id=Action.CONTACT_ADD, style="primary")
    lines = [_entry(t, contact, is_first=place == 0) for place, contact in enumerate(client.contacts[:MOST_SHOWN])]
    text = t.mrkdwn("*{client}*", client=one_line(client.name, NAME))
    if not lines:
        text += "\n" + t.text("Nobody yet. I write and ring better when I know whom.")
    more = len(client.contacts) - MOST_SHOWN
    if more > 0:
        lines.append(blocks.context(t.count("and {n} more", "and {n} more", more)))
    return blocks.modal(
        title=t.text("Contacts"),
        blocks=[blocks.section(text), *lines, blocks.actions([add])],
        callback_id=View.CONTACTS,
        close=t.text("Close"),
        private_metadata=form_id,
    )


def contact_modal(t: Translator, form_id: str, picked: PickedContact) -> Block:
    client, contact = picked.client, picked.contact
    known = contact or Contact(id="", client_id=client.id, name="")
    return blocks.modal(
        title=t.text("Add a contact") if contact is None else t.text("Change a contact"),
        blocks=[
            *_fields(t, client, known),
            *(_more(t, picked) if contact else []),
        ],
        callback_id=View.CONTACT,
        submit=t.text("Save"),
        close=t.text("Close"),
        private_metadata=form_id,
    )


def _fields(t: Translator, client: Client, known: Contact) -> list[Block]:
    spoken = language_label(t, client.language)
    languages = [blocks.option(t.text("As the company: {language}", language=spoken), SAME)]
    languages += [blocks.option(language_label(t, code), code) for code in LANGUAGES]
    return [
        blocks.input_(
            t.text("Name"),
            blocks.text_input(action_id=VALUE, initial=known.name, max_length=150),
            block_id=Field.CONTACT_NAME,
        ),
        blocks.input_(
            t.text("E-mail"),
            blocks.email_input(action_id=VALUE, initial=known.email),
            block_id=Field.CONTACT_EMAIL,
            optional=True,
        ),
        blocks.input_(
            t.text("Phone"),
            blocks.text_input(
                action_id=VALUE,
                initial=readable_phone(known.phone),
                max_length=60,
                placeholder="+31 20 794 0800",
            ),
            block_id=Field.PHONE,
            optional=True,
        ),
        blocks.input_(
            t.text("I write to them in"),
            blocks.select(action_id=VALUE, options=languages, initial=known.language or SAME),
            block_id=Field.LANGUAGE,
        ),
        blocks.input_(
            t.text("Their city or time zone"),
            blocks.text_input(
                action_id=VALUE,
                initial=known.time_zone,
                max_length=60,
                placeholder=t.text("Amsterdam, New York, Europe/London …"),
            ),
            block_id=Field.ZONE,
            hint=t.text("Only where it is not the company's."),
            optional=True,
        ),
    ]


def _entry(t: Translator, contact: Contact, *, is_first: bool) -> Block:
    line = contact_line(t, contact)
    if is_first:
        line += "\n" + t.text("_First: whom I turn to where none of them is invited_")
    change = blocks.button(t.text("Change"), action_id=Action.CONTACT_EDIT, value=pack(contact.id))
    return blocks.section(line, accessory=change)


def _more(t: Translator, picked: PickedContact) -> list[Block]:
    contact = picked.contact
    if contact is None:
        return []
    name = one_line(contact.name, 60)
    sure = blocks.confirm(
        title=t.text("Remove {name}?", name=name),
        text=t.text("What happened in meetings with them stays."),
        yes=t.text("Remove"),
        no=t.text("Cancel"),
    )
    remove = blocks.button(
        t.text("Remove"), action_id=Action.CONTACT_REMOVE, value=pack(contact.id), style="danger", confirm=sure
    )
    first = blocks.button(t.text("Make first"), action_id=Action.CONTACT_FIRST, value=pack(contact.id))
    is_first = picked.client.contacts[:1] == (contact,)
    return [blocks.actions([remove] if is_first else [first, remove])]
