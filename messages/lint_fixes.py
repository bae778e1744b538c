"""The offer to put a finding right: the smallest change after which it is gone, with the rest left as it was written.

A change is only offered where it works: whoever fixes a finding does not see it again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from messages.letter import Span, clauses, ended, line_at, replaced, sentence_at, sentences
from messages.lint_words import APOLOGIES, APOLOGY_PHRASES, GREETINGS, OFFERS
from messages.linter import MOST_FOUND, PLACEHOLDER, LintCode, LintFinding, findings, masked, spoken_language

MOST_ROUNDS = 12
"""Pieces that one fix takes out of a text; a text that needs more is written anew sooner than mended."""
FEWEST_WORDS = 4
"""Of a clause that stays as a sentence of its own without offering anything."""

LONGEST_GREETING, LONGEST_CLOSING = 80, 160
"""Characters; what is longer is no greeting, or no closing words."""

_LINK = re.compile(r"(?:so|but|and|dus|maar|en|therefore|daarom)\b[\s,]*", re.IGNORECASE)
_LINK_BEFORE = re.compile(r"(?:^|\s+)(?:so|but|and|dus|maar|en)$", re.IGNORECASE)
_BELONGING = re.compile(r"(?:for|about|that|to|if|voor|dat|om|als|over)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What a fix knows besides the text. `anew` is the text as the template makes it, in the client's language."""

    language: str
    known: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    anew: str = ""

    @property
    def spoken(self) -> str:
        return spoken_language(self.language)

    def lint(self, text: str) -> tuple[LintFinding, ...]:
        return findings(text, self.language, known=self.known, welcome=self.welcome)


def mark_of(finding: LintFinding) -> str:
    """A name for it that may travel through Slack and be kept: letters and digits, the same for the same finding."""
    return sha256(f"{finding.code.value}:{finding.found.lower()}".encode()).hexdigest()[:16]


def fix(text: str, finding: LintFinding, around: Around) -> str | None:
    """The text without the finding; None where only the owner can put it right."""
    fixed = _FIXES[finding.code](text, finding, around)
    if fixed is None or not fixed.strip():
        return None
    return None if any(_is_left_of(finding, one) for one in around.lint(fixed)) else fixed


def fix_all(text: str, around: Around) -> str:
    """One after the other, the alternative last: what is taken out may have been the only one."""
    for _ in range(MOST_ROUNDS):
        found = sorted(around.lint(text), key=lambda one: one.code is LintCode.NO_ALTERNATIVE)
        fixed = next(filter(None, (fix(text, one, around) for one in found if not _makes_anew(one))), None)
        if fixed is None:
            return text
        text = fixed
    return text


