"""The message that proposes another rhythm for a series to the client: openly, and without an excuse."""

from domain.decision import Draft
from domain.overview import Overview
from domain.rhythm import Rhythm
from domain.words import Formality
from messages.drafting import LINE, SUBJECT, client_language, first_name, full_name
from messages.escape import cut, one_line
from messages.from_overview import formality_of, recipients_of
from messages.templating import render


def rhythm_letter(overview: Overview, rhythm: Rhythm, minutes: int) -> Draft:
    """`minutes` counts where the meetings get shorter."""
    client, contact, meeting = overview.client, overview.contact, overview.meeting
    language = client_language(client, contact)
    name = one_line(full_name(contact.name), LINE) if contact else ""
    values: dict[str, object] = {
        "formal": formality_of(overview) is Formality.FORMAL,
        "contact": name,
        "first_name": first_name(name),
        "company": one_line(client.name, LINE) if client else "",
        "owner": one_line(overview.owner.name, LINE),
        "title": one_line(meeting.title, LINE),
        "minutes": meeting.minutes,
        "new_minutes": minutes if rhythm.is_shorter else meeting.minutes,
        "shorter": rhythm.is_shorter,
        "rarer": rhythm.is_rarer,
    }
    return Draft(
        language=language,
        subject=cut(render(f"{language}/rhythm.subject.j2", values), SUBJECT),
        body=render(f"{language}/rhythm.body.j2", values),
        to=recipients_of(overview),
    )
