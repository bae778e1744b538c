"""Short answers: a sentence that only one person sees, a window with one paragraph, and what is said of a crash."""

from messages import blocks
from messages.blocks import Block, Message
from messages.escape import escape, escape_and_cut
from messages.i18n import Translator
from messages.ids import View


def incident(t: Translator, incident_id: str) -> str:
    """For a mistake of ours: what to do, and the word to find it in the log by."""
    return t.text(
        "Something went wrong on my side, and it has been written down as {incident_id}. "
        "Please try again in a minute; if it happens again, give that word to whoever runs Meetdown.",
        incident_id=incident_id,
    )


def ephemeral(t: Translator, text: str) -> Message:
    """`text` is plain, as `problems.problem` gives it; it is escaped here. `t` keeps all views alike."""
    del t
    return blocks.message(escape(text), [blocks.section(escape_and_cut(text, blocks.TEXT))])


def notice_modal(t: Translator, text: str) -> Block:
    """One paragraph of plain text, with nothing to do but close it."""
    return blocks.modal(
        title=t.text("Meetdown"),
        blocks=[blocks.section(escape_and_cut(text, blocks.TEXT))],
        callback_id=View.NOTICE,
        close=t.text("Close"),
    )
