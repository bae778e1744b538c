"""The message that proposes another rhythm for a series to the client: openly, and without an excuse."""

from datetime import datetime

from domain.decision import Draft, KeepTerms, ShorterTerms
from domain.overview import Overview
from domain.rhythm import Rhythm
from messages.drafting import SUBJECT, DraftFacts, client_language, client_zone, template_values
from messages.escape import cut
from messages.from_overview import formality_of, recipients_of
from messages.templating import render


def rhythm_letter(overview: Overview, rhythm: Rhythm, minutes: int, now: datetime) -> Draft:
    """`minutes` counts where the meetings get shorter."""
    client, contact, owner = overview.client, overview.contact, overview.owner
    language = client_language(client, contact)
    facts = DraftFacts(
        meeting=overview.meeting,
        client=client,
        contact=contact,
        owner_name=owner.name,
        owner_zone=owner.time_zone,
        client_zone=client_zone(client, contact, owner.time_zone),
        terms=ShorterTerms(minutes=minutes) if rhythm.is_shorter else KeepTerms(),
        now=now,
    )
    # Whoever was asked for so many changes knows us by now.
    values = template_values(facts, language, formality_of(overview), first_contact=False)
    values |= {"shorter": rhythm.is_shorter, "rarer": rhythm.is_rarer}
    return Draft(
        language=language,
        subject=cut(render(f"{language}/rhythm.subject.j2", values), SUBJECT),
        body=render(f"{language}/rhythm.body.j2", values),
        to=recipients_of(overview),
    )
