"""The second window of a sick day: every text to a client, to be read and changed, and one confirmation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import require_aware
from domain.decision import Draft, Terms
from domain.errors import DomainError, Problem
from domain.overview import Overview
from domain.words import Option
from messages import blocks
from messages.blocks import Block
from messages.decision_lines import ADDRESSES, what
from messages.drafting import SUBJECT
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import SICK_BODY_PREFIX, SICK_SUBJECT_PREFIX, VALUE, Field, View
from messages.linter import LintFinding, lint_sentence
from messages.meeting_view import client_name, heading, title, when_and_kind
from messages.problems import problem
from messages.sentences import sentence

_WARNINGS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class SickDraft:
    overview: Overview
    option: Option
    terms: Terms
    draft: Draft
    lint: tuple[LintFinding, ...] = ()
    notice: str = ""
    """One plain sentence on the text, as that it is not from the owner's template."""
    delegate_name: str = ""
    think_twice: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SickDrafts:
    form_id: str
    drafts: tuple[SickDraft, ...]
    kept: tuple[Overview, ...] = ()
    left: tuple[Overview, ...] = ()
    skipped: tuple[Problem, ...] = ()
    """Why meetings that were in the list are no longer to be decided on."""
    rest: int = 0
    """Meetings that follow in a form of their own."""
    again: bool = False
    """Shown once more, for what was noticed in texts that the owner changed."""
    mail_will_be_sent: bool = False
    zone: str
    now: datetime

    def __post_init__(self) -> None:
        require_aware(self.now, "now")

    @property
    def goes_on(self) -> bool:
        return bool(self.drafts or self.kept or self.rest)


def drafts_modal(t: Translator, page: SickDrafts) -> Block:
    """On top of the first window, so that *Back* leads to it; without anything to decide it only says so."""
    parts = [blocks.section(escape(_intro(t, page)))]
    for draft in page.drafts:
        parts.append(blocks.divider())
        parts.extend(_draft(t, page, draft))
    parts.append(blocks.divider())
    parts.extend(blocks.context(line) for line in _notes(t, page))
    if any(draft.think_twice for draft in page.drafts):
        box = blocks.option(t.text("Yes, I have thought about it"), "yes")
        parts.append(
            blocks.input_(
                t.text("Go on all the same?"), blocks.checkboxes(action_id=VALUE, options=[box]), block_id=Field.CONFIRM
            )
        )
    return blocks.modal(
        title=t.text("Read and confirm"),
        blocks=parts,
        callback_id=View.SICK_DRAFTS,
        close=t.text("Back"),
        submit=t.text("Confirm all") if page.goes_on else None,
        private_metadata=page.form_id,
    )


def _intro(t: Translator, page: SickDrafts) -> str:
    if page.again:
        return t.text("Please look at what I noticed below the texts. They go out as they are if you confirm again.")
    if page.rest and not (page.drafts or page.kept):
        return t.text("You leave all of these open. Confirm, and the message afterwards goes on with the rest.")
    if not page.goes_on:
        return t.text("Nothing would be decided. Go back and choose something for at least one meeting.")
    if not page.drafts:
        return t.text("Nobody needs to hear anything: you keep your meetings.")
    if page.mail_will_be_sent:
        return t.text("These e-mails go out in your name as soon as you confirm. Answers come to you.")
    return t.text("Nothing is sent: as soon as you confirm you get the texts, ready to send from your own mailbox.")


def _draft(t: Translator, page: SickDrafts, one: SickDraft) -> Iterator[Block]:
    overview, draft = one.overview, one.draft
    meeting = overview.meeting
    chosen = what(t, one.terms, meeting, page.zone, page.now, one.delegate_name)
    to = one_line(", ".join(draft.to), ADDRESSES)
    lines = [
        heading(t, meeting, overview.client),
        escape(when_and_kind(t, meeting, page.zone, page.now)),
        t.mrkdwn("→ *{what}*", what=chosen),
        t.mrkdwn("To: {to}", to=to) if to else t.text("I do not know their e-mail address: you get the text to send."),
    ]
    if one.option is Option.HANDOFF:
        lines.append(t.text("The text waits until your colleague has said yes."))
    if overview.assessment.ring_first:
        lines.append(t.text("*Ring first:* the message afterwards has the number and the words."))
    yield blocks.section("\n".join(lines))
    yield blocks.input_(
        t.text("Subject"),
        blocks.text_input(action_id=VALUE, initial=draft.subject, max_length=SUBJECT),
        block_id=f"{SICK_SUBJECT_PREFIX}{meeting.id}",
    )
    yield blocks.input_(
        t.text("Message"),
        blocks.text_input(action_id=VALUE, initial=draft.body, multiline=True),
        block_id=f"{SICK_BODY_PREFIX}{meeting.id}",
    )
    warnings = [lint_sentence(t, finding) for finding in one.lint[:_WARNINGS]]
    warnings += [one.notice] if one.notice else []
    if one.think_twice:
        findings = overview.assessment.for_option(one.option).findings
        warnings += [sentence(t, finding) for finding in findings]
    if warnings:
        yield blocks.context("\n".join(t.mrkdwn("! {warning}", warning=warning) for warning in warnings))


def _notes(t: Translator, page: SickDrafts) -> Iterator[str]:
    """Mrkdwn: the meetings that no text goes out for."""
    if page.kept:
        yield t.mrkdwn("Kept as planned: {meetings}.", meetings=_names(t, page.kept))
    if page.left:
        yield t.mrkdwn("Left open for now: {meetings}.", meetings=_names(t, page.left))
    for code in dict.fromkeys(page.skipped):
        yield t.mrkdwn("! No longer in the list: {why}", why=problem(t, DomainError(code)))
    yield t.text("Your reason is in none of these texts, and nobody but you is told it.")


def _names(t: Translator, overviews: Sequence[Overview]) -> str:
    """Plain text."""
    return ", ".join(
        f"{client_name(t, one.meeting, one.client)} · {one_line(title(t, one.meeting), 60)}" for one in overviews
    )
