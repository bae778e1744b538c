"""The words of the product as enumerations: what is stored, sent and tested uses these values."""

from enum import StrEnum


class Tier(StrEnum):
    """How much a client matters; A matters most."""

    A = "A"
    B = "B"
    C = "C"


class Option(StrEnum):
    """The four ways to step a meeting down, and `keep`, the fifth answer."""

    SHORTER = "shorter"
    CALL = "call"
    HANDOFF = "handoff"
    EMAIL = "email"
    KEEP = "keep"


STEP_DOWNS: tuple[Option, ...] = (Option.SHORTER, Option.CALL, Option.HANDOFF, Option.EMAIL)
"""The four ways to step down, in the order of least damage."""


class Reason(StrEnum):
    """Why the owner wants out of the meeting; private, never copied into a draft or a brief."""

    ILLNESS = "illness"
    EMERGENCY = "emergency"
    CONFLICT = "conflict"
    WORKLOAD = "workload"
    REPETITIVE = "repetitive"
    RATHER_NOT = "rather_not"


class Verdict(StrEnum):
    """What an assessment says of one option, from best to worst."""

    FINE = "fine"
    THINK_TWICE = "think_twice"
    BLOCKED = "blocked"
    NOT_AVAILABLE = "not_available"

    @property
    def severity(self) -> int:
        """0 (fine) to 3 (not available), so that verdicts compare."""
        return list(Verdict).index(self)


class MeetingKind(StrEnum):
    """What a meeting is for; every kind but `ordinary` is protected."""

    ORDINARY = "ordinary"
    FIRST_MEETING = "first_meeting"
    KICKOFF = "kickoff"
    QUARTERLY_REVIEW = "quarterly_review"
    RENEWAL = "renewal"
    COMPLAINT = "complaint"
    PRICING_OR_LEGAL = "pricing_or_legal"
    URGENT = "urgent"

    @property
    def is_protected(self) -> bool:
        return self is not MeetingKind.ORDINARY


class Mode(StrEnum):
    """How the people of a meeting meet."""

    ON_SITE = "on_site"
    VIDEO = "video"
    CALL = "call"


class Lead(StrEnum):
    """Which of a member's lead times a reminder belongs to."""

    DECIDE = "decide"
    LAST_CALL = "last_call"
    LATER = "later"
    """Asked for with *Remind me later*."""


class Formality(StrEnum):
    """How a client is addressed where the language makes a difference (Dutch `u` or `je`)."""

    FORMAL = "formal"
    INFORMAL = "informal"
