"""Short names of the product's words, in the member's language."""

from collections.abc import Mapping

from domain.words import Formality, MeetingKind, Mode, Option, Reason, Tier, Verdict
from messages.i18n import N_, Translator

OPTIONS: Mapping[Option, str] = {
    Option.SHORTER: N_("Make it shorter"),
    Option.CALL: N_("Make it a call"),
    Option.HANDOFF: N_("Hand over"),
    Option.EMAIL: N_("E-mail for now"),
    Option.KEEP: N_("Keep it"),
}

OPTION_NAMES: Mapping[Option, str] = {
    Option.SHORTER: N_("a shorter meeting"),
    Option.CALL: N_("a call instead"),
    Option.HANDOFF: N_("a colleague in your place"),
    Option.EMAIL: N_("an e-mail instead"),
    Option.KEEP: N_("the meeting as planned"),
}

REASONS: Mapping[Reason, str] = {
    Reason.ILLNESS: N_("I am ill"),
    Reason.EMERGENCY: N_("An emergency"),
    Reason.CONFLICT: N_("Two things at the same time"),
    Reason.WORKLOAD: N_("Too much work"),
    Reason.REPETITIVE: N_("We meet often, with little new"),
    Reason.RATHER_NOT: N_("I would rather not"),
}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.FINE: N_("✓ Fine"),
    Verdict.THINK_TWICE: N_("! Think twice"),
    Verdict.BLOCKED: N_("✕ Better not"),
    Verdict.NOT_AVAILABLE: N_("– Not possible"),
}
"""Each begins with a sign of its own, so that nobody depends on a colour."""

KINDS: Mapping[MeetingKind, str] = {
    MeetingKind.ORDINARY: N_("Ordinary meeting"),
    MeetingKind.FIRST_MEETING: N_("First meeting"),
    MeetingKind.KICKOFF: N_("Kick-off"),
    MeetingKind.QUARTERLY_REVIEW: N_("Quarterly review"),
    MeetingKind.RENEWAL: N_("Renewal"),
    MeetingKind.COMPLAINT: N_("Complaint"),
    MeetingKind.PRICING_OR_LEGAL: N_("Prices or legal matters"),
    MeetingKind.URGENT: N_("Urgent for the client"),
}

KIND_NAMES: Mapping[MeetingKind, str] = {
    MeetingKind.ORDINARY: N_("an ordinary meeting"),
    MeetingKind.FIRST_MEETING: N_("a first meeting"),
    MeetingKind.KICKOFF: N_("a kick-off"),
    MeetingKind.QUARTERLY_REVIEW: N_("a quarterly review"),
    MeetingKind.RENEWAL: N_("about the renewal"),
    MeetingKind.COMPLAINT: N_("about a complaint"),
    MeetingKind.PRICING_OR_LEGAL: N_("about prices or legal matters"),
    MeetingKind.URGENT: N_("urgent for the client"),
}
"""As they stand behind "This is …"."""

MODES: Mapping[Mode, str] = {
    Mode.ON_SITE: N_("In person"),
    Mode.VIDEO: N_("Video call"),
    Mode.CALL: N_("Phone call"),
}

FORMALITIES: Mapping[Formality, str] = {
    Formality.FORMAL: N_("Formal (Dutch: u)"),
    Formality.INFORMAL: N_("Informal (Dutch: je)"),
}

LANGUAGE_NAMES: Mapping[str, str] = {"en": N_("English"), "nl": N_("Dutch")}


def option_label(t: Translator, option: Option) -> str:
    """As on the buttons."""
    return t.text(OPTIONS[option])


def option_name(t: Translator, option: Option) -> str:
    """As inside a sentence."""
    return t.text(OPTION_NAMES[option])


def reason_label(t: Translator, reason: Reason) -> str:
    return t.text(REASONS[reason])


def verdict_label(t: Translator, verdict: Verdict) -> str:
    return t.text(VERDICTS[verdict])


def kind_label(t: Translator, kind: MeetingKind) -> str:
    return t.text(KINDS[kind])


def kind_name(t: Translator, kind: MeetingKind) -> str:
    """As behind "This is …"."""
    return t.text(KIND_NAMES[kind])


def mode_label(t: Translator, mode: Mode) -> str:
    return t.text(MODES[mode])


def tier_label(t: Translator, tier: Tier) -> str:
    """`tier A`; in Dutch it is the client who is named after it (`A-klant`)."""
    return t.text("tier {letter}", letter=tier.value)


def formality_label(t: Translator, formality: Formality) -> str:
    return t.text(FORMALITIES[formality])


def language_label(t: Translator, language: str) -> str:
    """The code itself where the language has no name here."""
    return t.text(LANGUAGE_NAMES[language]) if language in LANGUAGE_NAMES else language
