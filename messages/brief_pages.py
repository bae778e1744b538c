"""The delegate's message: who asks, which meeting, the brief, the checklist, and the three answers."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.brief import Brief, CheckItem, HandoffState, Section
from domain.client import Client
from domain.meeting import Meeting
from domain.member import Member
from messages import blocks
from messages.blocks import Block, Message
from messages.brief_answers import (
    answer_modal,
    answered_message,
    ask_modal,
    decline_modal,
    owner_told,
    question_message,
)
from messages.brief_prefill import prefill
from messages.brief_sections import check_label, fair_shares, for_a_view, section_label
from messages.escape import escape, escape_and_cut, one_line
from messages.i18n import N_, Translator
from messages.ids import Action, View, pack
from messages.meeting_view import NAME, heading, mention, where
from messages.when import span

__all__ = [
    "CHECKLIST_BLOCK",
    "answer_modal",
    "answered_message",
    "ask_modal",
    "decline_modal",
    "delegate_message",
    "owner_told",
    "prefill",
    "question_message",
    "whole_brief_modal",
]

CHECKLIST_BLOCK = "checklist"
"""The checklist's block id is `ids.pack(CHECKLIST_BLOCK, brief.id)`: tick boxes have no value of their own."""

_ROOM = 6_500
"""Escaped characters for the sections, of the 10,000 that a message may have in all."""

_STATES: Mapping[HandoffState, str] = {
    HandoffState.OFFERED: N_("*{owner} asks you to take over a client meeting.*"),
    HandoffState.ACCEPTED: N_("✓ *You take over this meeting for {owner}.* They know."),
    HandoffState.DECLINED: N_("– You declined to take over this meeting for {owner}. They know."),
    HandoffState.WITHDRAWN: N_("– {owner} no longer needs you for this meeting. Nothing is left for you to do."),
}

_CANCELLED = N_(
    "– The meeting that you take over for {owner} was cancelled in the calendar. Nothing is left for you to do."
)


def delegate_message(
    t: Translator, brief: Brief, meeting: Meeting, client: Client | None, owner: Member, zone: str, now: datetime
) -> Message:
    """`zone` is the delegate's. Once declined or withdrawn only the state is left; no button is there to press."""
    if meeting.cancelled or brief.state in {HandoffState.DECLINED, HandoffState.WITHDRAWN}:
        return _over(t, brief, meeting, client, owner, zone, now)
    card = _card(t, meeting, client, zone, now)
    asked_by = one_line(owner.name, NAME) or t.text("A colleague")
    text = "\n".join([t.mrkdwn(_STATES[brief.state], owner=asked_by), card])
    state = t.text(_STATES[brief.state], owner=mention(owner.user_id))
    pieces, cut = _brief_texts(t, brief)
    shown = [blocks.section(state), blocks.section(card), blocks.divider()]
    shown += [blocks.section(piece) for piece in pieces]
    if cut:
        shown.append(blocks.context(t.text("Not everything fits here: press *Whole brief*.")))
    shown += [blocks.divider(), *_checklist(t, brief), _buttons(t, brief, cut=cut)]
    if brief.state is HandoffState.OFFERED:
        shown.append(
            blocks.context(
                t.text(
                    "You get this because {owner} chose you. If you decline, they look for another way, "
                    "and you hear no more of it.",
                    owner=mention(owner.user_id),
                )
            )
        )
    return blocks.message("\n".join([text, *pieces]), shown)


def _over(
    t: Translator, brief: Brief, meeting: Meeting, client: Client | None, owner: Member, zone: str, now: datetime
) -> Message:
    """Why there is nothing left to do; also as a message of its own, because nobody is told of an edit."""
    running = brief.state in {HandoffState.OFFERED, HandoffState.ACCEPTED}
    sentence = _CANCELLED if running else _STATES[brief.state]
    card = _card(t, meeting, client, zone, now)
    asked_by = one_line(owner.name, NAME) or t.text("A colleague")
    text = "\n".join([t.mrkdwn(sentence, owner=asked_by), card])
    return blocks.message(text, [blocks.section(t.text(sentence, owner=mention(owner.user_id))), blocks.context(card)])


def whole_brief_modal(t: Translator, brief: Brief) -> Block:
    """Everything, in plain text, so that nothing has to be cut for escaping."""
    parts: list[Block] = []
    texts = for_a_view(brief.sections)
    for section, text in texts.items():
        parts.append(blocks.section(t.mrkdwn("*{label}*", label=section_label(t, section))))
        parts.append({"type": "section", "text": blocks.plain(text)})
    for question in brief.questions[:10]:
        parts.append(blocks.section(t.text("*Question*")))
        parts.append({"type": "section", "text": blocks.plain(question.text, 1000)})
        answer = question.answer or t.text("(no answer yet)")
        parts.append({"type": "section", "text": blocks.plain(t.text("Answer: {answer}", answer=answer), 1000)})
    if not parts:
        parts.append(blocks.section(t.text("This brief is empty.")))
    return blocks.modal(title=t.text("The brief"), blocks=parts, callback_id=View.BRIEF, close=t.text("Close"))


def _card(t: Translator, meeting: Meeting, client: Client | None, zone: str, now: datetime) -> str:
    """The meeting on the delegate's clock; the zone is named, because it may not be the owner's."""
    lines = [
        heading(t, meeting, client),
        escape(span(t, meeting.starts_at, meeting.ends_at, zone, now, show_zone=True)),
    ]
    place = where(t, meeting)
    return "\n".join([*lines, escape(place)] if place else lines)


def _brief_texts(t: Translator, brief: Brief) -> tuple[list[str], bool]:
    """Each section as mrkdwn in its share of the room, and whether something was cut."""
    labelled = [(section_label(t, s), brief.sections[s].strip()) for s in Section if brief.sections.get(s, "").strip()]
    labelled += [
        (t.text("You asked"), question.text + ("\n→ " + question.answer if question.answer else ""))
        for question in brief.questions[:10]
    ]
    shares = fair_shares([len(escape(text)) for _, text in labelled], _ROOM)
    pieces = [
        f"*{escape(label)}*\n{escape_and_cut(text, max(share, 1))}"
        for (label, text), share in zip(labelled, shares, strict=True)
    ]
    return pieces, any(
        len(escape(text)) > min(share, blocks.TEXT - 100) for (_, text), share in zip(labelled, shares, strict=True)
    )


def _checklist(t: Translator, brief: Brief) -> Iterator[Block]:
    boxes = [blocks.option(check_label(t, item), item.value) for item in CheckItem]
    ticked = [item.value for item in CheckItem if item in brief.ticked]
    yield blocks.section(t.text("*Your checklist*"))
    yield blocks.actions(
        [
            blocks.checkboxes(
                action_id=Action.CHECKLIST,
                options=boxes,
                ticked=ticked,
            )
        ],
        block_id=pack(CHECKLIST_BLOCK, brief.id),
    )


def _buttons(t: Translator, brief: Brief, *, cut: bool) -> Block:
    value = pack(brief.id)
    row = []
    if brief.state is HandoffState.OFFERED:
        row.append(blocks.button(t.text("Accept"), action_id=Action.ACCEPT, value=value, style="primary"))
    row.append(blocks.button(t.text("Ask"), action_id=Action.ASK, value=value))
    if brief.state is HandoffState.OFFERED:
        row.append(blocks.button(t.text("Decline"), action_id=Action.DECLINE, value=value))
    if cut:
        row.append(blocks.button(t.text("Whole brief"), action_id=Action.WHOLE_BRIEF, value=value))
    return blocks.actions(row)
