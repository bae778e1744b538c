"""What to say on the phone when a meeting is so near that a mail alone would be rude."""

from domain.meeting import Meeting
from domain.words import Formality, Option
from messages.escape import one_line
from messages.templating import DRAFT_LANGUAGES, render

_TITLE = 100


def ring_script(language: str, formality: Formality, meeting: Meeting, option: Option) -> str:
    """A few sentences in the client's language; they give no reason and promise nothing that is not in the mail."""
    known = language if language in DRAFT_LANGUAGES else "en"
    values = {
        "formal": formality is Formality.FORMAL,
        "title": one_line(meeting.title, _TITLE),
        "mode": meeting.mode.value,
        "option": option.value,
    }
    return render(f"{known}/ring.j2", values)
