"""What would change a verdict, in a sentence."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.what_if import Change, WhatIf
from domain.words import Reason, Verdict
from messages.i18n import N_, Translator
from messages.labels import option_name, reason_label, verdict_label
from messages.when import moment

_SENTENCES: Mapping[Change, str] = {
    Change.KIND: N_("If I got the kind of meeting wrong and it is an ordinary one, say so above."),
    Change.REPETITION: N_(
        "The history shows that these meetings repeat themselves. If that is why, choose “{reason}” as your reason."
    ),
    Change.NUMBER: N_("Find a phone number of theirs."),
    Change.COLLEAGUE: N_("Find a colleague who could take it over."),
    Change.GLAD_TO_WRITE: N_("If they have told you that writing suits them, note it with the client."),
    Change.COMPLAINT: N_("Settle their complaint, and close it with the client."),
    Change.WAIT: N_("Decide later ({moment}), when there is room for another step-down."),
}


def what_would_change(t: Translator, found: WhatIf | None, zone: str, now: datetime) -> str:
    """Plain text about one option: what to do, and what it would be then."""
    if found is None:
        return t.text("What would change it? Nothing that is in your hands before this meeting.")
    then = t.text("Then it would be “{verdict}”.", verdict=_bare(verdict_label(t, found.verdict)))
    if found.verdict is Verdict.FINE:
        then = t.text("Then it would be fine.")
    return t.text("What would change it? {what} {then}", what=_what(t, found, zone, now), then=then)


def what_would_change_the_advice(t: Translator, found: WhatIf, zone: str, now: datetime) -> str:
    """Plain text about advice to keep the meeting."""
    then = t.text("Then I would advise {option}.", option=option_name(t, found.recommended))
    return t.text("What would change it? {what} {then}", what=_what(t, found, zone, now), then=then)


def _what(t: Translator, found: WhatIf, zone: str, now: datetime) -> str:
    return t.text(
        _SENTENCES[found.change],
        reason=reason_label(t, Reason.REPETITIVE),
        moment=moment(t, now + timedelta(days=found.days), zone, now),
    )


def _bare(label: str) -> str:
    """A verdict without its sign, which stands for itself only at the beginning of a line."""
    return label.partition(" ")[2].lower()
