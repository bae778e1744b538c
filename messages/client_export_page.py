"""What is said around the client book as a file."""

from messages import blocks
from messages.blocks import Message
from messages.i18n import Translator


def asked(t: Translator, count: int) -> Message:
    """Below the command, at once."""
    text = t.count(
        "I am writing {n} client into a file. It comes into your direct messages with me.",
        "I am writing {n} clients into a file. It comes into your direct messages with me.",
        count,
    )
    return blocks.message(text, [blocks.section(text)])


def sent(t: Translator, count: int, *, whole: bool) -> Message:
    """Above the file. `whole`: the workspace's clients, rather than those that the member leads."""
    if whole:
        text = t.count("*The client book:* {n} client.", "*The client book:* {n} clients.", count)
    else:
        text = t.count("*The client that you lead.*", "*The {n} clients that you lead.*", count)
    end = t.text(
        "You asked for it with `/meetdown clients export`. There are names and numbers of people in it: "
        "keep it as you keep those. An administrator reads it in again with `import-clients`."
    )
    return blocks.message(f"{text} {end}", [blocks.section(text), blocks.context(end)])
