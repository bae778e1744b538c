"""*Why?*: the whole reasoning about a meeting, rule by rule, with the settings behind it and what would change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.approval import Request
from domain.assessment import Assessment, Facts, Finding, Rule, is_excused
from domain.client import Client
from domain.decision import Decision
from domain.meeting import Meeting
from domain.policy import Policy
from domain.settings_behind import settings_behind
from domain.what_if import WhatIf
from domain.words import STEP_DOWNS, MeetingKind, Option, Verdict
from messages import blocks
from messages.approval_owner import quoted
from messages.blocks import Block
from messages.decision_lines import override_line
from messages.escape import escape
from messages.i18n import Translator
from messages.ids import Action, View
from messages.labels import kind_label, option_label, reason_label, verdict_label
from messages.meeting_view import heading, mention, when_line
from messages.rhythm_page import rhythm_button
from messages.sentences import sentence
from messages.setting_names import settings_line
from messages.what_if_sentences import what_would_change, what_would_change_the_advice

_TIER = frozenset({Rule.TIER_AS_SET, Rule.TIER_NO_CLIENT, Rule.TIER_REVENUE, Rule.TIER_RENEWAL, Rule.TIER_COMPLAINT})
_NOTICE = frozenset({Rule.RING_FIRST, Rule.RING_TOO, Rule.EARLY})


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyPage:
    form_id: str
    meeting: Meeting
    client: Client | None
    zone: str
    """The owner's, as an IANA name."""
    now: datetime
    facts: Facts
    assessment: Assessment
    """Of those facts."""
    policy: Policy
    kind_guessed: bool
    """False where the owner said what kind of meeting it is."""
    rhythm_due: bool = False
    """Another rhythm is to be proposed for the series."""
    changes: Mapping[Option, WhatIf | None]
    """For each step-down what would better its verdict."""
    made: Decision | None = None
    """What was chosen, whether it stands already or waits for an approval."""
    request: Request | None = None
    """Where it waits."""
    change_of_advice: WhatIf | None = None
    """What would turn advice to keep the meeting."""


def why_modal(t: Translator, page: WhyPage) -> Block:
    """A view for `views.open`, `views.push` and `views.update`; there is nothing to submit."""
    parts = [
        _meeting(t, page),
        *_advice(t, page),
        *_override(t, page),
        _kind(t, page),
        blocks.divider(),
        *_tier(t, page),
    ]
    for option in STEP_DOWNS:
        parts.extend(_option(t, page, option))
    parts.append(blocks.divider())
    parts.extend(_around(t, page))
    parts.append(
        blocks.context(t.text("`/meetdown settings` shows all of these numbers; administrators change them there."))
    )
    return blocks.modal(
        title=t.text("Why?"),
        blocks=parts,
        callback_id=View.WHY,
        close=t.text("Close"),
        private_metadata=page.form_id,
    )


def _meeting(t: Translator, page: WhyPage) -> Block:
    when = when_line(t, page.meeting, page.zone, page.now)
    return blocks.section(f"{heading(t, page.meeting, page.client)}\n{escape(when)}")


def _advice(t: Translator, page: WhyPage) -> Iterator[Block]:
    assessment = page.assessment
    label = option_label(t, assessment.recommended)
    because = sentence(t, assessment.recommended_because)
    inside = label[:1].lower() + label[1:]
    lines = [t.mrkdwn("✓ *My advice: {option}.* {because}", option=inside, because=because)]
    if page.facts.reason is not None:
        lines.append(t.mrkdwn("Your reason: “{reason}”.", reason=reason_label(t, page.facts.reason)))
    lines += [escape(sentence(t, one)) for one in assessment.findings if one.rule is Rule.REASON_ASSUMED]
    yield blocks.section("\n".join(lines))
    if page.change_of_advice is not None:
        yield blocks.context(escape(what_would_change_the_advice(t, page.change_of_advice, page.zone, page.now)))


def _override(t: Translator, page: WhyPage) -> Iterator[Block]:
    """What the owner chose against the advice, what they wrote to it, and by whose word."""
    override = page.made.override if page.made is not None else None
    if page.made is None or override is None:
        return
    chosen, verdict = option_label(t, page.made.option), verdict_label(t, override.verdict)
    lines = [t.mrkdwn("*You chose it all the same: {option}* ({verdict})", option=chosen, verdict=verdict)]
    if override.note.strip():
        lines.append(quoted(override.note))
    approval = override_line(t, override, page.zone, page.now)
    if page.request is not None and page.request.waits:
        approval = t.text("Waits for the approval of {approver}", approver=mention(page.request.approval.approver_id))
    yield blocks.section("\n".join(filter(None, [*lines, approval])))


