"""What would change a verdict: the nearest single thing that the owner could do, put right or wait for.

Only what is honest counts. A better-sounding reason is never proposed, except *repetitive* where the history shows it
already; nor are things that nobody can change, such as a meeting that is near or a client that matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from domain.assessment import ASSUMED_REASON, Assessment, assess, is_excused
from domain.assessment_facts import Facts
from domain.policy import Policy
from domain.words import MeetingKind, Option, Reason, Verdict

DAY = timedelta(days=1)


class Change(StrEnum):
    """In the order of what they take: the first that helps is the nearest."""

    KIND = "kind"
    """The kind was guessed, and the meeting is an ordinary one: a choice in a menu."""
    REPETITION = "repetition"
    """The history shows that they meet often, and that is why: another reason, and a true one."""
    NUMBER = "number"
    """A phone number is found."""
    COLLEAGUE = "colleague"
    """Somebody is found who could take the meeting over."""
    GLAD_TO_WRITE = "glad_to_write"
    """The client says that writing suits them."""
    COMPLAINT = "complaint"
    """The open complaint is settled."""
    WAIT = "wait"
    """So many days, until earlier step-downs count no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prospects:
    """What is known besides the facts of the day."""

    kind_guessed: bool = True
    """False where the owner said what kind of meeting it is: then there is nothing to put right."""
    budget_eases_in: tuple[timedelta, ...] = ()
    """When each of the step-downs that count against the budget leaves its window; in any order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """A change, the facts as they would be then, and what they would be worth."""

    change: Change
    facts: Facts
    days: int = 0
    """For how many days to wait; 0 for everything that can be done at once."""
    verdict: Verdict
    """Of the option that was asked about; of the recommended one where the advice was."""
    recommended: Option


def nearest(option: Option, facts: Facts, policy: Policy, prospects: Prospects) -> WhatIf | None:
    """The first change after which the option has a better verdict; None where there is none, or none is needed."""
    now = assess(facts, policy).for_option(option).verdict
    for change, days, changed in changes(facts, prospects):
        then = assess(changed, policy)
        verdict = then.for_option(option).verdict
        if verdict.severity < now.severity:
            return _found(change, days, changed, verdict, then)
    return None


def nearest_to_a_step_down(facts: Facts, policy: Policy, prospects: Prospects) -> WhatIf | None:
    """The first change after which the advice is no longer to keep the meeting; None where it is not to keep it."""
    if assess(facts, policy).recommended is not Option.KEEP:
        return None
    for change, days, changed in changes(facts, prospects):
        then = assess(changed, policy)
        if then.recommended is not Option.KEEP:
            return _found(change, days, changed, then.for_option(then.recommended).verdict, then)
    return None


def changes(facts: Facts, prospects: Prospects) -> Iterator[tuple[Change, int, Facts]]:
    """All that could be different, each by itself, the nearest first; with the days that it takes."""
    if facts.kind.is_protected and prospects.kind_guessed:
        yield Change.KIND, 0, replace(facts, kind=MeetingKind.ORDINARY)
    reason = ASSUMED_REASON if facts.reason is None else facts.reason
    if reason is not Reason.REPETITIVE and not is_excused(reason):
        # Where the history does not show it, `repetitive` counts as `rather_not`, and so helps nobody.
        yield Change.REPETITION, 0, replace(facts, reason=Reason.REPETITIVE)
    if not facts.number_possible:
        yield Change.NUMBER, 0, replace(facts, number_possible=True, phone_known=True)
    if facts.colleagues < 1:
        yield Change.COLLEAGUE, 0, replace(facts, colleagues=1)
    if facts.tier is not None and not facts.glad_to_write:
        yield Change.GLAD_TO_WRITE, 0, replace(facts, glad_to_write=True)
    if facts.open_complaint:
        yield Change.COMPLAINT, 0, replace(facts, open_complaint=False)
    for days in sorted({max(1, -(-eases_in // DAY)) for eases_in in prospects.budget_eases_in}):
        if facts.until > days * DAY:
            yield Change.WAIT, days, _after(facts, days, prospects)


def _after(facts: Facts, days: int, prospects: Prospects) -> Facts:
    """So many times 24 hours later: less notice, the renewal nearer. Which of the meetings of late will have left their
    window by then is not known, so none of them is counted on.
    """
    eased = sum(eases_in <= days * DAY for eases_in in prospects.budget_eases_in)
    return replace(
        facts,
        until=facts.until - days * DAY,
        renewal_in_days=None if facts.renewal_in_days is None else facts.renewal_in_days - days,
        step_downs_90d=max(0, facts.step_downs_90d - eased),
        meetings_30d=min(0, facts.meetings_30d),
    )


def _found(change: Change, days: int, facts: Facts, verdict: Verdict, then: Assessment) -> WhatIf:
    return WhatIf(change=change, days=days, facts=facts, verdict=verdict, recommended=then.recommended)
