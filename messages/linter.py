"""Marks in a message to a client what would do harm; a warning to the owner, who decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.escape import cut
from messages.i18n import N_, Translator
from messages.language_profile import strange_language
from messages.letter import HIDDEN
from messages.lint_words import APOLOGIES, BLAME, EXCUSES, OFFERS


class LintCode(StrEnum):
    EXCUSE = "excuse"
    """Tells the client that something else matters more."""
    BLAME = "blame"
    """Tells the client that it is their doing."""
    APOLOGIES = "apologies"
    """More than one."""
    PLACEHOLDER = "placeholder"
    """Something is still to be filled in."""
    NO_ALTERNATIVE = "no_alternative"
    """Neither a date or time nor a way to speak is offered."""
    WRONG_LANGUAGE = "wrong_language"
    """All of it, or a whole paragraph, is in another language than the client's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LintFinding:
    """`found` is the piece of text that it is about, or the code of the wrong language; empty where something is
    missing."""

    code: LintCode
    found: str = ""


SENTENCES: dict[LintCode, str] = {
    LintCode.EXCUSE: N_("“{found}” tells the client that something else comes first. Better leave it out."),
    LintCode.BLAME: N_("“{found}” blames the client. Better leave it out."),
    LintCode.APOLOGIES: N_("It apologises more than once. One apology is enough."),
    LintCode.PLACEHOLDER: N_("“{found}” looks as if it is still to be filled in."),
    LintCode.NO_ALTERNATIVE: N_("It offers no alternative. Name a date, a time or a way to speak to you."),
    LintCode.WRONG_LANGUAGE: N_("All or part of it is in {found}, which is not the client's language."),
}
_LANGUAGES = {"en": N_("English"), "nl": N_("Dutch"), "de": N_("German"), "fr": N_("French"), "es": N_("Spanish")}

MOST_FOUND = 60
"""Characters of a piece of text that a sentence quotes."""
PLACEHOLDER = re.compile(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\[(?:\.{3}|…|[^\W\d][^\]\n]*)\]|\bX{3,}\b|…{2,}|_{3,}", re.MULTILINE
)


def findings(
    text: str, language: str, *, known: Sequence[str] = (), welcome: Sequence[str] = ()
) -> tuple[LintFinding, ...]:
    """What to look at again in `text`.

    `known` are texts that are not the owner's to change, as a meeting's title; `welcome` are languages (codes) that the
    client reads besides the one that drafts are made in.
    """
    text = masked(text, known)
    spoken = spoken_language(language)
    found = [LintFinding(code=LintCode.EXCUSE, found=match) for match in _quotes(rf"\b(?:{EXCUSES[spoken]})\b", text)]
    found += [LintFinding(code=LintCode.BLAME, found=match) for match in _quotes(rf"\b(?:{BLAME[spoken]})\b", text)]
    if len(re.findall(APOLOGIES[spoken], text, re.IGNORECASE)) > 1:
        found.append(LintFinding(code=LintCode.APOLOGIES))
    placeholders = dict.fromkeys(PLACEHOLDER.findall(text))
    found.extend(LintFinding(code=LintCode.PLACEHOLDER, found=cut(match, MOST_FOUND)) for match in placeholders)
    if not any(re.search(offers, text, re.IGNORECASE) for offers in OFFERS.values()):
        found.append(LintFinding(code=LintCode.NO_ALTERNATIVE))
    other = strange_language(text, (language, spoken, *welcome))
    if other:
        found.append(LintFinding(code=LintCode.WRONG_LANGUAGE, found=other))
    return tuple(found)


def masked(text: str, known: Sequence[str]) -> str:
    """The text, as long as before, without the pieces that are known."""
    for own in sorted(filter(str.strip, known), key=len, reverse=True):
        # Not inside a longer word: a contact may be called An.
        begin, end = (r"(?<!\w)" if own[0].isalnum() else ""), (r"(?!\w)" if own[-1].isalnum() else "")
        text = re.sub(begin + re.escape(own) + end, HIDDEN * len(own), text)
    return text


def spoken_language(language: str) -> str:
    """The language whose rules are used; a language without rules of its own is read as English."""
    return language if language in EXCUSES else "en"


def lint_sentence(t: Translator, finding: LintFinding) -> str:
    """Plain text."""
    found = finding.found
    if finding.code is LintCode.WRONG_LANGUAGE and found in _LANGUAGES:
        found = t.text(_LANGUAGES[found])
    return t.text(SENTENCES[finding.code], found=found)


def _quotes(pattern: str, text: str) -> list[str]:
    """Each piece once, as it is written where it comes first."""
    pieces: dict[str, str] = {}
    for match in re.finditer(pattern, text, re.IGNORECASE):
        pieces.setdefault(match.group().lower(), cut(match.group(), MOST_FOUND))
    return list(pieces.values())
