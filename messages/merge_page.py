"""Two records of one client made one: which one is meant, then what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.client import Client
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import VALUE, Field, View

NAME = 100
KEPT = "kept"
OTHER = "other"
"""Values of the choice whose name stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """What goes from one client to the other."""

    contacts: int
    domains: int
    meetings: int
    decisions: int


def merge_modal(t: Translator, form_id: str, client: Client, others: Sequence[Client]) -> Block:
    text = t.mrkdwn(
        "*{client}* stays, and takes over everything of the other one: contacts, domains, meetings, history.",
        client=one_line(client.name, NAME),
    )
    if not others:
        nobody = t.text("There is no other client to merge with.")
        return blocks.modal(
            title=t.text("Merge two clients"),
            blocks=[blocks.section(nobody)],
            callback_id=View.NOTICE,
            close=t.text("Close"),
        )
    options = [blocks.option(one_line(other.name, blocks.OPTION) or other.id, other.id) for other in others]
    return blocks.modal(
        title=t.text("Merge two clients"),
        blocks=[
            blocks.section(text),
            blocks.input_(
                t.text("Which one is the same client?"),
                blocks.select(action_id=VALUE, options=options, placeholder=t.text("Choose a client")),
                block_id=Field.CLIENT,
                hint=t.text("You see what it means before anything happens."),
            ),
        ],
        callback_id=View.MERGE,
        submit=t.text("Go on"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def sure_modal(t: Translator, form_id: str, kept: Client, other: Client, moves: Moves) -> Block:
    names = {"kept": one_line(kept.name, NAME), "other": one_line(other.name, NAME)}
    parts = [
        t.count("{n} contact", "{n} contacts", moves.contacts),
        t.count("{n} domain", "{n} domains", moves.domains),
        t.count("{n} meeting", "{n} meetings", moves.meetings),
        t.count("{n} decision", "{n} decisions", moves.decisions),
    ]
    lines = [
        t.mrkdwn("*{other}* goes into *{kept}*: {parts}.", parts=", ".join(parts), **names),
        t.mrkdwn(
            "Afterwards it is a client of tier {tier}. Contacts with the same address become one.",
            tier=min(kept.tier, other.tier),
        ),
        t.text("! *This cannot be undone.*"),
    ]
    same = kept.name == other.name
    options = [blocks.option(names["kept"] or "–", KEPT), blocks.option(names["other"] or "–", OTHER)]
    chosen = blocks.radios(action_id=VALUE, options=options, initial=KEPT)
    ask = blocks.input_(t.text("Which name stays?"), chosen, block_id=Field.NAME)
    return blocks.modal(
        title=t.text("Merge two clients"),
        blocks=[blocks.section("\n".join(lines)), *([] if same else [ask])],
        callback_id=View.MERGE_SURE,
        submit=t.text("Merge"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def merged_modal(t: Translator, client: Client) -> Block:
    text = t.mrkdwn("✓ They are one client now: *{client}*.", client=one_line(client.name, NAME))
    return _notice(t, t.text("Merged"), text)


def archived_modal(t: Translator, client: Client) -> Block:
    text = t.mrkdwn(
        "✓ *{client}* is archived. `/meetdown clients archived` shows who is, and brings them back.",
        client=one_line(client.name, NAME),
    )
    return _notice(t, t.text("Archived"), text)


def back_modal(t: Translator, client: Client) -> Block:
    return _notice(t, t.text("Brought back"), brought_back(t, client).text)


def brought_back(t: Translator, client: Client) -> Message:
    text = t.mrkdwn(
        "✓ *{client}* is back. Their coming meetings appear as soon as I have read the calendars again.",
        client=one_line(client.name, NAME),
    )
    return blocks.message(text, [blocks.section(text)])


def _notice(t: Translator, title: str, text: str) -> Block:
    return blocks.modal(title=title, blocks=[blocks.section(text)], callback_id=View.NOTICE, close=t.text("Close"))