def _kind(t: Translator, page: WhyPage) -> Block:
    """The one thing here that can be put right at once."""
    kinds = [blocks.option(kind_label(t, kind), kind.value) for kind in MeetingKind]
    told = (
        t.text("That is my guess. If it is wrong, choose what it is: I remember it for the whole series.")
        if page.kind_guessed
        else t.text("You told me so, and I go by it for the whole series.")
    )
    kind = t.mrkdwn("*Kind of meeting: {kind}.*", kind=kind_label(t, page.meeting.kind))
    if page.made is not None and page.made.option is not Option.KEEP:
        return blocks.section(kind)
    chooser = blocks.select(action_id=Action.KIND, options=kinds, initial=page.meeting.kind.value)
    return blocks.section(f"{kind} {escape(told)}", accessory=chooser)


def _tier(t: Translator, page: WhyPage) -> Iterator[Block]:
    findings = [finding for finding in page.assessment.findings if finding.rule in _TIER]
    title = t.mrkdwn("*The client counts as tier {tier}*", tier=page.assessment.effective_tier.value)
    yield from _reasons(t, page, title, findings)


def _option(t: Translator, page: WhyPage, option: Option) -> Iterator[Block]:
    judgement = page.assessment.for_option(option)
    title = t.mrkdwn(
        "*{option}: {verdict}*", option=option_label(t, option), verdict=verdict_label(t, judgement.verdict)
    )
    holding = judgement.decisive if judgement.verdict is not Verdict.FINE else ()
    yield from _reasons(t, page, title, judgement.findings, holding)
    if judgement.verdict is not Verdict.FINE:
        yield blocks.context(escape(what_would_change(t, page.changes.get(option), page.zone, page.now)))


def _reasons(
    t: Translator, page: WhyPage, title: str, findings: Iterable[Finding], holding: Sequence[Finding] = ()
) -> Iterator[Block]:
    """What was found, and the numbers that it was measured by; `!` before what holds the verdict where it is."""
    found = list(findings)
    lines = [escape(f"{'!' if finding in holding else '•'} {sentence(t, finding)}") for finding in found]
    yield blocks.section("\n".join([title, *lines]))
    names = [name for finding in found for name in settings_behind(finding)]
    if names:
        yield blocks.context(escape(settings_line(t, page.policy, names)))


def _around(t: Translator, page: WhyPage) -> Iterator[Block]:
    """What holds for every option: notice, budget, pattern."""
    lines = [_notice(t, page)]
    names = ["too_late_hours", "ring_first_hours", "ring_too_hours", "praised_days"]
    if page.client is not None:
        lines += [_budget(t, page), *_pattern(t, page)]
        names += [f"budget_{page.assessment.effective_tier.value.lower()}", "budget_window_days"]
        names += ["pattern_step_downs", "pattern_meetings"]
    yield blocks.section("\n".join([t.text("*Notice, budget and pattern*"), *(escape(f"• {line}") for line in lines)]))
    if page.rhythm_due:
        yield blocks.actions([rhythm_button(t, page.meeting)])
    yield blocks.context(escape(settings_line(t, page.policy, names)))


def _notice(t: Translator, page: WhyPage) -> str:
    """Plain text, as the two below."""
    said = [sentence(t, finding) for finding in page.assessment.findings if finding.rule in _NOTICE]
    days = page.facts.until.days
    return " ".join(said) or t.count(
        "It starts in {n} day, which is notice enough.", "It starts in {n} days, which is notice enough.", days
    )


def _budget(t: Translator, page: WhyPage) -> str:
    tier, policy = page.assessment.effective_tier, page.policy
    if page.facts.reason is not None and is_excused(page.facts.reason):
        return t.text("Step-downs for illness or an emergency are not held against you.")
    left = max(0, policy.budget(tier) - page.facts.step_downs_90d)
    return t.count(
        "Budget for tier {tier}: {n} step-down in {days} days, of which {left} left.",
        "Budget for tier {tier}: {n} step-downs in {days} days, of which {left} left.",
        policy.budget(tier),
        tier=tier.value,
        days=policy.budget_window_days,
        left=left,
    )


def _pattern(t: Translator, page: WhyPage) -> Iterator[str]:
    """Nothing is said of a pattern before there were meetings."""
    facts, meetings = page.facts, page.policy.pattern_meetings
    if facts.meetings_total is not None:
        meetings = min(meetings, max(facts.meetings_total, facts.last_five_stepped_down))
    if page.assessment.pattern:
        yield from (sentence(t, finding) for finding in page.assessment.findings if finding.rule is Rule.PATTERN)
    elif meetings > 0:
        yield t.count(
            "{n} of the last {meetings} meetings with them was stepped down, which is no pattern.",
            "{n} of the last {meetings} meetings with them were stepped down, which is no pattern.",
            facts.last_five_stepped_down,
            meetings=meetings,
        )
