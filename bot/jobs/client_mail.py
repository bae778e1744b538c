"""The message to the client: sent by mail where that is set up, else handed to the owner ready to send."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.calendars.ics import method_of, update_ics
from bot.jobs.tools import Tools
from bot.mail.compose import CalendarPart, OutgoingMail
from bot.mail.links import mailto_link
from bot.mail.smtp import MailCode, Mailer, MailProblem
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.decision import (
    CallTerms,
    Decision,
    Draft,
    Effect,
    EffectState,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
)
from domain.meeting import Meeting
from domain.overview import Overview
from domain.timeline import IN_DOUBT, TEXT_MISSING, EffectRecord
from messages import drafting, ready_page
from messages.i18n import translator
from storage import decisions, overviews

log = structlog.get_logger()

SETTLED = frozenset({EffectState.DONE, EffectState.HANDED_OVER, EffectState.FAILED})
"""It went out, or the owner has the text and was told."""


def put_right_key(decision_id: str) -> str:
    """The one message to the owner, and the one mail, that take the decision back."""
    return f"put-right-{decision_id}"


def as_first_planned(overview: Overview, decision: Decision) -> Overview:
    """The meeting as it was when it was decided on: its owner may have changed the calendar since."""
    meeting = overview.meeting
    minutes, mode = decision.minutes_before or meeting.minutes, decision.mode_before or meeting.mode
    before = replace(meeting, ends_at=meeting.starts_at + timedelta(minutes=minutes), mode=mode)
    return replace(overview, meeting=before)


class MailRoom:
    """Safe to call again: what was sent is not sent twice.

    A crash between the server's yes and our own note of it is the one moment that nobody can tell apart from a crash
    before it. The mail is then sent again under the same Message-ID, which mail systems know as the same message;
    losing it would be worse (docs/adr/0003-mail-in-doubt.md).
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def deliver(self, decision: Decision) -> EffectState:
        """Send or hand over. Raises MailProblem where trying again may help."""
        if decision.draft is None:
            return EffectState.DONE
        record = await self._record(decision)
        if record is not None and record.state in SETTLED:
            await self._give_text_for_refused(decision, record)
            return record.state
        overview = await self._tools.database.read(
            overviews.load, decision.team_id, decision.meeting_id, self._tools.clock.now()
        )
        if self._tools.mail is None or not decision.draft.to:
            return await self._hand_over(decision, decision.draft, overview, EffectState.HANDED_OVER)
        in_doubt = record is not None and record.in_doubt
        return await self._send(self._tools.mail, decision, decision.draft, overview, in_doubt=in_doubt)

    async def hand_over(
        self, decision: Decision, draft: Draft, overview: Overview, *, key: str, is_correction: bool = False
    ) -> None:
        """A DM with the text to copy and a link that opens the mail program. A correction of what the client was told
        can be sent from there as well.
        """
        t = translator(overview.owner.language)
        # A link to nobody in particular is none that Slack takes.
        link = mailto_link(draft.to, draft.subject, draft.body) if draft.to else ""
        can_send = is_correction and self._tools.mail is not None and bool(draft.to)
        message = ready_page.ready_to_send(t, draft, overview.contact, link, decision.id, can_send=can_send)
        await self._tools.posting.to_member(decision.team_id, decision.owner_id, key, message)

    async def take_text_back(self, decision: Decision, overview: Overview) -> None:
        """A text that waits to be sent, and shall not be any more."""
        key = f"ready-{decision.id}"
        live = await self._tools.posting.posted(decision.team_id, key)
        if live is not None:
            t = translator(overview.owner.language)
            message = ready_page.not_needed(t, overview.meeting, overview.client)
            await self._tools.posting.edit(decision.team_id, live, key, message)

    async def _send(
        self, mail: Mailer, decision: Decision, draft: Draft, overview: Overview, *, in_doubt: bool
    ) -> EffectState:
        message_id = mail.message_id(decision.id)
        if not await self._begin(decision, message_id, IN_DOUBT if in_doubt else ""):
            return EffectState.WAITING
        try:
            refused = await mail.send(self.compose(decision, draft, overview, message_id))
        except MailProblem as problem:
            log.warning("mail_not_sent", decision=decision.id, code=problem.code.value, reply=problem.reply)
            if problem.code is MailCode.UNCERTAIN and not in_doubt:
                await self._note(decision, EffectState.STARTED, message_id, IN_DOUBT)
                raise
            # A second doubt is one copy too many in a client's inbox: from here on it is the owner's.
            if problem.code is MailCode.TEMPORARY:
                raise
            return await self._hand_over(decision, draft, overview, EffectState.FAILED)
        if refused:
            log.warning("recipients_refused", decision=decision.id, count=len(refused))
        # Noted first: whatever becomes of the text for the others, those who have the mail get it once.
        record = await self._note(decision, EffectState.DONE, message_id, ", ".join(refused))
        await self._give_text_for_refused(decision, record)
        return EffectState.DONE

    async def give_up(self, decision: Decision) -> None:
        """After the last try: the owner gets the text, and is told that it did not go out."""
        record = await self._record(decision)
        if decision.draft is None or (record is not None and record.state in SETTLED):
            return
        overview = await self._tools.database.read(
            overviews.load, decision.team_id, decision.meeting_id, self._tools.clock.now()
        )
        await self._hand_over(decision, decision.draft, overview, EffectState.FAILED)

    async def _hand_over(self, decision: Decision, draft: Draft, overview: Overview, state: EffectState) -> EffectState:
        is_given = await self._give_text(decision, draft, overview)
        record = await self._record(decision)
        details = [IN_DOUBT] if record is not None and record.in_doubt else []
        details += [] if is_given else [TEXT_MISSING]
        await self._note(decision, state, record.reference if record else "", ", ".join(details))
        return state

    async def _give_text_for_refused(self, decision: Decision, record: EffectRecord) -> None:
        """What some recipients have and others were refused goes to the others from the owner's own address."""
        if decision.draft is None or not record.refused:
            return
        overview = await self._tools.database.read(
            overviews.load, decision.team_id, decision.meeting_id, self._tools.clock.now()
        )
        await self._give_text(decision, replace(decision.draft, to=record.refused), overview)

    async def _give_text(self, decision: Decision, draft: Draft, overview: Overview) -> bool:
        """False where no message reaches the owner: then none may be said to hold the text."""
        try:
            await self.hand_over(decision, draft, overview, key=f"ready-{decision.id}")
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            log.warning("owner_without_text", decision=decision.id, code=problem.code.value)
            return False
        return True

    def compose(
        self,
        decision: Decision,
        draft: Draft,
        overview: Overview,
        message_id: str,
        *,
        undone_at: datetime | None = None,
    ) -> OutgoingMail:
        """With `undone_at` it is the mail that takes the decision back, and the meeting as it was before."""
        return OutgoingMail(
            message_id=message_id,
            to=draft.to,
            reply_to=overview.owner.email,
            reply_to_name=overview.owner.name,
            subject=draft.subject,
            text=draft.body,
            html=drafting.html(draft.body, draft.language),
            date=undone_at or decision.made_at,
            calendar=self._invitation(decision, overview, undone_at),
        )

    def _invitation(self, decision: Decision, overview: Overview, undone_at: datetime | None) -> CalendarPart | None:
        """An update of the entry, where the owner called the meeting: nobody else may change it for others."""
        meeting, terms = overview.meeting, decision.terms
        if meeting.organiser is None or meeting.organiser.email != overview.owner.email or not meeting.uid:
            return None
        if isinstance(terms, HandoffTerms | KeepTerms):
            return None
        ends_at, location, cancelled = meeting.ends_at, meeting.location, False
        if undone_at is None:
            ends_at, location, cancelled = _changed(meeting, terms)
        content = update_ics(
            meeting,
            starts_at=meeting.starts_at,
            ends_at=ends_at,
            location=location,
            description=meeting.description,
            cancelled=cancelled,
            sequence=meeting.sequence + (1 if undone_at is None else 2),
            now=undone_at or decision.made_at,
            organiser=meeting.organiser,
        )
        return CalendarPart(content=content, method=method_of(cancelled=cancelled, organiser=meeting.organiser))

    async def _record(self, decision: Decision) -> EffectRecord | None:
        records = await self._tools.database.read(decisions.effects, decision.id)
        return next((record for record in records if record.effect is Effect.MAIL), None)

    async def _begin(self, decision: Decision, message_id: str, detail: str) -> bool:
        """False where the decision does not stand any more: then nothing may go out."""
        record = EffectRecord(effect=Effect.MAIL, state=EffectState.STARTED, reference=message_id, detail=detail)
        now = self._tools.clock.now()
        return await self._tools.database.run(decisions.begin_effect, decision.team_id, decision.id, record, now)

    async def _note(self, decision: Decision, state: EffectState, reference: str, detail: str) -> EffectRecord:
        record = EffectRecord(effect=Effect.MAIL, state=state, reference=reference, detail=detail)
        await self._tools.database.run(decisions.set_effect, decision.id, record, self._tools.clock.now())
        return record


def _changed(meeting: Meeting, terms: CallTerms | ShorterTerms | EmailTerms) -> tuple[datetime, str, bool]:
    """When it ends by a decision, where it is, and whether it does not take place at all."""
    if isinstance(terms, ShorterTerms):
        return meeting.starts_at + terms.length, terms.call.phone if terms.call else meeting.location, False
    if isinstance(terms, CallTerms):
        return meeting.ends_at, terms.phone, False
    return meeting.ends_at, meeting.location, True
