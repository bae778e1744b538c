"""What a client answered and how a meeting went, in the member's words."""

from collections.abc import Mapping

from domain.aftermath import ClientAnswer, Mood
from messages.i18n import N_

ANSWERS: Mapping[ClientAnswer, str] = {
    ClientAnswer.CONFIRMED: N_("They agreed"),
    ClientAnswer.REBOOKED: N_("They want another date"),
    ClientAnswer.COMPLAINED: N_("They complained"),
    ClientAnswer.SILENT: N_("No answer from them"),
}

MOODS: Mapping[Mood, str] = {
    Mood.GOOD: N_("Good"),
    Mood.NEUTRAL: N_("Neutral"),
    Mood.TENSE: N_("Tense"),
}
