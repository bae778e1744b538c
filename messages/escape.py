"""User text on its way into Slack: escaped so that it stays dead text, and cut so that Slack takes it."""

import unicodedata

ELLIPSIS = "…"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """Escape the three characters that mean something in mrkdwn (Slack escapes exactly `&`, `<` and `>`)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + ELLIPSIS


def one_line(text: str, limit: int) -> str:
    """User text for the middle of a line: white space as single spaces, no control characters, cut.

    Control and format characters go because one right-to-left override would turn round all that follows it; the
    joiner of emoji (U+200D) and variation selectors stay.
    """
    text = text[: 4 * limit]
    if not text.isascii() or not text.isprintable():
        text = "".join(" " if mark.isspace() else mark for mark in text if _is_shown(mark))
    return cut(" ".join(text.split()), limit)


def _is_shown(mark: str) -> bool:
    return mark.isspace() or mark == "\u200d" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs"}


def escape_and_cut(text: str, limit: int) -> str:
    """Escaped text of at most `limit` characters, never cut inside an entity (escaping can grow text fivefold)."""
    escaped = escape(text)
    if len(escaped) <= limit:
        return escaped
    room, pieces = limit - len(ELLIPSIS), []
    for character in text:
        piece = _ENTITIES.get(character, character)
        if len(piece) > room:
            break
        pieces.append(piece)
        room -= len(piece)
    return "".join(pieces).rstrip() + ELLIPSIS


def cut_mrkdwn(text: str, limit: int) -> str:
    """Cut text that is escaped already, stepping back where the cut would fall inside an entity or a `<…>` link."""
    if len(text) <= limit:
        return text
    kept = text[: limit - len(ELLIPSIS)]
    for opening, closing in (("&", ";"), ("<", ">")):
        start = kept.rfind(opening)
        if start >= 0 and closing not in kept[start:]:
            end = text.find(closing, start)
            if opening == "<" or (0 <= end - start <= 4):
                kept = kept[:start]
    return kept.rstrip() + ELLIPSIS
