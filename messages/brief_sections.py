"""The sections of a brief in words: what each is called, what belongs in it, and how long it may be."""

import json
from collections.abc import Mapping, Sequence

from domain.brief import Authority, CheckItem, Section
from messages.escape import cut
from messages.i18n import N_, Translator

LONGEST = 1500
"""Characters of one section."""

_MOST_BYTES = 140_000
"""Of all sections together as JSON, of the 250 kB that a view may have."""

LABELS: Mapping[Section, str] = {
    Section.WHY_YOU: N_("Why you"),
    Section.CLIENT: N_("The client"),
    Section.WHO: N_("Who will be there"),
    Section.GOAL: N_("Goal, and what a good outcome is"),
    Section.AGENDA: N_("Agenda with times"),
    Section.OPEN_POINTS: N_("Open points"),
    Section.FIGURES: N_("Figures"),
    Section.QUESTIONS: N_("Questions to expect, with answers"),
    Section.AUTHORITY: N_("What you may decide"),
    Section.DO_NOT_PROMISE: N_("Do not promise"),
    Section.NEXT_STEPS: N_("Next steps"),
    Section.REACH_OWNER: N_("How to reach your colleague"),
    Section.HISTORY: N_("History"),
    Section.SENSITIVITIES: N_("Sensitive points"),
    Section.DOCUMENTS: N_("Documents and links"),
}

OWNER_LABELS: Mapping[Section, str] = {
    Section.WHY_YOU: N_("Why this colleague"),
    Section.CLIENT: N_("The client in three lines"),
    Section.AUTHORITY: N_("What they may decide"),
    Section.REACH_OWNER: N_("How to reach you"),
}
"""Where the one who writes the brief reads another heading than the one for whom it is written."""

HINTS: Mapping[Section, str] = {
    Section.WHY_YOU: N_("What makes them the right one for it. Your own reason stays with you."),
    Section.CLIENT: N_("What they do, what we do for them, how things stand between us."),
    Section.WHO: N_("Name, role, and how each of them sees us."),
    Section.GOAL: N_("One sentence each: why this meeting, and with what it should end."),
    Section.AGENDA: N_("One point a line, with the minutes for it."),
    Section.OPEN_POINTS: N_("One point a line, with who does it and by when. None? Say so."),
    Section.FIGURES: N_("Each with its date. None needed? Say so."),
    Section.QUESTIONS: N_("What they will ask, and what to answer."),
    Section.AUTHORITY: N_("Report back, decide within limits (which?), or decide."),
    Section.DO_NOT_PROMISE: N_("Prices, dates, people: whatever must not be said aloud."),
    Section.NEXT_STEPS: N_("What happens after the meeting, who does it, and by when."),
    Section.REACH_OWNER: N_("When and how you can be reached, also during the meeting."),
    Section.HISTORY: N_("What went before, also meetings that were changed."),
    Section.SENSITIVITIES: N_("What to tread carefully around."),
    Section.DOCUMENTS: N_("Where to find what is needed."),
}

CHECKLIST: Mapping[CheckItem, str] = {
    CheckItem.READ_BRIEF: N_("I have read the brief"),
    CheckItem.INVITATION: N_("The meeting is in my calendar"),
    CheckItem.NUMBERS: N_("I have the figures at hand"),
    CheckItem.QUESTIONS_ASKED: N_("I have asked what was unclear"),
    CheckItem.GOAL_CONFIRMED: N_("I can say the goal in one sentence"),
    CheckItem.DEBRIEF_PLANNED: N_("I have kept time for a debrief"),
}

AUTHORITIES: Mapping[Authority, str] = {
    Authority.REPORT_BACK: N_("Listen and report back; decide nothing."),
    Authority.WITHIN_LIMITS: N_("Decide within these limits:"),
    Authority.DECIDE: N_("Decide as I would."),
}


def section_label(t: Translator, section: Section) -> str:
    """As the delegate reads it."""
    return t.text(LABELS[section])


def form_label(t: Translator, section: Section) -> str:
    """As the owner reads it."""
    return t.text(OWNER_LABELS.get(section, LABELS[section]))


def section_hint(t: Translator, section: Section) -> str:
    return t.text(HINTS[section])


def check_label(t: Translator, item: CheckItem) -> str:
    return t.text(CHECKLIST[item])


def authority_text(t: Translator, authority: Authority) -> str:
    return t.text(AUTHORITIES[authority])


def for_a_view(sections: Mapping[Section, str]) -> dict[Section, str]:
    """The sections as a view can hold them: cut to `LONGEST`, and further where all together are too many bytes.

    An emoji is one character but twelve bytes of JSON, so fifteen full sections of them would be refused by Slack.
    """
    texts = {section: cut(sections[section].strip(), LONGEST) for section in Section if sections.get(section)}
    while sum(len(json.dumps(text)) for text in texts.values()) > _MOST_BYTES:
        longest = max(len(text) for text in texts.values())
        texts = {section: cut(text, longest * 3 // 4) for section, text in texts.items()}
    return texts


def fair_shares(lengths: Sequence[int], room: int) -> list[int]:
    """How many characters each text gets of `room`: short ones all they need, the long ones the same of the rest."""
    shares = [0] * len(lengths)
    waiting = sorted(range(len(lengths)), key=lambda index: lengths[index])
    while waiting:
        shortest = waiting.pop(0)
        shares[shortest] = min(lengths[shortest], room // (len(waiting) + 1))
        room -= shares[shortest]
    return shares
