"""The debrief of a hand-over: the delegate's form, and what the owner gets."""

from datetime import datetime

from domain.aftermath import Debrief, Mood
from domain.overview import Overview
from messages import blocks
from messages.aftermath_labels import MOODS
from messages.blocks import Block, Message
from messages.escape import escape, escape_and_cut, one_line
from messages.i18n import N_, Translator
from messages.ids import Action, Field, View, pack
from messages.meeting_view import NAME, client_name, title
from messages.when import moment

_PART = 2000
_PARTS = (
    (N_("*What came of it*"), "outcome"),
    (N_("*What was promised*"), "promises"),
    (N_("*Open points*"), "open_points"),
)


def debrief_modal(t: Translator, form_id: str) -> Block:
    fields = (
        (Field.OUTCOME, t.text("What came of it?"), t.text("Decisions, answers, what the client said."), False),
        (Field.PROMISES, t.text("What did you promise, and for when?"), "", True),
        (Field.OPEN_POINTS, t.text("What is still open? Who does it, by when?"), "", True),
    )
    parts = [
        blocks.input_(
            label,
            blocks.text_input(action_id="value", multiline=True, max_length=_PART),
            block_id=name,
            hint=hint,
            optional=optional,
        )
        for name, label, hint, optional in fields
    ]
    moods = [blocks.option(t.text(label), mood.value) for mood, label in MOODS.items()]
    parts.append(
        blocks.input_(
            t.text("How was the client?"),
            blocks.radios(action_id="value", options=moods, initial=Mood.GOOD.value),
            block_id=Field.MOOD,
        )
    )
    return blocks.modal(
        title=t.text("Debrief"),
        blocks=parts,
        callback_id=View.DEBRIEF,
        submit=t.text("Send"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def owner_told(t: Translator, debrief: Debrief, delegate_name: str, overview: Overview, now: datetime) -> Message:
    """What the delegate reports, for the owner; with the way to the client's history."""
    meeting, client = overview.meeting, overview.client
    head = t.mrkdwn(
        "*{delegate} reports on {title} with {client}* ({moment}). Mood of the client: {mood}",
        delegate=one_line(delegate_name, NAME) or t.text("Your colleague"),
        title=title(t, meeting),
        client=client_name(t, meeting, client),
        moment=moment(t, meeting.starts_at, overview.owner.time_zone, now),
        mood=t.text(MOODS[debrief.mood]),
    )
    shown = [blocks.section(head)]
    texts = [head]
    for label, name in _PARTS:
        text = getattr(debrief, name)
        if text:
            piece = f"{t.text(label)}\n{escape_and_cut(text, _PART)}"
            shown.append(blocks.section(piece))
            texts.append(piece)
    if debrief.mood is Mood.TENSE:
        advice = t.text("The client was tense: a short call from you may be worth more than the next meeting.")
        shown.append(blocks.context(escape(advice)))
    if client is not None:
        look = blocks.button(t.text("The client's history"), action_id=Action.CLIENT_OPEN, value=pack(client.id))
        shown.append(blocks.actions([look]))
    return blocks.message("\n".join(texts), shown)
