"""The answers to `/meetdown`: the coming client meetings, the one that matches, or what to try."""

from collections.abc import Sequence
from datetime import datetime

from domain.decision import DecisionState
from domain.planned import Proposal
from domain.upcoming import Coming, Upcoming
from messages import blocks
from messages.blocks import Block, Message
from messages.client_proposals import proposal_blocks
from messages.decision_lines import what
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.meeting_view import MeetingView, heading_of, when_and_kind
from messages.option_buttons import option_buttons, possible_at_a_glance
from messages.reminder import card, card_text
from messages.state import decided, over

SHOWN = 10
ALL_WITH_BUTTONS = 5
"""Up to this many meetings, each has its row of buttons."""
FIRST_WITH_BUTTONS = 3
"""In a longer list only the nearest ones have, the others one button that opens them: a wall helps nobody."""
PROPOSALS = 2
PROPOSALS_WHERE_EMPTY = 10
WORDS = 80


def coming(t: Translator, found: Coming, zone: str, now: datetime) -> Message:
    """The nearest meetings; renders only what is shown, because it is on the way of every `/meetdown`."""
    if not found.meetings:
        return empty(t, found.has_calendar, found.proposals)
    shown = found.meetings[:SHOWN]
    total = max(found.total, len(found.meetings))
    intro = t.count("*{n} client meeting is coming up.*", "*{n} client meetings are coming up.*", total)
    texts, parts = [intro], [blocks.section(intro)]
    buttons_left = ALL_WITH_BUTTONS if len(shown) <= ALL_WITH_BUTTONS else FIRST_WITH_BUTTONS
    for line in shown:
        text = _line(t, line, zone, now)
        texts.append(text)
        if line.terms is not None or buttons_left <= 0:
            parts.append(blocks.section(text, accessory=_open(t, line)))
        else:
            parts += [blocks.section(text), option_buttons(t, line, possible_at_a_glance(line))]
            buttons_left -= 1
    more = total - len(shown)
    if more > 0:
        rest = t.count(
            "And {n} more: find it with `/meetdown` and a name, such as `/meetdown acme`.",
            "And {n} more: find them with `/meetdown` and a name, such as `/meetdown acme`.",
            more,
        )
        parts.append(blocks.context(rest))
        texts.append(rest)
    for proposal in found.proposals[:PROPOSALS]:
        parts += proposal_blocks(t, proposal)
    return blocks.message("\n".join(texts), parts)


def one(t: Translator, view: MeetingView, now: datetime) -> Message:
    """The meeting that matches: its buttons, its state where it is decided on, or that it is over."""
    if view.decision is not None and view.decision.state is DecisionState.STANDING:
        return decided(t, view, now)
    if view.meeting.cancelled or view.meeting.has_started(now):
        text = escape(over(t, view))
        return blocks.message(text, [blocks.section(text)])
    if view.request is not None and view.request.is_open:
        return decided(t, view, now)
    return blocks.message(card_text(t, view, now), card(t, view, now))


def choice(t: Translator, words: str, lines: Sequence[Upcoming], zone: str, now: datetime) -> Message:
    """Several meetings match: which one?"""
    intro = t.mrkdwn("Several meetings fit “{words}”. Which one do you mean?", words=one_line(words, WORDS))
    texts, parts = [intro], [blocks.section(intro)]
    for line in lines[:SHOWN]:
        text = _line(t, line, zone, now)
        texts.append(text)
        parts.append(blocks.section(text, accessory=_open(t, line)))
    if len(lines) > SHOWN:
        parts.append(blocks.context(t.text("There are more: add a word of the title to narrow it down.")))
    return blocks.message("\n".join(texts), parts)


def nothing(t: Translator, words: str, now: datetime, has_calendar: bool) -> Message:
    """Nothing matches: what was looked for, and what to try."""
    del now
    found = t.mrkdwn("I find no coming client meeting for “{words}”.", words=one_line(words, WORDS))
    tips = [
        t.text("• `/meetdown` shows all that are coming; try one word of the client's name."),
        t.text("• `/meetdown clients` shows the clients I know."),
        t.text("• `/meetdown new` enters a meeting that is in no calendar."),
    ]
    text = "\n".join([found, *tips])
    return blocks.message(text, [blocks.section(text), *([] if has_calendar else [_connect(t)])])


def empty(t: Translator, has_calendar: bool, proposals: Sequence[Proposal] = ()) -> Message:
    """No client meeting is coming, as far as the bot can see: perhaps because the clients are not known yet."""
    if has_calendar:
        text = t.text(
            "No client meetings are coming up. I look at your calendar every few minutes; "
            "a meeting counts once somebody of a client is invited."
        )
        buttons = [_new(t), _client(t)]
        asked = [block for one in proposals[:PROPOSALS_WHERE_EMPTY] for block in proposal_blocks(t, one)]
        return blocks.message(text, [blocks.section(text), blocks.actions(buttons), *asked])
    text = t.text(
        "I do not know your meetings yet. Connect your calendar, and I tell you in time "
        "which client meetings could be a call, shorter, an e-mail or a colleague's."
    )
    return blocks.message(text, [blocks.section(text), _connect(t)])


def _line(t: Translator, line: Upcoming, zone: str, now: datetime) -> str:
    """Mrkdwn."""
    text = f"{heading_of(t, line)}\n{escape(when_and_kind(t, line, zone, now))}"
    if line.terms is None:
        return text
    return f"{text}\n" + t.mrkdwn("✓ {what}", what=what(t, line.terms, line, zone, now))


def _open(t: Translator, line: Upcoming) -> Block:
    label = t.text("Options…") if line.terms is None else t.text("Show")
    return blocks.button(label, action_id=Action.MEETING_CHOSEN, value=pack(line.id))


def _connect(t: Translator) -> Block:
    return blocks.actions(
        [blocks.button(t.text("Connect your calendar"), action_id=Action.CONNECT, style="primary"), _new(t)]
    )


def _new(t: Translator) -> Block:
    return blocks.button(t.text("Enter a meeting"), action_id=Action.NEW_MEETING)


def _client(t: Translator) -> Block:
    return blocks.button(t.text("Add a client"), action_id=Action.CLIENT_ADD)
