"""Every message to a client that the product makes: the combinations, and the meeting that they are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from domain.decision import CallTerms, Draft, EmailTerms, ShorterTerms, Terms, WhoRings
from domain.words import Formality, Mode, Option
from messages.drafting import draft
from tests.support.wording import LONDON, MEETING, SLOTS, TERMS, facts

LANGUAGES = ("en", "nl")

_DUTCH_TERMS: Mapping[Option, Terms] = {
    **TERMS,
    Option.CALL: CallTerms(
        phone="+31201234567",
        who_rings=WhoRings.OWNER,
        pre_read=("Het concept van de planning", "De cijfers van oktober"),
    ),
    Option.SHORTER: ShorterTerms(
        minutes=30,
        stays=("Datum van livegang", "Budget"),
        to_writing=("Bezoekcijfers",),
        pre_read=("Het concept van de planning",),
    ),
    Option.EMAIL: EmailTerms(
        status="De pagina's zijn gebouwd.",
        decisions_needed="Welke foto komt er op de voorpagina?",
        next_contact_on=date(2026, 11, 27),
        serious=True,
        call_on=date(2026, 11, 25),
    ),
}
_ENGLISH_TERMS: Mapping[Option, Terms] = {
    **TERMS,
    Option.CALL: CallTerms(
        phone="+31201234567", who_rings=WhoRings.OWNER, pre_read=("The draft of the plan", "The figures of October")
    ),
    Option.SHORTER: ShorterTerms(
        minutes=30, stays=("Launch date", "Budget"), to_writing=("Visitors",), pre_read=("The draft of the plan",)
    ),
}


@dataclass(frozen=True, kw_only=True)
class Combination:
    formality: Formality
    first_contact: bool
    slots: bool
    """With the client in another zone than the owner; without them a date is named."""
    contact: bool

    @property
    def name(self) -> str:
        return ", ".join(
            [
                self.formality.value,
                "first contact" if self.first_contact else "known",
                "slots" if self.slots else "no slots",
                "contact" if self.contact else "no contact",
            ]
        )


def combinations() -> Iterator[Combination]:
    for formality, first_contact, slots, contact in product(Formality, (True, False), (True, False), (True, False)):
        yield Combination(formality=formality, first_contact=first_contact, slots=slots, contact=contact)


def made(option: Option, language: str, combination: Combination, mode: Mode = Mode.ON_SITE) -> Draft:
    terms = (_DUTCH_TERMS if language == "nl" else _ENGLISH_TERMS)[option]
    if isinstance(terms, EmailTerms) and not combination.contact:
        terms = replace(terms, serious=False, call_on=None)
    known = facts(
        option,
        terms=terms,
        meeting=replace(MEETING, title="Nieuwe website" if language == "nl" else "New website", mode=mode),
        slots=SLOTS if combination.slots else (),
        client_zone=LONDON if combination.slots else "",
        proposal_by=None if combination.slots else date(2026, 11, 25),
    )
    if not combination.contact:
        known = replace(known, contact=None)
    return draft(option, known, language, combination.formality, first_contact=combination.first_contact)
