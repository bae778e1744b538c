"""What a meeting is for, guessed from its title, the history with the client and who was invited.

A guess leans to protection: protecting an ordinary meeting costs a click, writing off a complaint talk costs a client.
The owner can correct it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import timedelta

from domain.meeting import Attendee
from domain.words import MeetingKind

HISTORY_KNOWN_AFTER = timedelta(days=30)
"""How long an owner's calendar has to be connected until a client without meetings in the history is taken for a new
one. The first reading looks 90 days back, so these are four months: more than the quarter in which even the clients
who are met least are met once. Earlier, every client of somebody who has just begun would be a new one.
"""


def _phrases(text: str) -> tuple[str, ...]:
    """A list with commas, over as many lines as it needs."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


_EVIDENCE: Mapping[MeetingKind, tuple[str, ...]] = {
    MeetingKind.COMPLAINT: _phrases(
        """
        complaint, complaints, escalation, escalations, escalated, grievance, grievances, dissatisfied,
        dissatisfaction, unhappy, klacht, klachten, escalatie, escalaties, ontevreden, ontevredenheid,
        klachtenafhandeling
        """
    ),
    MeetingKind.RENEWAL: _phrases(
        """
        renewal, renewals, renew, contract renewal, renewal of contract, renewal of the contract, contract
        extension, extension of the contract, extend contract, extend the contract, verlenging,
        verlengingen, contractverlenging, abonnementsverlenging, verlenging contract, verlenging van het
        contract, contract verlengen, verlengen contract, verlengen van het contract
        """
    ),
    MeetingKind.KICKOFF: _phrases(
        """
        kickoff, kickoffs, kick off, kick offs, project start, project launch, start of project,
        projectkickoff, project kickoff, project kick off, aftrap, projectaftrap, projectstart, start
        project, startbijeenkomst, startgesprek, startoverleg, startvergadering
        """
    ),
    MeetingKind.QUARTERLY_REVIEW: _phrases(
        """
        qbr, qbrs, quarterly, quarterly review, quarterly business review, quarter review, kwartaal,
        kwartaalcijfers, kwartaalevaluatie, kwartaalrapportage, kwartaal review
        """
    ),
    MeetingKind.PRICING_OR_LEGAL: _phrases(
        """
        price, prices, pricing, price increase, price list, tariff, tariffs, rate card, quote, quotes,
        quotation, quotations, negotiation, negotiations, tender, rfp, procurement, contract, contracts,
        contractual, legal, lawyer, lawyers, agreement, nda, msa, dpa, terms and conditions, liability,
        commercial terms, prijs, prijzen, prijsverhoging, prijsvoorstel, prijslijst, prijsstelling, tarief,
        tarieven, tariefverhoging, tariefwijziging, offerte, offertes, onderhandeling, onderhandelingen,
        contractonderhandeling, contractonderhandelingen, prijsonderhandeling, prijsonderhandelingen,
        contracten, contractueel, contractwijziging, overeenkomst, overeenkomsten, inkoop,
        verwerkersovereenkomst, juridisch, juridische, jurist, juristen, advocaat, advocaten, voorwaarden,
        algemene voorwaarden, aansprakelijkheid, aanbesteding
        """
    ),
    MeetingKind.URGENT: _phrases(
        """
        urgent, urgently, asap, emergency, as soon as possible, spoed, met spoed, dringend, dringende,
        urgente, noodgeval, zo snel mogelijk, hoogste prioriteit
        """
    ),
    MeetingKind.FIRST_MEETING: _phrases(
        """
        intro, introduction, introductions, introductory, first meeting, getting to know you, get to know,
        get acquainted, nice to meet you, first call, discovery call, meet and greet, kennismaking,
        kennismaken, introductie, eerste gesprek, eerste afspraak, eerste meeting, eerste overleg, kennis
        maken
        """
    ),
    MeetingKind.ORDINARY: _phrases(
        """
        not urgent, non urgent, nothing urgent, no emergency, niet urgent, niet dringend, geen spoed, no
        complaints, geen klachten, spoedeisende hulp, urgent care
        """
    ),
}
"""Words by kind; where two hits are equally long, the kind that stands first wins. Those of `ordinary` are there to
swallow a word that would mislead by itself."""

