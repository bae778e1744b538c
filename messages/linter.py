"""Marks in a message to a client what would do harm; a warning to the owner, who decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.escape import cut
from messages.i18n import N_, Translator


class LintCode(StrEnum):
    EXCUSE = "excuse"
    """Tells the client that something else matters more."""
    APOLOGIES = "apologies"
    """More than one."""
    PLACEHOLDER = "placeholder"
    """Something is still to be filled in."""
    NO_ALTERNATIVE = "no_alternative"
    """Neither a date or time nor a way to speak is offered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LintFinding:
    """`found` is the piece of text that it is about; empty where something is missing."""

    code: LintCode
    found: str = ""


SENTENCES: dict[LintCode, str] = {
    LintCode.EXCUSE: N_("“{found}” tells the client that something else comes first. Better leave it out."),
    LintCode.APOLOGIES: N_("It apologises more than once. One apology is enough."),
    LintCode.PLACEHOLDER: N_("“{found}” looks as if it is still to be filled in."),
    LintCode.NO_ALTERNATIVE: N_("It offers no alternative. Name a date, a time or a way to speak to you."),
}

_EXCUSES = {
    "en": r"too busy|(?:very|so|really|extremely) busy|(?:have|had|got) no time|no time (?:for|to)|"
    r"(?:don['’]t|do not) have (?:the |any |enough )?time|something (?:has )?c[ao]me up|more (?:important|urgent)|"
    r"(?:higher|other) priorit(?:y|ies)|double[- ]booked",
    "nl": r"te druk|(?:erg|heel|zo|ontzettend) druk|geen tijd|te weinig tijd|iets tussen(?:\s?(?:gekomen|komt|kwam))?|"
    r"belangrijkere?(?:s)? (?:zaken|dingen|afspraak|afspraken)|iets belangrijkers|"
    r"andere prioriteiten|dubbel geboekt",
}
_APOLOGIES = {
    "en": r"\bsorry\b|\bapolog\w+|\bregret\b|\bforgive\b",
    "nl": r"\bsorry\b|\bexcus\w+|\bverontschuldig\w+|\bspijt\w*|\bvergeef\b",
}
_OFFERS = {
    "en": r"\d{1,2}[:.]\d{2}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bring\b|\bcall(?:ed|ing)?\b|\bphone\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\d{1,2} may\b|"
    r"\b(?:tomorrow|next week|another (?:day|time|moment))\b",
    "nl": r"\d{1,2}[:.]\d{2}|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|\bbel(?:len|t|de)?\b|telefoni\w+|"
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b|"
    r"\b(?:morgen|volgende week|een (?:ander|nieuw) moment|een andere (?:dag|keer))\b",
}
_PLACEHOLDER = re.compile(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\[(?:\.{3}|…|[^\W\d][^\]\n]*)\]|\bX{3,}\b|…{2,}|_{3,}", re.MULTILINE
)


def findings(text: str, language: str, *, known: Sequence[str] = ()) -> tuple[LintFinding, ...]:
    """What to look at again in `text`. `known` are texts that are not the owner's to change, as a meeting's title."""
    for own in known:
        text = text.replace(own, " ") if own.strip() else text
    spoken = language if language in _EXCUSES else "en"
    excuses = _matches(rf"\b(?:{_EXCUSES[spoken]})\b", text)
    found = [LintFinding(code=LintCode.EXCUSE, found=match) for match in excuses]
    if len(_matches(_APOLOGIES[spoken], text, repeated=True)) > 1:
        found.append(LintFinding(code=LintCode.APOLOGIES))
    placeholders = dict.fromkeys(_PLACEHOLDER.findall(text))
    found.extend(LintFinding(code=LintCode.PLACEHOLDER, found=cut(match, 60)) for match in placeholders)
    if not _matches(_OFFERS[spoken], text):
        found.append(LintFinding(code=LintCode.NO_ALTERNATIVE))
    return tuple(found)


def lint_sentence(t: Translator, finding: LintFinding) -> str:
    """Plain text."""
    return t.text(SENTENCES[finding.code], found=finding.found)


def _matches(pattern: str, text: str, *, repeated: bool = False) -> list[str]:
    matches = [match.group() for match in re.finditer(pattern, text, re.IGNORECASE)]
    return matches if repeated else list(dict.fromkeys(matches))
