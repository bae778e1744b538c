"""Which meetings an absence is about, and what a choice for one of them comes to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import week_of, zone_of
from bot.services.drafts import aside_notice, draft_in
from bot.services.members import region_of
from bot.services.option_checks import verdict_of
from bot.services.option_input import Errors, Frame, OptionInput, read_terms
from bot.services.option_pages import prefilled
from bot.services.option_record import own_meeting
from domain.assessment import Requirement, requirement
from domain.decision import Draft, HandoffTerms, KeepTerms, Terms
from domain.errors import DomainError
from domain.member import Member
from domain.overview import Overview
from domain.sick_day import MOST_AT_ONCE, Choice, SickDay, decision_id
from domain.upcoming import Upcoming
from domain.words import STEP_DOWNS, Option, Reason, Verdict
from messages.brief_history import history_lines
from messages.i18n import translator
from storage import coming, timelines, workspaces

MOST_LOOKED_AT = 200
MOST_HISTORY = 6
NOT_ASKED = frozenset({"status", "decisions_needed"})
"""Who is ill writes no report: a mail without these says when the client hears more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Affected:
    """The owner's meetings of the absence that are still to be decided on, earliest first."""

    overviews: tuple[Overview, ...]
    settled: int = 0
    """Those that were decided on before."""
    rest: int = 0
    """Those that no longer fit into one form."""
    next_contact: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A choice with all that becomes of it; nothing is decided yet."""

    choice: Choice
    option: Option
    overview: Overview
    given: OptionInput
    terms: Terms
    draft: Draft | None
    """None where the meeting is kept."""
    aside: str = ""
    """Why the draft is not from the template that should have made it."""
    verdict: Verdict

    @property
    def needs(self) -> Requirement:
        return Requirement.NONE if self.option is Option.KEEP else requirement(self.verdict)


def affected(
    session: Session, member: Member, reason: Reason, last_day: date, passed: Collection[str], now: datetime
) -> Affected:
    zone = zone_of(member.time_zone)
    lines = [
        line
        for line in coming.with_people(session, member.team_id, member.user_id, now, MOST_LOOKED_AT)
        if line.starts_at.astimezone(zone).date() <= last_day and line.id not in passed
    ]
    found: list[Overview] = []
    settled = rest = 0
    for line in lines:
        if not _may_be_open(line):
            settled += 1
        elif len(found) == MOST_AT_ONCE:
            rest += 1
        else:
            overview = _own(session, member, line.id, reason, now)
            settled += overview is None
            found += [overview] if overview else []
    week = week_of(member, workspaces.get(session, member.team_id))
    return Affected(overviews=tuple(found), settled=settled, rest=rest, next_contact=week.working_day(last_day, 1))


def own_of_day(session: Session, member: Member, meeting_id: str, reason: Reason, now: datetime) -> Overview:
    """One that may be decided on, also where a manager's word is waited for: nobody has to approve an illness. Raises
    DomainError as `own_meeting` does.
    """
    return own_meeting(session, member.team_id, member.user_id, meeting_id, now, reason, even_if_asked=True)


def possible(overview: Overview) -> tuple[Option, ...]:
    """The ways to step it down, and to keep it. One that wants a written note is decided on by itself."""
    fine = {Requirement.NONE, Requirement.CONFIRM}
    open_ = [option for option in STEP_DOWNS if requirement(overview.assessment.for_option(option).verdict) in fine]
    return (*open_, Option.KEEP)


def planned(
    session: Session,
    overview: Overview,
    day: SickDay,
    choice: Choice,
    option: Option,
    *,
    bundle_id: str,
    delegate_name: str,
    now: datetime,
) -> tuple[Planned, Errors]:
    """What the choice comes to, and which fields need another value."""
    if option is Option.KEEP:
        kept = Planned(
            choice=choice,
            option=option,
            overview=overview,
            given=OptionInput(),
            terms=KeepTerms(),
            draft=None,
            verdict=Verdict.FINE,
        )
        return kept, {}
    given = _filled(session, overview, day, choice, option, now)
    frame = Frame(
        option=option,
        meeting=overview.meeting,
        zone=zone_of(overview.owner.time_zone),
        now=now,
        region=region_of(overview.owner, overview.client),
        form_id=decision_id(bundle_id, overview.meeting.id),
        contact_id=(overview.contact.id or None) if overview.contact else None,
    )
    terms, errors = read_terms(given, frame)
    name = delegate_name if isinstance(terms, HandoffTerms) else ""
    own = draft_in(session, overview, option, terms, now, delegate_name=name, away_until=day.last_day)
    made = Planned(
        choice=choice,
        option=option,
        overview=overview,
        given=given,
        terms=terms,
        draft=own.draft,
        aside=aside_notice(overview, own),
        verdict=verdict_of(overview, option, given),
    )
    return made, {name: error for name, error in errors.items() if name not in NOT_ASKED}


def _filled(
    session: Session, overview: Overview, day: SickDay, choice: Choice, option: Option, now: datetime
) -> OptionInput:
    """What the bot knows, with what the owner chose for all meetings and for this one."""
    history = _history(session, overview, now) if option is Option.HANDOFF else ()
    workspace = workspaces.get(session, overview.meeting.team_id)
    given = prefilled(overview, workspace, option, history)
    return replace(
        given,
        reason=day.reason.value,
        phone=choice.phone or given.phone,
        delegate=day.delegate_id,
        next_contact=day.next_contact or given.next_contact,
    )


def _history(session: Session, overview: Overview, now: datetime) -> list[str]:
    client, owner = overview.client, overview.owner
    if client is None:
        return []
    entries = timelines.load(session, client.team_id, client.id, limit=MOST_HISTORY)
    return history_lines(translator(owner.language), entries, owner.time_zone, now)


def _may_be_open(line: Upcoming) -> bool:
    """Told from the list: what was kept may be stepped down after all, and a hand-over may still wait for its yes."""
    return line.terms is None or isinstance(line.terms, KeepTerms | HandoffTerms)


def _own(session: Session, member: Member, meeting_id: str, reason: Reason, now: datetime) -> Overview | None:
    try:
        return own_of_day(session, member, meeting_id, reason, now)
    except DomainError:
        return None
