"""The reminder: one coming meeting, what the bot would do about it, and the buttons."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from domain.assessment import Assessment, Rule
from domain.words import STEP_DOWNS, Lead, Option, Verdict
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import escape
from messages.i18n import N_, Translator
from messages.ids import Action, pack
from messages.meeting_view import MeetingView, client_name, heading, when_and_kind, where, who
from messages.option_buttons import option_buttons, possible_at_a_glance
from messages.rhythm_page import rhythm_button, rhythm_line
from messages.sentences import option_label, sentence
from messages.when import clock, moment

Withdrawal = Literal["moved", "cancelled", "over"]

_KEEP_OR_STEP_DOWN = N_("*Can you make this one?* If not, step it down in good time.")


def reminder(t: Translator, view: MeetingView, now: datetime, lead: Lead) -> Message:
    """The live message of a meeting. The fallback says the same in a line or two, for notifications."""
    texts = [_opening(t, view, now, lead), card_text(t, view, now), *advice(t, view)]
    shown = [blocks.section(texts[0]), *card(t, view, now)]
    return blocks.message("\n".join(texts), shown)


def card(t: Translator, view: MeetingView, now: datetime) -> list[Block]:
    """A meeting with its advice and its buttons, as in a reminder and as the answer to `/meetdown acme`."""
    hints = list(advice(t, view))
    notes = list(_notes(t, view.assessment)) if view.assessment else []
    parts = [blocks.section(card_text(t, view, now))]
    if hints:
        why = blocks.button(t.text("Why?"), action_id=Action.WHY, value=pack(view.meeting.id))
        parts.append(blocks.section("\n".join(hints), accessory=why))
    parts.extend(_rhythm(t, view, now))
    possible = view.assessment.possible if view.assessment else possible_at_a_glance(view.meeting)
    recommended = view.assessment.recommended if view.assessment else None
    parts.append(option_buttons(t, view.meeting, possible, recommended))
    if notes:
        parts.append(blocks.context("\n".join(notes)))
    return parts


def _rhythm(t: Translator, view: MeetingView, now: datetime) -> Iterator[Block]:
    """Where one exception follows the other: another rhythm, proposed openly."""
    if view.rhythm_due:
        yield blocks.actions([rhythm_button(t, view.meeting)])
    elif view.rhythm_proposed_at is not None:
        yield blocks.context(escape(rhythm_line(t, view.rhythm_proposed_at, view.zone, now)))


def card_text(t: Translator, view: MeetingView, now: datetime) -> str:
    """Mrkdwn: client, tier and title; when; where and who; how often met lately."""
    meeting = view.meeting
    lines = [heading(t, meeting, view.client), escape(when_and_kind(t, meeting, view.zone, now))]
    place, people = where(t, meeting), who(t, view)
    if place and people:
        lines.append(t.mrkdwn("{place} · with {people}", place=place, people=people))
    elif people:
        lines.append(t.mrkdwn("With {people}", people=people))
    elif place:
        lines.append(escape(place))
    if view.client is not None:
        lines.append(met_lately(t, view.met_lately))
    return "\n".join(lines)


def met_lately(t: Translator, times: int) -> str:
    if times <= 0:
        return t.text("Not met in the last 30 days")
    return t.count("Met once in the last 30 days", "Met {n} times in the last 30 days", times)


def advice(t: Translator, view: MeetingView) -> Iterator[str]:
    """Mrkdwn lines: what is recommended and why, and when to ring first."""
    assessment = view.assessment
    if assessment is None:
        return
    because = sentence(t, assessment.recommended_because)
    if assessment.recommended is Option.KEEP:
        yield t.mrkdwn("✓ *My advice: keep it.* {because}", because=because)
    else:
        label = option_label(t, assessment.recommended)
        yield t.mrkdwn("✓ *My advice: {option}.* {because}", option=_inside(label), because=because)
    for finding in assessment.findings:
        if finding.rule in {Rule.RING_FIRST, Rule.RING_TOO, Rule.PATTERN}:
            yield t.mrkdwn("! {hint}", hint=sentence(t, finding))


def superseded_pointer(t: Translator, view: MeetingView, now: datetime) -> Message:
    """What an older reminder of the same meeting turns into: one line without buttons."""
    text = t.mrkdwn(
        "{client}, {moment}. There is a newer message about this meeting below.",
        client=client_name(t, view.meeting, view.client),
        moment=moment(t, view.meeting.starts_at, view.zone, now),
    )
    return blocks.message(text, [blocks.context(text)])


# No colon right behind a time: Slack would read the `:00:` in `10:00:` as the name of an emoji.
_WITHDRAWN: dict[Withdrawal, str] = {
    "moved": N_("The meeting was moved to {moment}. I will remind you in time."),
    "cancelled": N_("The meeting was cancelled in the calendar. There is nothing left to decide."),
    "over": N_("The meeting of {moment} has begun. There is nothing left to decide."),
}


def withdrawn(t: Translator, view: MeetingView, now: datetime, why: Withdrawal) -> Message:
    """What a reminder turns into when there is nothing left to decide in it. `view.meeting` is as it is now."""
    what = t.mrkdwn(_WITHDRAWN[why], moment=moment(t, view.meeting.starts_at, view.zone, now))
    text = f"{heading(t, view.meeting, view.client)}\n{what}"
    return blocks.message(text, [blocks.context(text)])


def _opening(t: Translator, view: MeetingView, now: datetime, lead: Lead) -> str:
    if lead is not Lead.LAST_CALL:
        later = t.text("You asked me to come back to this one.") + " " if lead is Lead.LATER else ""
        return later + t.text(_KEEP_OR_STEP_DOWN)
    left = view.meeting.starts_at.astimezone(UTC) - now.astimezone(UTC)
    return t.text(
        "*Last call:* this one starts at {clock}, {left}.",
        clock=clock(view.meeting.starts_at, view.zone),
        left=_in(t, left),
    )


def _in(t: Translator, left: timedelta) -> str:
    """`in 2 hours`; the nearest half hour is good enough from two hours up."""
    minutes = max(0, round(left / timedelta(minutes=1)))
    if minutes < 90:
        return t.count("in {n} minute", "in {n} minutes", minutes)
    return t.count("in about {n} hour", "in about {n} hours", round(minutes / 60))


def _notes(t: Translator, assessment: Assessment) -> Iterator[str]:
    """Why the client counts for more than its own tier, and what is not possible."""
    for finding in assessment.findings:
        if finding.rule in {Rule.TIER_REVENUE, Rule.TIER_RENEWAL, Rule.TIER_COMPLAINT}:
            yield escape(sentence(t, finding))
    for option in STEP_DOWNS:
        judgement = assessment.for_option(option)
        if judgement.verdict is Verdict.NOT_AVAILABLE:
            why = " ".join(sentence(t, finding) for finding in judgement.decisive)
            yield t.mrkdwn("– {option}: not possible. {why}", option=option_label(t, option), why=why)


def _inside(label: str) -> str:
    """A label inside a sentence begins small."""
    return label[:1].lower() + label[1:]
