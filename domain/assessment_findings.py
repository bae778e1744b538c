"""What an assessment says: findings of rules, the judgement of each option, and the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.words import STEP_DOWNS, Option, Tier, Verdict

Value = str | int | float


class Rule(StrEnum):
    """The rules of the judgement; each is one translated sentence. Under each: the values of its sentence.

    `tier`, `from_tier`, `to_tier`, `counted_as` are `Tier`; `option`, `reason` and `kind` the enumerations of their
    name; `hours` and `minutes` whole ones, rounded down; `*_percent` numbers from 0 to 100.
    """

    TIER_AS_SET = "tier_as_set"
    """tier: the client's own."""
    TIER_NO_CLIENT = "tier_no_client"
    """tier: the one it counts as."""
    TIER_REVENUE = "tier_revenue"
    """share_percent, limit_percent, from_tier, to_tier."""
    TIER_RENEWAL = "tier_renewal"
    """days, limit_days, from_tier, to_tier."""
    TIER_COMPLAINT = "tier_complaint"
    """from_tier, to_tier."""
    REASON_ASSUMED = "reason_assumed"
    """reason."""

    BASE_EXCUSED = "base_excused"
    """Illness or emergency: every option is fine. option, tier, reason."""
    BASE_FINE = "base_fine"
    """option, tier, reason."""
    BASE_THINK_TWICE = "base_think_twice"
    """option, tier, reason."""
    BASE_BLOCKED = "base_blocked"
    """option, tier, reason."""
    GLAD_TO_WRITE = "glad_to_write"
    """tier, counted_as."""
    GLAD_TO_WRITE_NOT_A = "glad_to_write_not_a"
    """An A stays an A in the e-mail column. tier."""
    REPETITIVE_FREQUENT = "repetitive_frequent"
    """meetings, limit, days."""
    REPETITIVE_IDLE = "repetitive_idle"
    """occurrences, limit."""
    REPETITIVE_NOT_SHOWN = "repetitive_not_shown"
    """meetings, meetings_limit, days, occurrences, occurrences_limit."""

    PROTECTED_EMAIL = "protected_email"
    """kind."""
    PROTECTED_EMAIL_EXCUSED = "protected_email_excused"
    """With illness or emergency. kind, reason."""
    PROTECTED_HANDOFF = "protected_handoff"
    """kind."""
    BUDGET_USED = "budget_used"
    """tier, step_downs, budget, days."""
    TWICE_IN_A_ROW = "twice_in_a_row"
    """tier."""
    SHORT_NOTICE = "short_notice"
    """hours, minutes, limit_hours, option."""
    TOO_LATE = "too_late"
    """hours, minutes, limit_hours, option."""
    OWNER_LEADS = "owner_leads"
    """tier."""

    ALREADY_A_CALL = "already_a_call"
    """No values."""
    NO_NUMBER = "no_number"
    """No values."""
    NUMBER_TO_ASK = "number_to_ask"
    """A note only: the number will be asked for. No values."""
    ALREADY_SHORT = "already_short"
    """minutes, limit_minutes."""
    NOBODY_TO_TAKE_IT = "nobody_to_take_it"
    """No values."""
    STARTED = "started"
    """No values."""

    RING_FIRST = "ring_first"
    """hours, minutes, limit_hours."""
    RING_TOO = "ring_too"
    """hours, minutes, limit_hours."""
    EARLY = "early"
    """Praise. days, limit_days."""
    PATTERN = "pattern"
    """step_downs, meetings."""

    LEAST_DAMAGE = "least_damage"
    """Recommended: the first fine option. option."""
    DRAGGED_ALONG = "dragged_along"
    """Recommended: somebody else who attends is nearer to the client. option."""
    KEEP_NOTHING_FINE = "keep_nothing_fine"
    """No values."""
    KEEP_RATHER_NOT = "keep_rather_not"
    """tier."""
    KEEP_STARTED = "keep_started"
    """No values."""
    KEEP_ALWAYS = "keep_always"
    """Holding the meeting as planned is always possible. No values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One rule that applied. `verdict` is the best one that the rule leaves open; None for a mere note."""

    rule: Rule
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    verdict: Verdict | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The verdict on one option and what led to it, the base rule first."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Judgement":
        """The verdict is the worst that a finding leaves open, so that none can be without its explanation.

        At least one finding must name a verdict, else ValueError.
        """
        kept = tuple(findings)
        verdicts = [finding.verdict for finding in kept if finding.verdict is not None]
        return cls(verdict=max(verdicts, key=lambda verdict: verdict.severity), findings=kept)

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """The findings that ask for this very verdict."""
        return tuple(finding for finding in self.findings if finding.verdict is self.verdict)


KEEP = Judgement.of([Finding(rule=Rule.KEEP_ALWAYS, verdict=Verdict.FINE)])


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    effective_tier: Tier
    email_tier: Tier
    """The tier that counts in the e-mail column: one lower for a client who is glad to write, never for an A."""
    judgements: Mapping[Option, Judgement] = field(hash=False)
    """One for each of `STEP_DOWNS`, in that order."""
    recommended: Option
    recommended_because: Finding
    ring_first: bool
    """Whatever is chosen: ring the client before anything is sent."""
    ring_too: bool
    """A note proposes to ring as well."""
    praised: bool
    pattern: bool
    """Propose a shorter or rarer series openly instead of another exception."""
    findings: tuple[Finding, ...]
    """Of the meeting as a whole: tier, assumed reason, notice, pattern."""

    def for_option(self, option: Option) -> Judgement:
        """`keep` is always fine."""
        return KEEP if option is Option.KEEP else self.judgements[option]

    def together(self, *options: Option) -> Judgement:
        """Several options in one decision (a shorter call): as bad as the worst of them. At least one is needed."""
        findings: list[Finding] = []
        for option in options:
            findings.extend(finding for finding in self.for_option(option).findings if finding not in findings)
        return Judgement.of(findings)

    @property
    def possible(self) -> tuple[Option, ...]:
        """The step-downs that are available, in the order of least damage."""
        return tuple(o for o in STEP_DOWNS if self.judgements[o].verdict is not Verdict.NOT_AVAILABLE)


class Requirement(StrEnum):
    """What the owner must give to go on with an option."""

    NONE = "none"
    CONFIRM = "confirm"
    NOTE = "note"
    """A written note, and the approval of a manager where the workspace wants it."""
    IMPOSSIBLE = "impossible"


def requirement(verdict: Verdict) -> Requirement:
    return {
        Verdict.FINE: Requirement.NONE,
        Verdict.THINK_TWICE: Requirement.CONFIRM,
        Verdict.BLOCKED: Requirement.NOTE,
        Verdict.NOT_AVAILABLE: Requirement.IMPOSSIBLE,
    }[verdict]
