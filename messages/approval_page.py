"""The approver's message: who asks for what, the advice against it, the owner's note, what the client would read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.approval import Approval, ApprovalState, Request
from domain.assessment import Assessment, Finding, Judgement, Rule
from domain.client import Client
from domain.decision import Draft, ShorterTerms
from domain.meeting import Meeting
from domain.words import Option, Verdict
from messages import blocks
from messages.approval_owner import quoted
from messages.blocks import Block, Message
from messages.decision_lines import what
from messages.escape import cut, escape, one_line
from messages.i18n import N_, Translator
from messages.ids import VALUE, Action, Field, View, pack
from messages.labels import language_label, verdict_label
from messages.meeting_view import NAME, heading, mention, where
from messages.sentences import sentence
from messages.when import moment, span

DRAFT = 2_000
"""Characters of the message to the client that are shown."""
_BECAUSE = 1000

_PRIVATE = frozenset({Rule.REPETITIVE_FREQUENT, Rule.REPETITIVE_IDLE, Rule.REPETITIVE_NOT_SHOWN})
"""Sentences that only come with one certain reason: like all that name it, they stay between the owner and the bot."""

_STATES: Mapping[ApprovalState, str] = {
    ApprovalState.ASKED: N_("*{owner} asks for your approval.*"),
    ApprovalState.APPROVED: N_("✓ *You approved this for {owner}.* They know."),
    ApprovalState.DECLINED: N_("– You did not approve this for {owner}. They know."),
    ApprovalState.TIMED_OUT: N_("– {owner} asked for your approval. The time for it is over: they choose alone now."),
    ApprovalState.UNREACHED: N_("– {owner} asked for your approval. The time for it is over: they choose alone now."),
    ApprovalState.DROPPED: N_("– {owner} asked for your approval, which is no longer needed in this workspace."),
    ApprovalState.WITHDRAWN: N_("– {owner} no longer asks for your approval. Nothing is left for you to do."),
    ApprovalState.MOVED: N_(
        "– The meeting that {owner} asked about has another time now. Nothing is left for you to do."
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalPage:
    request: Request
    meeting: Meeting
    client: Client | None
    assessment: Assessment
    """For the owner's reason."""
    owner_name: str
    zone: str
    """The approver's, as an IANA name."""
    now: datetime


def approver_message(t: Translator, page: ApprovalPage) -> Message:
    """Once it is answered or no longer asked for, the state stands instead of the buttons."""
    approval, decision = page.request.approval, page.request.decision
    card = _card(t, page)
    name = one_line(page.owner_name, NAME) or t.text("A colleague")
    text = "\n".join([t.mrkdwn(_STATES[approval.state], owner=name), card])
    state = t.text(_STATES[approval.state], owner=mention(approval.owner_id))
    if approval.state is not ApprovalState.ASKED:
        return _over(t, page, text, state, card)
    value = pack(decision.id)
    row = [
        blocks.button(t.text("Approve"), action_id=Action.APPROVE, value=value, style="primary"),
        blocks.button(t.text("Decline"), action_id=Action.REFUSE, value=value),
    ]
    shown = [
        blocks.section(state),
        blocks.section(card),
        *_reasoning(t, page, name),
        *_draft(t, decision.draft),
        blocks.actions(row),
        blocks.context(_until(t, page, approval)),
    ]
    return blocks.message(text, shown)


def decline_modal(t: Translator, form_id: str) -> Block:
    element = blocks.text_input(action_id=VALUE, multiline=True, max_length=_BECAUSE)
    return blocks.modal(
        title=t.text("Decline"),
        blocks=[
            blocks.input_(
                t.text("Anything your colleague should know?"),
                element,
                block_id=Field.BECAUSE,
                hint=t.text("They get this sentence and choose another way. You may leave it empty."),
                optional=True,
            )
        ],
        callback_id=View.REFUSE,
        close=t.text("Cancel"),
        submit=t.text("Decline"),
        private_metadata=form_id,
    )


def _over(t: Translator, page: ApprovalPage, text: str, state: str, card: str) -> Message:
    parts = [blocks.section(state)]
    if page.request.approval.note.strip():
        parts.append(blocks.section(quoted(page.request.approval.note)))
    parts.append(blocks.context(card))
    answered_at = page.request.approval.answered_at
    if answered_at is not None:
        parts.append(blocks.context(escape(moment(t, answered_at, page.zone, page.now))))
    return blocks.message(text, parts)


def _card(t: Translator, page: ApprovalPage) -> str:
    """The meeting on the approver's clock, and what the owner wants to make of it."""
    meeting = page.meeting
    place = where(t, meeting)
    lines = [
        heading(t, meeting, page.client),
        escape(span(t, meeting.starts_at, meeting.ends_at, page.zone, page.now, show_zone=True)),
        *([escape(place)] if place else []),
        t.mrkdwn(
            "→ *{what}*",
            what=what(t, page.request.decision.terms, meeting, page.zone, page.now, page.request.delegate_name),
        ),
    ]
    return "\n".join(lines)


def _reasoning(t: Translator, page: ApprovalPage, name: str) -> Iterator[Block]:
    judgement = _judgement(page)
    lines = [t.mrkdwn("*What I told {owner}: {verdict}*", owner=name, verdict=verdict_label(t, Verdict.BLOCKED))]
    told = [sentence(t, finding) for finding in judgement.findings if _may_be_told(finding)]
    if not told:
        told = [
            t.text("With tier {tier}, the client counts on this meeting.", tier=page.assessment.effective_tier.value)
        ]
    lines += [escape(f"• {one}") for one in told]
    yield blocks.section("\n".join(lines))
    override = page.request.decision.override
    if override is not None and override.note.strip():
        yield blocks.section("\n".join([t.mrkdwn("*What {owner} says*", owner=name), quoted(override.note)]))


def _judgement(page: ApprovalPage) -> Judgement:
    decision = page.request.decision
    if isinstance(decision.terms, ShorterTerms) and decision.terms.call is not None:
        return page.assessment.together(Option.SHORTER, Option.CALL)
    return page.assessment.for_option(decision.option)


def _may_be_told(finding: Finding) -> bool:
    """What speaks against it, without what the owner gave as their reason."""
    against = finding.verdict in {Verdict.THINK_TWICE, Verdict.BLOCKED}
    return against and "reason" not in finding.values and finding.rule not in _PRIVATE


def _draft(t: Translator, draft: Draft | None) -> Iterator[Block]:
    if draft is None:
        return
    lead = t.mrkdwn("*What the client would read*, in {language}", language=language_label(t, draft.language))
    text = "\n\n".join([draft.subject.strip(), draft.body.strip()])
    yield blocks.section(lead)
    # Plain text: whatever stands in a letter is shown as it will be read.
    yield {"type": "section", "text": blocks.plain(cut(text, DRAFT))}


def _until(t: Translator, page: ApprovalPage, approval: Approval) -> str:
    """How to stop such messages, and who caused it."""
    return t.text(
        "You get this because you approve for {owner}. Without an answer by {due} the choice is theirs. To get no more "
        "of these, ask them or an administrator to name somebody else under `/meetdown settings`.",
        owner=mention(approval.owner_id),
        due=escape(moment(t, approval.due_at, page.zone, page.now)),
    )
