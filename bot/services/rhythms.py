"""Another rhythm for a series: the form with its draft, and the proposal that it becomes."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.services.option_checks import check_draft
from bot.services.option_input import OptionInput, read_recipients
from bot.services.option_lint import lint_around
from bot.services.ports import Jobs
from domain.aftermath import MeetingNote
from domain.assessment import Rule
from domain.clock import Clock
from domain.decision import Draft, offered_lengths
from domain.errors import DomainError, FieldErrors, Problem
from domain.ids import new_id
from domain.overview import Overview
from domain.planned import Form, FormKind
from domain.rhythm import Rhythm, RhythmProposal, choices, default_minutes
from messages.i18n import translator
from messages.lint_fixes import Around, mark_of
from messages.rhythm_letter import rhythm_letter
from messages.rhythm_page import RhythmPage, what
from storage import aftermath, forms, outbox, overviews, rhythms
from storage.database import Database
from storage.outbox import Work

Text = tuple[str, str]
"""Subject and body."""
MOST_TEXTS = 8
"""Generated texts that are remembered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RhythmInput:
    """What the fields hold; all of it untrusted."""

    rhythm: str = ""
    minutes: str = ""
    to: str = ""
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """A form with what it is about, as it stands now."""

    form: Form
    overview: Overview
    edition: int
    texts: tuple[Text, ...]
    """Those that the bot made for this form, the newest last."""
    seen: tuple[str, ...]
    """Marks of the linter's findings that were shown."""
    rhythm: Rhythm
    minutes: int
    fresh: Draft
    """The text that the choices give."""

    def is_untouched(self, given: RhythmInput) -> bool:
        return _plain(given.subject, given.body) in self.texts

    def is_fresh(self, given: RhythmInput) -> bool:
        return _plain(given.subject, given.body) == _plain(self.fresh.subject, self.fresh.body)

    @property
    def around(self) -> Around:
        return lint_around(self.overview, self.fresh)

    def is_seen(self, given: RhythmInput) -> bool:
        """Whether all that the linter finds was shown."""
        return all(mark_of(finding) in self.seen for finding in self.around.lint(given.body))

    def dump(self, page: RhythmPage) -> str:
        """For the form, now that this page is shown."""
        seen = dict.fromkeys((*self.seen, *map(mark_of, page.lint)))
        texts = self.texts[-MOST_TEXTS:]
        return json.dumps({"edition": page.edition, "texts": texts, "seen": list(seen)}, ensure_ascii=False)


