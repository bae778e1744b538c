"""Another rhythm for a series: the button that offers it, the modal, and what is said once it was proposed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.assessment import Finding
from domain.client import Client
from domain.decision import Draft
from domain.meeting import Meeting
from domain.rhythm import Rhythm
from messages import blocks
from messages.blocks import Block, Element, Message
from messages.draft_fields import draft_fields
from messages.escape import escape
from messages.i18n import N_, Translator
from messages.ids import Action, Field, View, pack
from messages.linter import LintFinding, lint_sentence
from messages.meeting_view import client_name, heading, title
from messages.sentences import sentence
from messages.when import day, zone_info

_LABELS: Mapping[Rhythm, str] = {
    Rhythm.SHORTER: N_("As often as now, but shorter"),
    Rhythm.RARER: N_("Every second time, as long as now"),
    Rhythm.BOTH: N_("Every second time, and shorter"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RhythmPage:
    form_id: str
    edition: int = 1
    """Goes up with each draft made anew: Slack keeps what was typed in a field for as long as its name stays."""
    meeting: Meeting
    client: Client | None
    pattern: Finding
    """Why it is proposed."""
    choices: tuple[Rhythm, ...]
    rhythm: Rhythm
    lengths: tuple[int, ...]
    """Offered lengths in minutes, longest first."""
    minutes: int
    draft: Draft
    lint: tuple[LintFinding, ...] = ()
    notice: str = ""
    """One plain sentence above the draft, as that it was made anew."""
    mail_will_be_sent: bool = False
    """Whether the bot sends the draft itself; else it is handed to the owner."""


def rhythm_button(t: Translator, meeting: Meeting) -> Element:
    return blocks.button(t.text("Propose another rhythm"), action_id=Action.RHYTHM, value=pack(meeting.id))


def rhythm_line(t: Translator, proposed_at: datetime, zone: str, now: datetime) -> str:
    """Plain text, where it was proposed of late."""
    here = zone_info(zone)
    told = day(t, proposed_at.astimezone(here).date(), now.astimezone(here).date())
    return t.text("Another rhythm was proposed to them: {day}.", day=told)


def what(t: Translator, rhythm: Rhythm, minutes: int) -> str:
    """Plain text: what is proposed, in a few words."""
    if rhythm is Rhythm.RARER:
        return t.text("every second time")
    length = t.count("{n} minute", "{n} minutes", minutes)
    if rhythm is Rhythm.SHORTER:
        return t.text("as often as now, {length}", length=length)
    return t.text("every second time, {length}", length=length)


def rhythm_modal(t: Translator, page: RhythmPage) -> Block:
    """A view for `views.open`, `views.push` and `views.update`."""
    return blocks.modal(
        title=t.text("Another rhythm"),
        blocks=[*_why(t, page), *_choice(t, page), blocks.divider(), *_message(t, page)],
        callback_id=View.RHYTHM,
        close=t.text("Cancel"),
        submit=t.text("Send the e-mail") if page.mail_will_be_sent else t.text("Get the text"),
        private_metadata=page.form_id,
    )


def sent(t: Translator, meeting: Meeting, client: Client | None, rhythm: Rhythm, minutes: int) -> Message:
    """A DM to the owner."""
    text = t.mrkdwn(
        "✓ *Sent:* {client} has your proposal for “{title}”: {what}.",
        client=client_name(t, meeting, client),
        title=title(t, meeting),
        what=what(t, rhythm, minutes),
    )
    then = t.text("When they agree, change the series in your calendar. I will not propose it again for 90 days.")
    return blocks.message(f"{text}\n{then}", [blocks.section(text), blocks.context(escape(then))])


def _why(t: Translator, page: RhythmPage) -> Iterator[Block]:
    lines = [heading(t, page.meeting, page.client), escape(sentence(t, page.pattern))]
    yield blocks.section("\n".join(lines))


def _choice(t: Translator, page: RhythmPage) -> Iterator[Block]:
    rhythms = [blocks.option(t.text(_LABELS[rhythm]), rhythm.value) for rhythm in page.choices]
    yield blocks.input_(
        t.text("What do you propose?"),
        blocks.radios(action_id=Action.RHYTHM_CHOICE, options=rhythms, initial=page.rhythm.value),
        block_id=Field.RHYTHM,
        dispatch=True,
    )
    if page.rhythm.is_shorter:
        lengths = [blocks.option(t.count("{n} minute", "{n} minutes", length), str(length)) for length in page.lengths]
        yield blocks.input_(
            t.text("How long?"),
            blocks.select(action_id=Action.RHYTHM_LENGTH, options=lengths, initial=str(page.minutes)),
            block_id=Field.RHYTHM_LENGTH,
            dispatch=True,
        )


def _message(t: Translator, page: RhythmPage) -> Iterator[Block]:
    """The draft, under names of this edition, and what the linter found in it."""
    yield from draft_fields(
        t, page.draft, edition=page.edition, notice=page.notice, needs_address=page.mail_will_be_sent
    )
    if page.lint:
        warnings = [t.mrkdwn("! {warning}", warning=lint_sentence(t, finding)) for finding in page.lint[:5]]
        yield blocks.context("\n".join(warnings))
    yield blocks.context(escape(_what_happens(t, page)))


def _what_happens(t: Translator, page: RhythmPage) -> str:
    if page.mail_will_be_sent:
        return t.text("The e-mail goes out in your name as soon as you confirm. Answers come to you.")
    return t.text("Nothing is sent: you get the text, ready to send from your own mailbox.")