def fixable(text: str, around: Around) -> tuple[LintFinding, ...]:
    """Those findings of the text for which there is a fix."""
    return tuple(finding for finding in around.lint(text) if fix(text, finding, around) is not None)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The sentences that went and those that came, to tell the owner what was done."""
    old, new = sentences(before), sentences(after)
    return [one for one in old if one not in new], [one for one in new if one not in old]


def _makes_anew(finding: LintFinding) -> bool:
    """Writes over the whole text, so it is asked for by itself."""
    return finding.code is LintCode.WRONG_LANGUAGE


def _is_left_of(finding: LintFinding, one: LintFinding) -> bool:
    return one.code is finding.code and (_makes_anew(one) or one.found.lower() == finding.found.lower())


def _without_piece(text: str, finding: LintFinding, around: Around) -> str | None:
    """Without the sentences that hold the piece; what such a sentence offers besides stays."""
    wanted = finding.found.removesuffix("…") if len(finding.found) >= MOST_FOUND else finding.found
    piece = re.compile(rf"(?<!\w){re.escape(wanted)}", re.IGNORECASE)
    for _ in range(MOST_ROUNDS):
        hidden = masked(text, around.known)
        match = piece.search(hidden)
        if match is None:
            return text
        begin, end = sentence_at(hidden, match.start())
        bad = (match.start() - begin, match.end() - begin)
        text = replaced(text, (begin, end), _rest(text[begin:end], hidden[begin:end], bad, around.spoken))
    return None


def _rest(sentence: str, hidden: str, bad: Span, spoken: str) -> str:
    """What stays of a sentence: a greeting, and whole clauses before or behind the bad one."""
    parts = clauses(hidden)
    first = next(number for number, (span, _) in enumerate(parts) if span[1] > bad[0])
    last = max([number for number, (span, _) in enumerate(parts) if span[0] < bad[1]] + [first])
    kept: list[Span] = []
    if first > 0:
        kept.append((0, parts[first - 1][0][1]))
    if last + 1 < len(parts):
        kept.append((parts[last + 1][0][0], len(hidden)))
    joined = {0: parts[first][1], len(hidden): last + 1 < len(parts) and parts[last + 1][1]}
    greeting = first > 0 and re.match(GREETINGS[spoken], hidden, re.IGNORECASE) is not None
    good = [
        span
        for span in kept
        if re.search(OFFERS[spoken], hidden[slice(*span)], re.IGNORECASE)
        or (greeting and span[0] == 0)
        or (joined[0 if span[0] == 0 else len(hidden)] and len(hidden[slice(*span)].split()) >= FEWEST_WORDS)
    ]
    if greeting and good == kept[:1]:
        return sentence[slice(*good[0])].rstrip() + ","
    return ended(", ".join(sentence[slice(*span)].strip() for span in good), sentence)


def _without_second_apology(text: str, finding: LintFinding, around: Around) -> str | None:
    """The first stays. A later one goes with its phrase, or with its sentence where that says nothing else."""
    del finding
    said = re.compile(APOLOGIES[around.spoken], re.IGNORECASE)
    for _ in range(MOST_ROUNDS):
        hidden = masked(text, around.known)
        matches = list(said.finditer(hidden))
        if len(matches) < 2:
            return text
        begin, end = sentence_at(hidden, matches[1].start())
        within = begin <= matches[0].start()
        rest = _phrase_out(text[begin:end], hidden[begin:end], matches[1].start() - begin, around.spoken)
        if within and len(said.findall(rest)) != len(said.findall(hidden[begin:end])) - 1:
            return None
        text = replaced(text, (begin, end), rest if within or not said.search(rest) else "")
    return None


def _phrase_out(sentence: str, hidden: str, at: int, spoken: str) -> str:
    """The sentence without the apology at that place; empty where too little is left to be a sentence."""
    phrases = re.finditer(APOLOGY_PHRASES[spoken], hidden, re.IGNORECASE)
    phrase = next((one for one in phrases if one.start() <= at < one.end()), None)
    if phrase is None:
        return ""
    before = _LINK_BEFORE.sub("", sentence[: phrase.start()].rstrip(" ,;:–—"))
    after = _LINK.sub("", sentence[phrase.end() :].lstrip(" ,;:–—-!."), count=1)
    if _BELONGING.match(after) or not re.search(r"\w", after):
        after = ""
    rest = ended(f"{before}, {after}" if before and after else before or after, sentence)
    return rest if len(rest.split()) > 1 or before else ""


def _without_placeholder(text: str, finding: LintFinding, around: Around) -> str | None:
    """Without the sentence that waits for it; in a greeting, with the template's."""
    wanted = finding.found.removesuffix("…") if len(finding.found) >= MOST_FOUND else finding.found
    for _ in range(MOST_ROUNDS):
        hidden = masked(text, around.known)
        gap = next((one for one in PLACEHOLDER.finditer(hidden) if one.group().startswith(wanted)), None)
        if gap is None:
            return text
        begin, end = line_at(hidden, gap.start())
        if re.match(GREETINGS[around.spoken], hidden[begin:end], re.IGNORECASE) and gap.end() >= end - 2:
            greeting = around.anew.split("\n", 1)[0]
            text = replaced(text, (begin, end), greeting if len(greeting) <= LONGEST_GREETING else "")
        else:
            text = replaced(text, sentence_at(hidden, gap.start()), "")
    return None


def _with_alternative(text: str, finding: LintFinding, around: Around) -> str | None:
    """With what the template offers, before the closing words."""
    del finding
    offer = _offer(around)
    if not offer or any(_makes_anew(one) for one in around.lint(text)):
        return None
    paragraphs = text.strip().split("\n\n")
    last = paragraphs[-1]
    closes = len(paragraphs) > 1 and len(last) <= LONGEST_CLOSING and not re.search(r"[.?!]$", last.split("\n")[0])
    at = len(paragraphs) - 1 if closes else len(paragraphs)
    return "\n\n".join([*paragraphs[:at], offer, *paragraphs[at:]])


def _offer(around: Around) -> str:
    """The template's last paragraph that offers something, without the others; else its sentence that does."""
    middle = around.anew.strip().split("\n\n")[1:-1]
    holding = [one for one in reversed(middle) if re.search(OFFERS[around.spoken], one, re.IGNORECASE)]
    if not holding:
        return ""
    if "\n" in holding[0] or holding[0] == middle[-1]:
        return holding[0]
    return next(one for one in sentences(holding[0]) if re.search(OFFERS[around.spoken], one, re.IGNORECASE))


def _made_anew(text: str, finding: LintFinding, around: Around) -> str | None:
    """The template's text, where that is in the client's language: what the owner filled in may not be."""
    del text, finding
    return around.anew or None


_FIXES: Mapping[LintCode, Callable[[str, LintFinding, Around], str | None]] = {
    LintCode.EXCUSE: _without_piece,
    LintCode.BLAME: _without_piece,
    LintCode.APOLOGIES: _without_second_apology,
    LintCode.PLACEHOLDER: _without_placeholder,
    LintCode.NO_ALTERNATIVE: _with_alternative,
    LintCode.WRONG_LANGUAGE: _made_anew,
}
