"""The first window of a sick day: how long, which meetings, and what becomes of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.clock import require_aware
from domain.overview import Overview
from domain.sick_day import REASONS
from domain.words import Option, Reason, Verdict
from messages import blocks
from messages.blocks import Block, Element, Message
from messages.decision_lines import is_taken, what
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import SICK_OPTION_PREFIX, SICK_PHONE_PREFIX, VALUE, Action, Field, View, numbered, pack
from messages.labels import mode_label, option_label, reason_label
from messages.meeting_view import NAME, client_name, heading, mention, when_and_kind
from messages.when import day

LEFT = "left"
"""Value of the choice to decide nothing."""


class Days(StrEnum):
    """How long somebody is away."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    UNTIL = "until"


@dataclass(frozen=True, kw_only=True, slots=True)
class SickRow:
    """One meeting. `chosen` None: left as it is. `phone` as the owner wrote it."""

    overview: Overview
    options: tuple[Option, ...]
    chosen: Option | None
    phone: str = ""

    @property
    def asks_phone(self) -> bool:
        known = self.overview.contact is not None and bool(self.overview.contact.phone)
        return self.chosen is Option.CALL and not known


@dataclass(frozen=True, kw_only=True, slots=True)
class SickPage:
    form_id: str
    reason: Reason
    today: date
    last_day: date
    days: str = ""
    """What was chosen among `Days`; empty: told from the last day."""
    rows: tuple[SickRow, ...]
    settled: int = 0
    """Meetings of these days that were decided on before."""
    rest: int = 0
    """Meetings of these days that no longer fit."""
    delegate_id: str = ""
    next_contact: date
    zone: str
    now: datetime

    def __post_init__(self) -> None:
        require_aware(self.now, "now")

    @property
    def span(self) -> Days:
        if self.days in set(Days):
            return Days(self.days)
        ahead = (self.last_day - self.today).days
        return Days.TODAY if ahead <= 0 else Days.TOMORROW if ahead == 1 else Days.UNTIL


def sick_modal(t: Translator, page: SickPage) -> Block:
    """A view for `views.open` and `views.update`; without meetings there is nothing to submit."""
    parts = [blocks.section(_greeting(t, page)), *_absence(t, page), blocks.divider()]
    if not page.rows:
        parts.append(blocks.section(escape(nothing_sentence(t, page))))
    for row in page.rows:
        parts.extend(_row(t, page, row))
    parts.extend(_shared(t, page))
    parts.extend(blocks.context(line) for line in _notes(t, page))
    return blocks.modal(
        title=t.text("Your meetings"),
        blocks=parts,
        callback_id=View.SICK,
        close=t.text("Cancel"),
        submit=t.text("Next: the texts") if page.rows else None,
        private_metadata=page.form_id,
    )


def offer(t: Translator, page: SickPage) -> Message:
    """The answer to words in the conversation, where only a button can open a window."""
    greeting = _greeting(t, page)
    meetings = t.count_mrkdwn(
        "You have *one client meeting* {days}.",
        "You have *{n} client meetings* {days}.",
        len(page.rows) + page.rest,
        days=_days(t, page),
    )
    text = f"{greeting} {meetings}"
    label = t.text("See what I propose")
    value = pack(page.reason.value, page.last_day.isoformat())
    row = [blocks.button(label, action_id=Action.SICK, value=value, style="primary")]
    end = t.text("Nothing goes to a client before you have seen and confirmed it.")
    return blocks.message(f"{text}\n{end}", [blocks.section(text), blocks.actions(row), blocks.context(end)])


def nothing_to_do(t: Translator, page: SickPage) -> Message:
    text = escape(f"{nothing_sentence(t, page)} {_wish(t, page)}")
    return blocks.message(text, [blocks.section(text)])


def nothing_sentence(t: Translator, page: SickPage) -> str:
    """Plain text."""
    if page.settled:
        return t.count(
            "Your one client meeting {days} is decided on already.",
            "All your {n} client meetings {days} are decided on already.",
            page.settled,
            days=_days(t, page),
        )
    return t.text("No client meetings {days}.", days=_days(t, page))


def _wish(t: Translator, page: SickPage) -> str:
    if page.reason is Reason.EMERGENCY:
        return t.text("I hope all turns out well.")
    return t.text("Get well soon.")


def _greeting(t: Translator, page: SickPage) -> str:
    if page.reason is Reason.EMERGENCY:
        return t.text("I hope all turns out well. I take you through your client meetings.")
    return t.text("Sorry to hear that. I take you through your client meetings.")


def _days(t: Translator, page: SickPage) -> str:
    """As it stands at the end of a sentence: `today`, `until Thu 12 Mar`."""
    if page.last_day <= page.today:
        return t.text("today")
    if page.last_day == page.today + timedelta(days=1):
        return t.text("today and tomorrow")
    return t.text("until {day}", day=day(t, page.last_day, page.today))


