"""What comes back later because of a decision: one question, and what became of it."""

from collections.abc import Mapping
from datetime import datetime

from domain.client import Client
from domain.meeting import Meeting
from domain.planned import FollowUp, FollowUpKind, FollowUpState
from messages import blocks
from messages.blocks import Element, Message
from messages.escape import one_line
from messages.i18n import N_, Translator
from messages.ids import Action, pack
from messages.meeting_view import NAME, client_name, title
from messages.when import moment

CALLED = "call"
"""`FollowUp.outcome` where a call turned out to be needed."""
REBOOKED, COMPLAINED = "rebooked", "complained"
"""Where the client wants another date, or minded; every other outcome of one that is done is `done`."""

_QUESTIONS: Mapping[FollowUpKind, str] = {
    FollowUpKind.CONFIRM: N_("*Has {client} confirmed?* You changed {title} ({moment})."),
    FollowUpKind.CALL: N_("*Is it settled with {client}, or is a call needed?* You took {title} ({moment}) to e-mail."),
    FollowUpKind.ANSWER: N_(
        "*{delegate} has not answered yet.* You asked them to take {title} with {client} ({moment})."
    ),
    FollowUpKind.DEBRIEF: N_(
        "*How was it?* You took {title} with {client} ({moment}) over for {owner}. "
        "A few lines are enough; {owner} gets them, and they are kept with the client."
    ),
}
_DONE: Mapping[FollowUpKind, str] = {
    FollowUpKind.CONFIRM: N_("Yes, confirmed"),
    FollowUpKind.CALL: N_("It is settled"),
}
_SETTLED: Mapping[FollowUpKind, str] = {
    FollowUpKind.CONFIRM: N_("✓ {client} confirmed the change of {title} ({moment})."),
    FollowUpKind.CALL: N_("✓ {title} ({moment}) is settled with {client}."),
    FollowUpKind.ANSWER: N_("✓ {delegate} has answered about {title} with {client} ({moment})."),
    FollowUpKind.DEBRIEF: N_("✓ Thank you. {owner} has your debrief of {title} with {client} ({moment})."),
}
_OUTCOMES: Mapping[str, str] = {
    CALLED: N_("✓ A call is needed about {title} with {client}. Ring them soon."),
    REBOOKED: N_("✓ Noted: {client} wants another date instead of {title} ({moment})."),
    COMPLAINED: N_(
        "! Noted: {client} minded what became of {title} ({moment}). Ring them today. "
        "While a complaint is open, the client counts as tier A."
    ),
}


def follow_up(
    t: Translator,
    due: FollowUp,
    meeting: Meeting,
    client: Client | None,
    zone: str,
    now: datetime,
    *,
    delegate_name: str = "",
    owner_name: str = "",
) -> Message:
    """`zone` is that of the one who is asked. The names only matter in a hand-over: the delegate's where their answer
    is waited for, the owner's where the delegate is asked.
    """
    text = t.mrkdwn(_QUESTIONS[due.kind], **_names(t, meeting, client, zone, now, delegate_name, owner_name))
    return blocks.message(text, [blocks.section(text), blocks.actions(_buttons(t, due, meeting))])


def settled(
    t: Translator,
    due: FollowUp,
    meeting: Meeting,
    client: Client | None,
    zone: str,
    now: datetime,
    *,
    delegate_name: str = "",
    owner_name: str = "",
) -> Message:
    """Instead of the buttons. One that is planned again was snoozed."""
    names = _names(t, meeting, client, zone, now, delegate_name, owner_name)
    if due.state is FollowUpState.PLANNED:
        again = moment(t, due.due_at, zone, now)
        text = t.mrkdwn("I will ask again about {title} with {client}: {again}.", again=again, **names)
    elif due.state is FollowUpState.WITHDRAWN:
        text = t.mrkdwn("The question about {title} with {client} is no longer needed.", **names)
    elif due.outcome in _OUTCOMES:
        text = t.mrkdwn(_OUTCOMES[due.outcome], **names)
    else:
        text = t.mrkdwn(_SETTLED[due.kind], **names)
    if due.outcome == COMPLAINED and client is not None and not client.open_complaint:
        mark = blocks.button(t.text("Mark a complaint"), action_id=Action.CLIENT_EDIT, value=pack(client.id))
        return blocks.message(text, [blocks.section(text, accessory=mark)])
    return blocks.message(text, [blocks.context(text)])


def _buttons(t: Translator, due: FollowUp, meeting: Meeting) -> list[Element]:
    value = pack(due.id)
    if due.kind is FollowUpKind.ANSWER:
        another = t.text("Choose another way")
        return [
            blocks.button(another, action_id=Action.MEETING_CHOSEN, value=pack(meeting.id), style="primary"),
            blocks.button(t.text("Wait a little longer"), action_id=Action.FOLLOW_UP_SNOOZE, value=value),
        ]
    if due.kind is FollowUpKind.DEBRIEF:
        return [
            blocks.button(t.text("Write the debrief"), action_id=Action.DEBRIEF, value=value, style="primary"),
            blocks.button(t.text("Ask me tomorrow"), action_id=Action.FOLLOW_UP_SNOOZE, value=value),
        ]
    return [
        blocks.button(t.text(_DONE[due.kind]), action_id=Action.FOLLOW_UP_DONE, value=value, style="primary"),
        blocks.button(t.text("They want another date"), action_id=Action.FOLLOW_UP_REBOOKED, value=value),
        blocks.button(t.text("They complained"), action_id=Action.FOLLOW_UP_COMPLAINED, value=value),
        blocks.button(t.text("A call is needed"), action_id=Action.FOLLOW_UP_CALL, value=value),
        blocks.button(t.text("Ask me tomorrow"), action_id=Action.FOLLOW_UP_SNOOZE, value=value),
    ]


def _names(
    t: Translator,
    meeting: Meeting,
    client: Client | None,
    zone: str,
    now: datetime,
    delegate_name: str,
    owner_name: str,
) -> dict[str, str]:
    return {
        "client": client_name(t, meeting, client),
        "title": t.text("“{title}”", title=title(t, meeting)),
        "moment": moment(t, meeting.starts_at, zone, now),
        "delegate": one_line(delegate_name, NAME) or t.text("Your colleague"),
        "owner": one_line(owner_name, NAME) or t.text("your colleague"),
    }
