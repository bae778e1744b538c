"""A letter in pieces: where its lines, sentences and clauses begin and end, and how to take one out cleanly.

Places are offsets into the text. Everything that is not taken out stays letter by letter.
"""

import re

HIDDEN = "\0"
"""Stands for every character of a piece that is nobody's to change."""

Span = tuple[int, int]

_END = re.compile(r"[.!?…]+[\"”’)]*[ \t]+(?=[\"“‘(\[]?(?:[^\W_a-zß-öø-ÿ]|\0))")
"""Where a sentence ends on a line and another one follows, which begins with a capital letter or a digit."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|dhr|mevr|mw|drs|ir|ing|nr|no|bijv|ca|st)|\b\w)\.[ \t]+$", re.IGNORECASE
)
_CONNECTION = re.compile(
    r"\s*[,;]\s+(?P<joined>(?:so|but|and|dus|maar|en)\s+)?|\s+(?P<word>but|maar)\s+|\s*;\s+|\s+[–—]\s+|"
    r"\s*:\s+(?!$)|,?\s+(?:because|omdat|want|aangezien)\s+",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*(?:[-*•–]|\d+[.)])?\s*")


def line_at(text: str, at: int) -> Span:
    """The line that `at` is on, without its line break."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def sentence_at(text: str, at: int) -> Span:
    """The sentence that `at` is in, without the space behind it; sentences end with their line."""
    begin, line_end = line_at(text, at)
    mark = _MARK.match(text, begin, line_end)
    begin = min(mark.end(), at) if mark else begin
    for match in _END.finditer(text, begin, line_end):
        if _ABBREVIATION.search(text, begin, match.end()):
            continue
        if match.end() > at:
            return begin, begin + len(text[begin : match.end()].rstrip())
        begin = match.end()
    return begin, line_end


def clauses(sentence: str) -> list[tuple[Span, bool]]:
    """The parts of a sentence, each with whether it is joined to the one before by a word like *but*."""
    parts: list[tuple[Span, bool]] = []
    begin, joined = 0, False
    for match in _CONNECTION.finditer(sentence):
        parts.append(((begin, match.start()), joined))
        begin, joined = match.end(), bool(match["joined"] or match["word"])
    return [*parts, ((begin, len(sentence)), joined)]


def ended(text: str, like: str) -> str:
    """A rest of a sentence as a sentence: with a capital letter, and the end of the whole one."""
    stripped = text.strip()
    end = re.search(r"[.!?…]+$", like.strip())
    if stripped and stripped[-1] not in ".!?…" and end:
        stripped += end.group()
    return stripped[:1].upper() + stripped[1:]


def replaced(text: str, span: Span, new: str) -> str:
    """`new` in place of the span; where that is nothing, an empty line or list item goes with it."""
    begin, end = span
    if new:
        return text[:begin] + new + text[end:]
    line_begin, line_end = line_at(text, begin)
    before, after = text[line_begin:begin], text[end:line_end].lstrip()
    if after or not _MARK.fullmatch(before):
        return text[:begin] + after + text[line_end:] if after else text[:begin].rstrip(" \t") + text[line_end:]
    above, below = text[:line_begin], text[line_end:].removeprefix("\n")
    if not above.strip() or not below.strip():
        return above.rstrip() + below.lstrip("\n") if above.strip() else below.lstrip("\n")
    if above.endswith("\n\n") and below.startswith("\n"):
        below = below.removeprefix("\n")
    return above + below


def sentences(text: str) -> list[str]:
    """Every sentence in turn, without empty ones."""
    found, at = [], 0
    while at < len(text):
        begin, end = sentence_at(text, at)
        piece = text[max(begin, at) : end].strip()
        found.extend([piece] if piece else [])
        at = max(end, at) + 1
    return found