def _absence(t: Translator, page: SickPage) -> Iterator[Block]:
    reasons = [blocks.option(reason_label(t, reason), reason.value) for reason in REASONS]
    yield blocks.input_(
        t.text("Why?"),
        blocks.select(action_id=VALUE, options=reasons, initial=page.reason.value),
        block_id=Field.REASON,
        hint=t.text("For me only. No client and no colleague ever sees it, and it does not count against you."),
    )
    choices = [
        blocks.option(t.text("Today"), Days.TODAY),
        blocks.option(t.text("Today and tomorrow"), Days.TOMORROW),
        blocks.option(t.text("Until a date"), Days.UNTIL),
    ]
    yield blocks.input_(
        t.text("For how long?"),
        blocks.radios(action_id=Action.SICK_DAYS, options=choices, initial=page.span),
        block_id=Field.SICK_DAYS,
        dispatch=True,
    )
    if page.span is Days.UNTIL:
        yield blocks.input_(
            t.text("Until and including"),
            blocks.date_picker(action_id=Action.SICK_UNTIL, initial=page.last_day.isoformat()),
            block_id=Field.SICK_UNTIL,
            dispatch=True,
        )


def _row(t: Translator, page: SickPage, row: SickRow) -> Iterator[Block]:
    overview = row.overview
    meeting = overview.meeting
    when = when_and_kind(t, meeting, page.zone, page.now)
    lines = [heading(t, meeting, overview.client), escape(f"{when} · {mode_label(t, meeting.mode)}")]
    if overview.request is not None and overview.request.waits:
        approver = mention(overview.request.approval.approver_id)
        lines.append(
            t.text("Waits for the approval of {approver}. What you choose here counts instead.", approver=approver)
        )
    elif overview.decision is not None:
        name = overview.delegate.name if overview.delegate else ""
        taken = is_taken(overview.effects)
        chosen = what(t, overview.decision.terms, meeting, page.zone, page.now, name, taken=taken)
        lines.append(t.mrkdwn("So far: {what}", what=chosen))
    if overview.assessment.ring_first:
        lines.append(t.text("*Ring first.*"))
    choice = blocks.select(
        action_id=Action.SICK_OPTION,
        options=list(_choices(t, row)),
        initial=row.chosen.value if row.chosen in row.options else LEFT,
    )
    yield blocks.section("\n".join(lines), accessory=choice, block_id=f"{SICK_OPTION_PREFIX}{meeting.id}")
    if row.asks_phone:
        name = one_line(overview.contact.name, NAME) if overview.contact else ""
        yield blocks.input_(
            t.text("Phone number of {name}", name=name or client_name(t, meeting, overview.client)),
            blocks.text_input(action_id=VALUE, initial=row.phone, max_length=40),
            block_id=f"{SICK_PHONE_PREFIX}{meeting.id}",
            hint=t.text("With the country code, such as +31 6 1234 5678. I keep it for the next time."),
        )


def _choices(t: Translator, row: SickRow) -> Iterator[Element]:
    """Each as on the buttons, with what the judgement says of it where that is worth a look."""
    assessment = row.overview.assessment
    for option in row.options:
        label = option_label(t, option)
        if option is assessment.recommended:
            label = t.text("{option} (my advice)", option=label)
        elif option is not Option.KEEP and assessment.for_option(option).verdict is Verdict.THINK_TWICE:
            label = t.text("{option} (think twice)", option=label)
        yield blocks.option(label, option.value)
    yield blocks.option(t.text("Leave it open for now"), LEFT)


def _shared(t: Translator, page: SickPage) -> Iterator[Block]:
    """What all meetings that are handed over, or settled by e-mail, have in common."""
    chosen = {row.chosen for row in page.rows}
    if Option.HANDOFF in chosen:
        yield blocks.input_(
            t.text("Who takes them over?"),
            blocks.users_select(
                action_id=VALUE, initial=page.delegate_id or None, placeholder=t.text("Choose a colleague")
            ),
            block_id=Field.DELEGATE,
            hint=t.text("Your colleague is asked first, and gets a brief of what I know."),
        )
    if Option.EMAIL in chosen:
        # The day moves with the absence: under a new name of the field, Slack shows the new one.
        yield blocks.input_(
            t.text("Next contact on, for the e-mails"),
            blocks.date_picker(action_id=VALUE, initial=page.next_contact.isoformat()),
            block_id=numbered(Field.NEXT_CONTACT, page.last_day.toordinal()),
        )


def _notes(t: Translator, page: SickPage) -> Iterator[str]:
    """Mrkdwn: what is not in the list."""
    if page.rows and page.settled:
        yield t.count("{n} more is decided on already.", "{n} more are decided on already.", page.settled)
    if page.rest:
        yield t.count(
            "These are the first {shown}. {n} more follows: the message afterwards has a button for it.",
            "These are the first {shown}. {n} more follow: the message afterwards has a button for them.",
            page.rest,
            shown=len(page.rows),
        )
    if page.rows:
        yield t.text("Next you see each text and can change it. Nothing goes out before you confirm.")
