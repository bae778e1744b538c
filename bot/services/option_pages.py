"""From an owner's input, or from what is known at first, to the page of an option's modal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.calendars.work_week import week_of, zone_of
from bot.services.option_input import Frame, OptionInput, points, read_recipients
from domain.assessment import Requirement
from domain.brief import Section
from domain.decision import Draft, WhoRings, offered_lengths
from domain.member import Member, Workspace
from domain.overview import Overview
from domain.words import Mode, Option, Reason, Tier
from messages.brief_prefill import prefill
from messages.from_overview import script_of
from messages.i18n import translator
from messages.lint_fixes import Around, fixable
from messages.option_page import OptionPage

MINUTES_A_POINT = 10
"""What an agenda point that stays is reckoned to take."""
_MINUTES_TOLD = re.compile(r"(?<!\d)(\d{1,3}) ?(?:min(?:s|ute|utes|uut|uten)?\b|['′’](?!\w))", re.IGNORECASE)
"""As agendas have it: `Figures (10 min)`, `Planning 20'`."""
NEXT_CONTACT_AFTER = 1
"""Working days after the meeting's day."""


def default_length(minutes: int, stays: Sequence[str] = (), tier: Tier = Tier.C) -> int | None:
    """The shortest offered length that holds the agenda points that stay, or half of the present one without an agenda;
    None if none is offered.

    Less than half is a different meeting, and an A is not to be surprised by one because three points were reckoned at
    ten minutes each: with an A it takes an agenda that gives the minutes of each of them itself.
    """
    offered = offered_lengths(minutes)
    told = [_MINUTES_TOLD.search(point) for point in stays]
    said = [int(found[1]) for found in told if found]
    exact = bool(stays) and len(said) == len(stays)
    wanted = sum(said) if exact else len(stays) * MINUTES_A_POINT if stays else minutes // 2
    if tier is Tier.A and not exact:
        wanted = max(wanted, -(-minutes // 2))
    enough = [length for length in offered if length >= wanted]
    return (enough or offered[:1] or (None,))[-1]


def prefilled(
    overview: Overview, workspace: Workspace | None, option: Option, history: Sequence[str] = ()
) -> OptionInput:
    """What the bot knows already, so that most forms need a look and a click. `history`: lines for a brief."""
    meeting = overview.meeting
    agenda = meeting.agenda
    stays, to_writing = _split(agenda)
    length = default_length(meeting.minutes, stays, overview.assessment.effective_tier)
    week = week_of(overview.owner, workspace)
    next_contact = week.working_day(week.local(meeting.starts_at).date(), NEXT_CONTACT_AFTER)
    sections: Mapping[Section, str] = {}
    if option is Option.HANDOFF:
        t = translator(overview.owner.language)
        sections = prefill(t, meeting, overview.client, overview.contact, overview.owner, history)
    return OptionInput(
        reason=Reason.WORKLOAD,
        length=str(length) if length else "",
        stays="\n".join(stays),
        to_writing="\n".join(to_writing),
        phone=overview.contact.phone if overview.contact else "",
        who_rings=WhoRings.OWNER,
        next_contact=next_contact.isoformat(),
        sections=sections,
    )


def _split(agenda: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first half of the agenda stays: what matters is put first. The owner moves points as they like."""
    kept = (len(agenda) + 1) // 2
    return agenda[:kept], agenda[kept:]


def page_of(
    overview: Overview,
    frame: Frame,
    given: OptionInput,
    draft: Draft,
    *,
    lint: Around,
    needs: Requirement,
    approver: Member | None,
    edition: int,
    notice: str,
    sends_mail: bool,
) -> OptionPage:
    meeting = overview.meeting
    return OptionPage(
        form_id=frame.form_id,
        edition=edition,
        option=frame.option,
        meeting=meeting,
        client=overview.client,
        contact=overview.contact,
        zone=str(zone_of(overview.owner.time_zone)),
        script=script_of(overview, frame.option, frame.now),
        now=frame.now,
        reason=given.chosen_reason or Reason.WORKLOAD,
        assessment=overview.assessment,
        needs=needs,
        rhythm_due=overview.rhythm_due,
        approver=approver,
        draft=replace(draft, to=read_recipients(given.to)[0] or draft.to),
        lint=lint.lint(draft.body),
        fixes=fixable(draft.body, lint),
        notice=notice,
        mail_will_be_sent=sends_mail,
        lengths=offered_lengths(meeting.minutes),
        length=int(given.length) if given.length in map(str, offered_lengths(meeting.minutes)) else None,
        stays=points(given.stays),
        to_writing=points(given.to_writing),
        pre_read=points(given.pre_read),
        as_call=given.as_call and meeting.mode is not Mode.CALL,
        phone=given.phone or (overview.contact.phone if overview.contact else ""),
        who_rings=WhoRings.CONTACT if given.who_rings == WhoRings.CONTACT else WhoRings.OWNER,
        status=given.status,
        decisions_needed=given.decisions_needed,
        next_contact=_date(given.next_contact),
        serious=given.serious,
        call_on=_date(given.call_on),
        delegate_id=given.delegate,
        sections=given.sections,
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
