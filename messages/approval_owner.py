"""What the owner sees of an approval: that it is waited for, that nobody answered, or that it was declined."""

from datetime import datetime

from domain.approval import ApprovalState, Request
from messages import blocks
from messages.blocks import Element, Message
from messages.decision_lines import what
from messages.escape import escape, escape_and_cut
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.meeting_view import MeetingView, heading, mention, when_line
from messages.reminder import card
from messages.when import moment

_LONGEST = 1000


def requested(t: Translator, view: MeetingView, request: Request, now: datetime) -> Message:
    """Instead of the option buttons, while the decision waits for approval or the choice is the owner's alone."""
    if request.waits:
        return _waiting(t, view, request, now)
    return _left_to_owner(t, view, request, now)


def copied(t: Translator, view: MeetingView, request: Request, now: datetime) -> Message:
    """A copy that nobody keeps up to date; it says nothing that ages."""
    text = "\n".join([_meeting(t, view, now), _wanted(t, view, request, now)])
    rest = t.text(
        "I have asked {approver} to approve it. Our conversation shows how it stands.",
        approver=mention(request.approval.approver_id),
    )
    return blocks.message(f"{text}\n{rest}", [blocks.section(text), blocks.context(rest)])


def turned_down(t: Translator, view: MeetingView, request: Request, now: datetime) -> Message:
    """The option buttons again, and why."""
    texts = [_why_not(t, request)]
    if request.approval.note.strip():
        texts.append(quoted(request.approval.note))
    texts.append(t.mrkdwn("You wanted: {what}", what=_what(t, view, request, now)))
    opening = "\n".join(texts)
    return blocks.message(f"{opening}\n{_meeting(t, view, now)}", [blocks.section(opening), *card(t, view, now)])


def withdrawn_note(t: Translator) -> str:
    """Plain text, for who pressed *Withdraw* in a copy."""
    return t.text("Withdrawn. Nothing was sent; the meeting is in our conversation with all its buttons.")


def quoted(text: str) -> str:
    """Mrkdwn: every line as a quotation."""
    lines = escape_and_cut(text.strip(), _LONGEST).splitlines()[:20]
    return "\n".join(f"&gt; {line}" for line in lines) or " "


def _waiting(t: Translator, view: MeetingView, request: Request, now: datetime) -> Message:
    approver = mention(request.approval.approver_id)
    text = "\n".join(
        [
            t.text("… *Waits for the approval of {approver}*", approver=approver),
            _wanted(t, view, request, now),
            t.text("Nothing has been sent or changed yet."),
        ]
    )
    until = t.mrkdwn(
        "Asked {asked}. Without an answer by {due} the choice is yours.",
        asked=moment(t, request.approval.asked_at, view.zone, now),
        due=moment(t, request.approval.due_at, view.zone, now),
    )
    meeting_text = _meeting(t, view, now)
    value = pack(request.decision.id)
    row = [blocks.button(t.text("Withdraw"), action_id=Action.WITHDRAW, value=value), _why(t, view)]
    shown = [blocks.section(meeting_text), blocks.section(text), blocks.actions(row), blocks.context(until)]
    return blocks.message("\n".join([meeting_text, text, until]), shown)


def _left_to_owner(t: Translator, view: MeetingView, request: Request, now: datetime) -> Message:
    approver = mention(request.approval.approver_id)
    said = {
        ApprovalState.UNREACHED: t.text("! *I cannot reach {approver}.* The choice is yours.", approver=approver),
        ApprovalState.DROPPED: t.text("*An approval is no longer asked for here.* The choice is yours."),
    }.get(
        request.approval.state,
        t.text("! *{approver} has not answered.* The choice is yours.", approver=approver),
    )
    text = "\n".join([said, t.mrkdwn("You wanted: {what}", what=_what(t, view, request, now))])
    meeting_text = _meeting(t, view, now)
    shown = [blocks.section(meeting_text), blocks.section(text), blocks.actions(_choices(t, view, request))]
    return blocks.message("\n".join([meeting_text, text]), shown)


def _choices(t: Translator, view: MeetingView, request: Request) -> list[Element]:
    meeting = pack(view.meeting.id)
    ask = blocks.confirm(
        title=t.text("Go ahead without the approval?"),
        text=t.text("It is carried out now as you filled it in. That nobody approved it is kept with the decision."),
        yes=t.text("Go ahead"),
        no=t.text("Not yet"),
    )
    go_ahead = t.text("Go ahead on my own word")
    if request.approval.state is ApprovalState.DROPPED:
        go_ahead = t.text("Go ahead")
    return [
        blocks.button(go_ahead, action_id=Action.GO_AHEAD, value=pack(request.decision.id), confirm=ask),
        blocks.button(t.text("Choose another way"), action_id=Action.ANOTHER_WAY, value=meeting),
        blocks.button(t.text("Keep it"), action_id=Action.KEEP, value=meeting),
        _why(t, view),
    ]


def _why(t: Translator, view: MeetingView) -> Element:
    return blocks.button(t.text("Why?"), action_id=Action.WHY, value=pack(view.meeting.id))


def _why_not(t: Translator, request: Request) -> str:
    if request.approval.state is ApprovalState.MOVED:
        return t.text("*The meeting has another time now*, so what you asked approval for no longer fits.")
    return t.text("– *{approver} does not approve it.*", approver=mention(request.approval.approver_id))


def _wanted(t: Translator, view: MeetingView, request: Request, now: datetime) -> str:
    return t.mrkdwn("*{what}*", what=_what(t, view, request, now))


def _what(t: Translator, view: MeetingView, request: Request, now: datetime) -> str:
    return what(t, request.decision.terms, view.meeting, view.zone, now, request.delegate_name)


def _meeting(t: Translator, view: MeetingView, now: datetime) -> str:
    return f"{heading(t, view.meeting, view.client)}\n{escape(when_line(t, view.meeting, view.zone, now))}"
