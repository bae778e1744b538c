"""Help, and the first message to somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import blocks
from messages.blocks import Message
from messages.i18n import Translator
from messages.ids import Action


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpLine:
    """`usage` is what to type; `sentence` is marked with `N_` where the table of commands stands."""

    usage: str
    sentence: str


def help_message(t: Translator, commands: Sequence[HelpLine]) -> Message:
    intro = t.text("*Cannot make a client meeting?* I help you step it down without hurting the client:")
    ways = "\n".join(
        [
            t.text("• *Make it a call:* you still talk, without the journey."),
            t.text("• *Make it shorter:* 90 minutes become 30, with what matters."),
            t.text("• *E-mail for now:* the matter is settled in writing."),
            t.text("• *Hand over:* a colleague goes, with a good brief."),
        ]
    )
    lines = [
        t.mrkdwn("`{usage}` {sentence}", usage=command.usage, sentence=t.text(command.sentence)) for command in commands
    ]
    table = "\n".join(lines)
    end = t.text("I remind you of each client meeting in time. Nothing goes to a client before you click.")
    parts = [blocks.section(intro), blocks.section(ways), *([blocks.section(table)] if lines else [])]
    return blocks.message("\n".join([intro, ways, *lines, end]), [*parts, blocks.context(end)])


def welcome(t: Translator) -> Message:
    """The first message to a member: what it is, what to do first, and how to be left alone."""
    text = t.text(
        "*Hello, I am Meetdown.* Before each client meeting I ask whether you can make it. If not, I help you make it "
        "a call, shorter, an e-mail or a colleague's, with the words for your client."
    )
    end = t.text("I only write when you have connected a calendar or entered a meeting. `/meetdown help` shows more.")
    row = [
        blocks.button(t.text("Connect your calendar"), action_id=Action.CONNECT, style="primary"),
        blocks.button(t.text("Enter a meeting"), action_id=Action.NEW_MEETING),
    ]
    return blocks.message(f"{text}\n{end}", [blocks.section(text), blocks.actions(row), blocks.context(end)])
