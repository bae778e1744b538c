"""Storing a sick day: one transaction for all its decisions, each with all that belongs to it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.services.corrections import own_decision
from bot.services.decisions import undo_standing
from bot.services.option_record import record
from bot.services.sick_day_input import DraftsInput
from bot.services.sick_day_meetings import Planned, own_of_day, planned
from domain.assessment import Requirement
from domain.decision import Decision, DecisionState, Draft, Override
from domain.errors import DomainError, Problem
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form
from domain.sick_day import Choice, SickDay, decision_id
from domain.words import Option
from storage import bundles, decisions, forms, outbox, overviews
from storage.outbox import Work


def record_all(session: Session, member: Member, form: Form, given: DraftsInput, name: str, now: datetime) -> SickDay:
    """Every choice that can still be carried out becomes a decision; of the others it is noted why not.

    What was made before under the same form is left as it is. `name` is the delegate's.
    """
    held = bundles.held_form(session, form.team_id, form.id)
    day = SickDay.load((held or form).state)
    if day.confirmed:
        return day
    skipped = dict(day.skipped)
    # One order for all: two who decide on the same meetings must not wait for each other.
    for choice in sorted(day.choices, key=lambda one: one.meeting_id):
        if choice.option is None:
            continue
        if decisions.get(session, form.team_id, decision_id(form.id, choice.meeting_id)) is not None:
            continue
        try:
            with session.begin_nested():
                _record(session, member, form, day, choice, choice.option, given, name, now)
        except DomainError as error:
            skipped[choice.meeting_id] = error.problem
    done = replace(day, skipped=skipped, confirmed=True)
    forms.save_state(session, form.id, done.dump())
    outbox.promise(session, form.team_id, Work.BUNDLE_SHOWN, form.id, now)
    return done


def undo_all(
    session: Session, member: Member, bundle_id: str, now: datetime
) -> tuple[int, tuple[tuple[Overview, Problem], ...]]:
    """How many were undone, and which could not be, with the reason; DomainError where the bundle is not theirs."""
    made = bundles.made_in(session, member.team_id, bundle_id)
    if not made:
        raise DomainError(Problem.DECISION_NOT_FOUND)
    own_decision(session, member.team_id, member.user_id, made[0].id)
    undone, refused = 0, []
    for decision in made:
        if decision.state is not DecisionState.STANDING:
            continue
        try:
            undo_standing(session, member.team_id, member.user_id, decision.id, now)
            undone += 1
        except DomainError as error:
            refused.append((overviews.load(session, member.team_id, decision.meeting_id, now), error.problem))
    if not undone and not refused:
        raise DomainError(Problem.ALREADY_UNDONE)
    edition = f"undone-{now:%Y%m%dT%H%M%S%f}"
    outbox.promise(session, member.team_id, Work.BUNDLE_SHOWN, bundle_id, now, edition=edition)
    return undone, tuple(refused)


def _record(
    session: Session,
    member: Member,
    form: Form,
    day: SickDay,
    choice: Choice,
    option: Option,
    given: DraftsInput,
    name: str,
    now: datetime,
) -> None:
    overview = own_of_day(session, member, choice.meeting_id, day.reason, now)
    if not choice.is_of(overview.meeting.starts_at, overview.meeting.ends_at):
        raise DomainError(Problem.MEETING_MOVED)
    made, errors = planned(session, overview, day, choice, option, bundle_id=form.id, delegate_name=name, now=now)
    # What was right when the texts were shown can only be wrong by what has changed since.
    if errors or made.needs not in {Requirement.NONE, Requirement.CONFIRM}:
        raise DomainError(Problem.OPTION_NOT_AVAILABLE)
    if made.needs is Requirement.CONFIRM and not choice.warned:
        raise DomainError(Problem.MEETING_MOVED)
    record(_decision(made, form, day, given, now), made.given, overview, now, session)


def _decision(made: Planned, form: Form, day: SickDay, given: DraftsInput, now: datetime) -> Decision:
    meeting, draft = made.overview.meeting, None
    if made.draft is not None:
        draft = Draft(
            language=made.draft.language,
            subject=given.subjects.get(meeting.id, made.draft.subject),
            body=given.bodies.get(meeting.id, made.draft.body),
            to=made.draft.to,
        )
    return Decision(
        id=decision_id(form.id, meeting.id),
        team_id=form.team_id,
        meeting_id=meeting.id,
        client_id=meeting.client_id,
        owner_id=meeting.owner_id,
        option=made.option,
        reason=None if made.option is Option.KEEP else day.reason,
        terms=made.terms,
        draft=draft,
        override=Override(verdict=made.verdict) if made.needs is Requirement.CONFIRM else None,
        made_at=now,
        made_by=form.user_id,
        minutes_before=meeting.minutes,
        mode_before=meeting.mode,
        bundle_id=form.id,
    )
