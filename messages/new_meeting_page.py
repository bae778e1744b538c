"""A meeting that is in no calendar, entered by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from domain.client import Client
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import VALUE, Field, View
from messages.meeting_list import one
from messages.meeting_view import MeetingView

SHORTEST, LONGEST = 5, 24 * 60
"""Minutes that the modal takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMeetingPrefill:
    """What was understood of `/meetdown new …`; times are the member's own."""

    client_text: str = ""
    title: str = ""
    date: dt.date | None = None
    time: dt.time | None = None
    minutes: int | None = 60
    place: str = ""
    contact_name: str = ""
    contact_email: str = ""
    phone: str = ""


def new_meeting_modal(
    t: Translator, form_id: str, prefill: NewMeetingPrefill, clients: Sequence[Client], zone: str
) -> Block:
    return blocks.modal(
        title=t.text("Enter a meeting"),
        blocks=[*_meeting(t, prefill, clients, zone), *_contact(t, prefill)],
        callback_id=View.NEW_MEETING,
        submit=t.text("Enter"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def created(t: Translator, view: MeetingView, now: dt.datetime) -> Message:
    """The new meeting with its buttons."""
    card = one(t, view, now)
    text = t.text("✓ *The meeting is entered.* I remind you in time; you can also decide now.")
    return blocks.message(f"{text}\n{card.text}", [blocks.section(text), *card.blocks])


def _meeting(t: Translator, prefill: NewMeetingPrefill, clients: Sequence[Client], zone: str) -> list[Block]:
    names = ", ".join(one_line(client.name, 40) for client in clients[:5])
    known = t.text("Such as: {names}", names=names) if names else t.text("A name is enough.")
    return [
        blocks.input_(
            t.text("Client"),
            blocks.text_input(action_id=VALUE, initial=prefill.client_text, max_length=150),
            block_id=Field.CLIENT,
            hint=known,
        ),
        blocks.input_(
            t.text("What is it about?"),
            blocks.text_input(action_id=VALUE, initial=prefill.title, max_length=250),
            block_id=Field.TITLE,
            optional=True,
        ),
        blocks.input_(
            t.text("Day"),
            blocks.date_picker(action_id=VALUE, initial=prefill.date.isoformat() if prefill.date else ""),
            block_id=Field.DATE,
        ),
        blocks.input_(
            t.text("Time"),
            blocks.time_picker(action_id=VALUE, initial=f"{prefill.time:%H:%M}" if prefill.time else ""),
            block_id=Field.TIME,
            hint=t.text("In your time zone, {zone}", zone=one_line(zone, 60)),
        ),
        blocks.input_(
            t.text("Minutes"),
            blocks.number_input(
                action_id=VALUE,
                initial=str(prefill.minutes) if prefill.minutes is not None else "",
                minimum=SHORTEST,
                maximum=LONGEST,
            ),
            block_id=Field.MINUTES,
        ),
        blocks.input_(
            t.text("Where?"),
            blocks.text_input(action_id=VALUE, initial=prefill.place, max_length=250),
            block_id=Field.PLACE,
            hint=t.text("An address, a link, or “phone”."),
            optional=True,
        ),
    ]


def _contact(t: Translator, prefill: NewMeetingPrefill) -> list[Block]:
    return [
        blocks.input_(
            t.text("Whom do you meet?"),
            blocks.text_input(action_id=VALUE, initial=prefill.contact_name, max_length=150),
            block_id=Field.CONTACT_NAME,
            optional=True,
        ),
        blocks.input_(
            t.text("Their e-mail address"),
            blocks.email_input(action_id=VALUE, initial=prefill.contact_email),
            block_id=Field.CONTACT_EMAIL,
            optional=True,
        ),
        blocks.input_(
            t.text("Their phone number"),
            blocks.text_input(action_id=VALUE, initial=prefill.phone, max_length=60, placeholder="+31 20 794 0800"),
            block_id=Field.PHONE,
            optional=True,
        ),
    ]