_TAILS = _phrases(
    """
    gesprek, gesprekken, overleg, overleggen, bespreking, besprekingen, meeting, meetings, sessie, sessies, call,
    afspraak, afspraken, bijeenkomst, vergadering, review, update, moment
    """
)
"""Dutch writes compounds as one word: klachtgesprek, kennismakingsgesprek, prijsafspraken, spoedoverleg."""

_ROLES: Mapping[str, MeetingKind] = {
    **dict.fromkeys(("complaints", "complaint", "klachten", "escalations"), MeetingKind.COMPLAINT),
    **dict.fromkeys(
        ("legal", "juridisch", "juridische", "lawyer", "advocaat", "contracts", "procurement", "purchasing", "inkoop"),
        MeetingKind.PRICING_OR_LEGAL,
    ),
}
"""Words in the address or name of somebody invited that say what they come for (legal@acme.example)."""

_KIND_OF = {phrase: kind for kind, phrases in _EVIDENCE.items() for phrase in phrases}

_PHRASE = re.compile(
    r"(?<!\S)("
    + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))
    + rf")(?:s?(?:{'|'.join(_TAILS)}))?(?!\S)"
)

_REVIEW_OF_QUARTER = re.compile(
    r"(?<!\S)(?:q[1-4] (?:\S+ ){0,2}(?:review|evaluatie|terugblik)"
    r"|(?:review|evaluatie|terugblik) (?:\S+ )?q[1-4])(?!\S)"
)
"""Q3 review, Q3 2026 business review, evaluatie Q4."""

_LONGEST_TITLE = 1000
"""Characters that are looked at: a title that is longer is a text."""


def guess_kind(
    title: str,
    *,
    meetings_before: int | None = None,
    attendees: Iterable[Attendee] = (),
    client_name: str = "",
) -> MeetingKind:
    """The kind that the title says, by its longest words; else the history's; else that of those invited.

    `meetings_before` counts earlier meetings with the client and is None where the history is not really known: then
    nothing follows from it. A calendar that is read leaves it out, because a guess that is stored would stick to the
    series: whether a meeting is the first is seen each time it is judged (`storage.first_meetings`). `client_name` is
    not taken for evidence, or each meeting with "Acme Legal" would be a legal one.
    """
    named = _named(_without(_plain(title[:_LONGEST_TITLE]), _plain(client_name)))
    if named is not None:
        return named
    if meetings_before == 0:
        return MeetingKind.FIRST_MEETING
    roles = {_ROLES[word] for attendee in attendees for word in _words_about(attendee) if word in _ROLES}
    return next((kind for kind in _EVIDENCE if kind in roles), MeetingKind.ORDINARY)


def _named(plain: str) -> MeetingKind | None:
    hits = [(len(match[0]), _KIND_OF[match[1]]) for match in _PHRASE.finditer(plain)]
    hits += [(len(match[0]), MeetingKind.QUARTERLY_REVIEW) for match in _REVIEW_OF_QUARTER.finditer(plain)]
    protected = [hit for hit in hits if hit[1].is_protected]
    if not protected:
        return None
    rank = list(_EVIDENCE)
    return max(protected, key=lambda hit: (hit[0], -rank.index(hit[1])))[1]


def _plain(text: str) -> str:
    """Lower case without accents, every run of other characters than letters and digits one space."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())


def _without(plain: str, name: str) -> str:
    return re.sub(rf"(?<!\S){re.escape(name)}(?!\S)", " / ", plain) if name else plain


def _words_about(attendee: Attendee) -> set[str]:
    return set(_plain(f"{attendee.email.partition('@')[0]} {attendee.name}").split())
