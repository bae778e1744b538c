"""The modal of an option: the reason, the judgement, what is to be filled in, and the message to the client."""

from collections.abc import Iterator

from domain.assessment import Requirement, Rule
from domain.words import Option, Reason
from messages import blocks
from messages.blocks import Block
from messages.draft_fields import draft_fields
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import VALUE, Action, Field, View, pack
from messages.lint_page import lint_blocks
from messages.meeting_view import NAME, heading, when_and_kind, where
from messages.option_fields import own_fields
from messages.option_page import OptionPage
from messages.rhythm_page import rhythm_button
from messages.ringing import ToRing, ringing
from messages.sentences import option_label, reason_label, sentence, verdict_label

__all__ = ["OptionPage", "option_modal"]

_GENERAL = frozenset(
    {Rule.TIER_NO_CLIENT, Rule.TIER_REVENUE, Rule.TIER_RENEWAL, Rule.TIER_COMPLAINT, Rule.EARLY, Rule.PATTERN}
)
"""What is worth saying of the meeting as a whole; ringing first has a paragraph of its own."""


def option_modal(t: Translator, page: OptionPage) -> Block:
    """A view for `views.open` and `views.update`. An option that is not available has nothing to submit."""
    impossible = page.needs is Requirement.IMPOSSIBLE and not page.as_call
    parts = [_meeting(t, page)]
    if not impossible:
        parts.append(_reason(t, page))
    parts.extend(_judgement(t, page))
    if not impossible:
        parts.extend(_ring(t, page))
        parts.extend(own_fields(t, page))
        parts.append(blocks.divider())
        parts.extend(_message(t, page))
        parts.extend(_requirement(t, page))
    return blocks.modal(
        title=option_label(t, page.option),
        blocks=parts,
        callback_id=View.OPTION,
        close=t.text("Cancel"),
        submit=None if impossible else _submit(t, page),
        private_metadata=page.form_id,
    )


def _submit(t: Translator, page: OptionPage) -> str:
    if page.approver is not None:
        return t.text("Ask for approval")
    if page.option is Option.HANDOFF:
        return t.text("Ask my colleague")
    return t.text("Send the e-mail") if page.mail_will_be_sent else t.text("Decide and get the text")


def _meeting(t: Translator, page: OptionPage) -> Block:
    lines = [heading(t, page.meeting, page.client), escape(when_and_kind(t, page.meeting, page.zone, page.now))]
    place = where(t, page.meeting)
    return blocks.section("\n".join([*lines, escape(place)] if place else lines))


def _reason(t: Translator, page: OptionPage) -> Block:
    choices = [blocks.option(reason_label(t, reason), reason.value) for reason in Reason]
    return blocks.input_(
        t.text("Why?"),
        blocks.select(action_id=Action.REASON, options=choices, initial=page.reason.value),
        block_id=Field.REASON,
        hint=t.text("For the advice below only. The client and your colleague never see it."),
        dispatch=True,
    )


def _judgement(t: Translator, page: OptionPage) -> Iterator[Block]:
    """The verdict with its sentences, what holds for the meeting as a whole, and the advice where it is another."""
    judgement = page.judgement
    lines = [t.mrkdwn("*{verdict}*", verdict=verdict_label(t, judgement.verdict))]
    lines += [escape(f"• {sentence(t, finding)}") for finding in judgement.findings]
    why = blocks.button(t.text("Explain this"), action_id=Action.WHY, value=pack(page.meeting.id))
    yield blocks.section("\n".join(lines), accessory=why)
    general = [sentence(t, finding) for finding in page.assessment.findings if finding.rule in _GENERAL]
    if general:
        yield blocks.context(escape("\n".join(general)))
    if page.rhythm_due:
        yield blocks.actions([rhythm_button(t, page.meeting)])
    recommended = page.assessment.recommended
    if recommended is not page.option:
        because = sentence(t, page.assessment.recommended_because)
        label = option_label(t, recommended)
        inside = label[:1].lower() + label[1:]
        yield blocks.context(t.mrkdwn("*My advice: {option}.* {because}", option=inside, because=because))


def _ring(t: Translator, page: OptionPage) -> Iterator[Block]:
    """Where a mail alone would come too late: whom to ring, and what to say, in the client's language."""
    assessment = page.assessment
    if not (assessment.ring_first or assessment.ring_too):
        return
    lead = t.text("*Ring first*, then send the message.") if assessment.ring_first else t.text("*Ring as well.*")
    yield blocks.section(ringing(t, lead, ToRing(contact=page.contact, script=page.script)))


def _message(t: Translator, page: OptionPage) -> Iterator[Block]:
    """The draft, under names of this edition, and what the linter found in it."""
    yield from draft_fields(
        t, page.draft, edition=page.edition, notice=page.notice, needs_address=page.mail_will_be_sent
    )
    yield from lint_blocks(t, page.lint, page.fixes, page.draft.language)
    yield blocks.context(escape(_what_happens(t, page)))


def _what_happens(t: Translator, page: OptionPage) -> str:
    if page.approver is not None:
        waits = t.text("Nothing happens before {name} has approved it.", name=_approver(t, page))
        return f"{waits} {_what_happens_then(t, page)}"
    if page.option is Option.HANDOFF and page.mail_will_be_sent:
        return t.text("Your colleague is asked first. The e-mail goes out when they have said yes.")
    if page.option is Option.HANDOFF:
        return t.text("Your colleague is asked first. When they have said yes, you get the text to send yourself.")
    if page.mail_will_be_sent:
        return t.text("The e-mail goes out in your name as soon as you confirm. Answers come to you.")
    return t.text("Nothing is sent: you get the text, ready to send from your own mailbox.")


def _what_happens_then(t: Translator, page: OptionPage) -> str:
    if page.option is Option.HANDOFF:
        return t.text("Then your colleague is asked.")
    if page.mail_will_be_sent:
        return t.text("Then the e-mail goes out in your name. Answers come to you.")
    return t.text("Then you get the text, ready to send from your own mailbox.")


def _requirement(t: Translator, page: OptionPage) -> Iterator[Block]:
    if page.needs is Requirement.CONFIRM:
        box = blocks.option(t.text("Yes, I have thought about it"), "yes")
        yield blocks.input_(
            t.text("Go on all the same?"), blocks.checkboxes(action_id=VALUE, options=[box]), block_id=Field.CONFIRM
        )
    elif page.needs is Requirement.NOTE:
        hint = t.text("Kept with the decision. The client never sees it.")
        if page.approver is not None:
            name = _approver(t, page)
            hint = t.text("Goes to {name}, and is kept with the decision. The client never sees it.", name=name)
            yield blocks.section(
                t.mrkdwn(
                    "*{name} has to approve this.* They get my advice, your note below and the message to the client; "
                    "your reason stays with you.",
                    name=name,
                )
            )
        yield blocks.input_(
            t.text("Why go on all the same?"),
            blocks.text_input(action_id=VALUE, multiline=True, max_length=1000),
            block_id=Field.NOTE,
            hint=hint,
        )


def _approver(t: Translator, page: OptionPage) -> str:
    return one_line(page.approver.name if page.approver else "", NAME) or t.text("your manager")