class RhythmForms:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs, sends_mail: bool) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._sends_mail = sends_mail

    async def open(self, team_id: str, user_id: str, meeting_id: str) -> RhythmPage:
        """Raises DomainError where the meeting is somebody else's, or nothing is to be proposed."""
        now = self._clock.now()
        overview = await self._database.read(_own_series, team_id, user_id, meeting_id, now)
        rhythm, minutes = choices(overview.meeting.minutes)[0], default_minutes(overview.meeting.minutes)
        fresh = rhythm_letter(overview, rhythm, minutes, now)
        form = Form(
            id=new_id(),
            team_id=team_id,
            user_id=user_id,
            kind=FormKind.RHYTHM,
            subject_id=meeting_id,
            opened_at=now,
        )
        case = _Case(
            form=form,
            overview=overview,
            edition=1,
            texts=(_plain(fresh.subject, fresh.body),),
            seen=(),
            rhythm=rhythm,
            minutes=minutes,
            fresh=fresh,
        )
        page = self._page(case, fresh)
        await self._database.run(forms.open_, replace(form, state=case.dump(page)))
        return page

    async def revise(self, team_id: str, user_id: str, form_id: str, given: RhythmInput) -> RhythmPage:
        """After another choice: a draft that nobody has touched is made anew, one of the owner's own is left alone."""
        return await self._show(await self._case(team_id, user_id, form_id, given), given)

    async def submit(self, team_id: str, user_id: str, form_id: str, given: RhythmInput) -> RhythmPage | None:
        """None where it is proposed, also where it was before; the form again where its text has to be read first.

        Raises FieldErrors and DomainError.
        """
        made = await self._database.read(rhythms.get, team_id, form_id)
        if made is not None and made.owner_id == user_id:
            return None
        case = await self._case(team_id, user_id, form_id, given)
        recipients, errors = read_recipients(given.to)
        text = OptionInput(subject=given.subject, body=given.body)
        needs_address = self._sends_mail and not recipients
        errors |= check_draft(text, needs_address=needs_address, known=case.around.known)
        if errors:
            raise FieldErrors(errors)
        is_stale = case.is_untouched(given) and not case.is_fresh(given)
        if is_stale or not case.is_seen(given):
            return replace(await self._show(case, given), notice=_notice(case, is_stale=is_stale))
        draft = Draft(language=case.fresh.language, subject=given.subject, body=given.body, to=recipients)
        await self._database.run(_propose, case, draft, self._clock.now())
        self._jobs.poke()
        return None

    async def _show(self, case: _Case, given: RhythmInput) -> RhythmPage:
        to, _ = read_recipients(given.to)
        if case.is_untouched(given):
            fresh = _plain(case.fresh.subject, case.fresh.body)
            edition = case.edition if fresh == case.texts[-1] else case.edition + 1
            case = replace(case, edition=edition, texts=(*case.texts, fresh))
            page = self._page(case, replace(case.fresh, to=to or case.fresh.to))
        else:
            own = Draft(language=case.fresh.language, subject=given.subject, body=given.body, to=to)
            page = self._page(case, own)
        await self._database.run(forms.save_state, case.form.id, case.dump(page))
        return page

    async def _case(self, team_id: str, user_id: str, form_id: str, given: RhythmInput) -> _Case:
        form = await self._database.read(forms.get, team_id, user_id, form_id)
        if form is None or form.kind is not FormKind.RHYTHM:
            raise DomainError(Problem.FORM_EXPIRED)
        overview = await self._database.read(_own_series, team_id, user_id, form.subject_id, self._clock.now())
        possible, lengths = choices(overview.meeting.minutes), offered_lengths(overview.meeting.minutes)
        rhythm = next((one for one in possible if one.value == given.rhythm), possible[0])
        chosen = next((length for length in lengths if str(length) == given.minutes), None)
        minutes = chosen or default_minutes(overview.meeting.minutes)
        raw = json.loads(form.state)
        return _Case(
            form=form,
            overview=overview,
            edition=int(raw["edition"]),
            texts=tuple((subject, body) for subject, body in raw["texts"]),
            seen=tuple(raw["seen"]),
            rhythm=rhythm,
            minutes=minutes,
            fresh=rhythm_letter(overview, rhythm, minutes, self._clock.now()),
        )

    def _page(self, case: _Case, draft: Draft) -> RhythmPage:
        meeting, assessment = case.overview.meeting, case.overview.assessment
        return RhythmPage(
            form_id=case.form.id,
            edition=case.edition,
            meeting=meeting,
            client=case.overview.client,
            pattern=next(finding for finding in assessment.findings if finding.rule is Rule.PATTERN),
            choices=choices(meeting.minutes),
            rhythm=case.rhythm,
            lengths=offered_lengths(meeting.minutes),
            minutes=case.minutes,
            draft=draft,
            lint=case.around.lint(draft.body),
            mail_will_be_sent=self._sends_mail,
        )


def _own_series(session: Session, team_id: str, user_id: str, meeting_id: str, now: datetime) -> Overview:
    """Who acts is checked against the stored meeting, never against the payload's word."""
    overview = overviews.load(session, team_id, meeting_id, now)
    if overview.meeting.owner_id != user_id:
        raise DomainError(Problem.NOT_YOURS)
    if not overview.rhythm_due:
        raise DomainError(Problem.RHYTHM_PROPOSED)
    return overview


def _notice(case: _Case, *, is_stale: bool) -> str:
    t = translator(case.overview.owner.language)
    if is_stale:
        return t.text("I have put what you filled in into the text below. Please read it once more before it goes out.")
    return t.text("Please look at what I noticed below the text. It goes out as it is if you confirm again.")


def _propose(session: Session, case: _Case, draft: Draft, now: datetime) -> None:
    """The proposal, a trace of it in the client's history, and the promise to send it; the form's id makes it one."""
    form, meeting, owner = case.form, case.overview.meeting, case.overview.owner
    minutes = case.minutes if case.rhythm.is_shorter else meeting.minutes
    # Looked at again: two owners of one series may have its form open.
    _own_series(session, form.team_id, form.user_id, meeting.id, now)
    proposal = RhythmProposal(
        id=form.id,
        team_id=form.team_id,
        owner_id=meeting.owner_id,
        client_id=meeting.client_id or "",
        meeting_id=meeting.id,
        uid=meeting.uid,
        rhythm=case.rhythm,
        minutes=minutes,
        draft=draft,
        made_at=now,
    )
    if not rhythms.add(session, proposal):
        return
    t = translator(owner.language)
    note = MeetingNote(
        id=new_id(),
        team_id=form.team_id,
        meeting_id=meeting.id,
        text=t.text("Proposed another rhythm: {what}.", what=what(t, case.rhythm, minutes)),
        written_by=form.user_id,
        written_at=now,
    )
    aftermath.add_note(session, note)
    outbox.promise(session, form.team_id, Work.PROPOSE_RHYTHM, proposal.id, now)
    if case.overview.live_message is not None:
        outbox.promise(session, form.team_id, Work.SHOW_MEETING, meeting.id, now, edition=f"rhythm-{proposal.id}")


def _plain(subject: str, body: str) -> Text:
    """Slack trims and normalises line ends."""
    lines = body.replace("\r\n", "\n").strip().split("\n")
    return subject.strip(), "\n".join(line.rstrip() for line in lines)
