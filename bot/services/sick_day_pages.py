"""From what is chosen on a sick day to its two windows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.services.option_checks import check_draft
from bot.services.option_input import Errors, OptionInput
from bot.services.option_lint import lint_around
from bot.services.sick_day_input import DraftsInput, SickInput
from bot.services.sick_day_meetings import Affected, Planned, own_of_day, planned, possible
from domain.assessment import Requirement
from domain.decision import Draft
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.member import Member
from domain.overview import Overview
from domain.sick_day import Choice, SickDay
from domain.words import Option
from messages.ids import SICK_BODY_PREFIX, SICK_PHONE_PREFIX, SICK_SUBJECT_PREFIX
from messages.lint_fixes import mark_of
from messages.linter import LintFinding
from messages.sick_page import SickPage, SickRow
from messages.sick_page_drafts import SickDraft, SickDrafts

_UNSEEN = frozenset({Problem.NOT_YOURS, Problem.MEETING_NOT_FOUND})
"""What a made-up id comes to: there is nothing to tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """Who looks at it, and when."""

    member: Member
    form_id: str
    delegate_name: str = ""
    sends_mail: bool = False
    now: datetime


Text = tuple[Overview, Planned | None]
"""A meeting with what its choice comes to; None: left as it is."""


def first_page(around: Around, day: SickDay, found: Affected, given: SickInput, today: date) -> SickPage:
    rows = [
        SickRow(
            overview=overview,
            options=possible(overview),
            chosen=given.chosen(overview.meeting.id, overview.assessment.recommended),
            phone=given.phones.get(overview.meeting.id, ""),
        )
        for overview in found.overviews
    ]
    return SickPage(
        form_id=around.form_id,
        reason=day.reason,
        today=today,
        last_day=day.last_day,
        days=given.days,
        rows=tuple(rows),
        settled=found.settled,
        rest=found.rest,
        delegate_id=given.delegate,
        next_contact=found.next_contact,
        zone=around.member.time_zone,
        now=around.now,
    )


def drafts_page(
    around: Around, day: SickDay, texts: Sequence[Text], given: DraftsInput | None = None, *, again: bool = False
) -> SickDrafts:
    """`given`: the texts as the owner changed them. `again`: they are shown once more for what was noticed in them."""
    made = [planned for _, planned in texts if planned is not None]
    return SickDrafts(
        form_id=around.form_id,
        drafts=tuple(_draft(around, one, one.draft, given) for one in made if one.draft is not None),
        kept=tuple(one.overview for one in made if one.option is Option.KEEP),
        left=tuple(overview for overview, planned in texts if planned is None),
        skipped=tuple(day.skipped.values()),
        rest=day.rest,
        again=again,
        mail_will_be_sent=around.sends_mail,
        zone=around.member.time_zone,
        now=around.now,
    )


def noticed(texts: Sequence[Text], given: DraftsInput | None = None) -> tuple[str, ...]:
    """Names of all that the linter finds, so that it is known what the owner has seen."""
    return tuple(
        f"{planned.overview.meeting.id}/{mark_of(finding)}"
        for _, planned in texts
        if planned is not None and planned.draft is not None
        for finding in _findings(planned, planned.draft, given)
    )


def propose(session: Session, around: Around, day: SickDay, given: SickInput) -> tuple[SickDay, list[Text], Errors]:
    """The choices with what each comes to, earliest meeting first. What can no longer be chosen is skipped."""
    texts: list[Text] = []
    choices: list[Choice] = []
    skipped: dict[str, Problem] = {}
    errors: Errors = {}
    for meeting_id in given.options:
        try:
            overview = own_of_day(session, around.member, meeting_id, day.reason, around.now)
            option = _allowed(overview, given.chosen(meeting_id, overview.assessment.recommended))
        except DomainError as error:
            skipped |= {} if error.problem in _UNSEEN else {meeting_id: error.problem}
            continue
        choice = Choice(
            meeting_id=meeting_id,
            option=option,
            starts_at=overview.meeting.starts_at,
            ends_at=overview.meeting.ends_at,
            phone=given.phones.get(meeting_id, ""),
        )
        made = None
        if option is not None:
            made, wrong = _planned(session, around, day, choice, option, overview)
            choice = replace(choice, warned=made.needs is Requirement.CONFIRM)
            errors |= {_field(field, meeting_id): error for field, error in wrong.items()}
        choices.append(choice)
        texts.append((overview, made))
    return replace(day, choices=tuple(choices), skipped=skipped), _in_order(texts), errors


def as_chosen(session: Session, around: Around, day: SickDay) -> list[Text]:
    """The texts once more; a meeting that is no longer to be decided on is left out."""
    texts: list[Text] = []
    for choice in day.choices:
        try:
            overview = own_of_day(session, around.member, choice.meeting_id, day.reason, around.now)
        except DomainError:
            continue
        made = _planned(session, around, day, choice, choice.option, overview)[0] if choice.option else None
        texts.append((overview, made))
    return _in_order(texts)


def check(day: SickDay, given: DraftsInput, texts: Sequence[Text]) -> None:
    """Raises FieldErrors for texts that cannot go out, and for a warning that was not answered."""
    errors: Errors = {}
    prefixes = {"subject": SICK_SUBJECT_PREFIX, "body": SICK_BODY_PREFIX}
    for _, made in texts:
        if made is None or made.draft is None or made.overview.meeting.id not in given.bodies:
            continue
        meeting_id = made.overview.meeting.id
        text = OptionInput(subject=given.subjects.get(meeting_id, ""), body=given.bodies[meeting_id])
        found = check_draft(text, needs_address=False, known=lint_around(made.overview, made.draft).known)
        errors |= {f"{prefixes[name]}{meeting_id}": error for name, error in found.items()}
    if any(choice.warned for choice in day.choices) and not given.confirmed:
        errors["confirm"] = Invalid(InvalidCode.CONFIRM_FIRST)
    if errors:
        raise FieldErrors(errors)


def _draft(around: Around, one: Planned, draft: Draft, given: DraftsInput | None) -> SickDraft:
    meeting_id = one.overview.meeting.id
    shown = draft
    if given is not None:
        subject, body = given.subjects.get(meeting_id, draft.subject), given.bodies.get(meeting_id, draft.body)
        shown = replace(draft, subject=subject, body=body)
    return SickDraft(
        overview=one.overview,
        option=one.option,
        terms=one.terms,
        draft=shown,
        lint=tuple(_findings(one, draft, given)),
        notice=one.aside,
        delegate_name=around.delegate_name,
        think_twice=one.needs is Requirement.CONFIRM,
    )


def _findings(one: Planned, draft: Draft, given: DraftsInput | None) -> Sequence[LintFinding]:
    body = given.bodies.get(one.overview.meeting.id, draft.body) if given else draft.body
    return lint_around(one.overview, draft).lint(body)


def _planned(
    session: Session, around: Around, day: SickDay, choice: Choice, option: Option, overview: Overview
) -> tuple[Planned, Errors]:
    name = around.delegate_name
    return planned(session, overview, day, choice, option, bundle_id=around.form_id, delegate_name=name, now=around.now)


def _allowed(overview: Overview, option: Option | None) -> Option | None:
    if option is not None and option not in possible(overview):
        raise DomainError(Problem.OPTION_NOT_AVAILABLE)
    return option


def _field(name: str, meeting_id: str) -> str:
    return f"{SICK_PHONE_PREFIX}{meeting_id}" if name == "phone" else name


def _in_order(texts: list[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: (text[0].meeting.starts_at, text[0].meeting.id))
