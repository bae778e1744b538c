"""The workflow `put_right`: the client hears that a decision was undone, when its owner says so."""

from dataclasses import replace

import structlog

from bot.jobs.client_mail import MailRoom, as_first_planned, put_right_key
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.tools import Tools
from bot.mail.links import mailto_link
from bot.mail.smtp import MailCode, Mailer, MailProblem
from domain.correction import Correction
from domain.decision import Decision, Effect, EffectState
from domain.overview import Overview
from domain.words import STEP_DOWNS
from messages import ready_page
from messages.i18n import translator
from storage import corrections, decisions, overviews

log = structlog.get_logger()


class PutRight:
    """Safe to call again, as the mail of a decision is: see `bot.jobs.client_mail` and ADR 0003."""

    def __init__(self, tools: Tools, mail_room: MailRoom) -> None:
        self._tools = tools
        self._mail_room = mail_room

    async def run(self, team_id: str, decision_id: str) -> None:
        await in_turn(
            self._tools.steps,
            team_id,
            decision_id,
            Step("mail", self._mail, self._mail_given_up),
            Step("owner", self._show),
        )

    async def _mail(self, team_id: str, decision_id: str) -> None:
        """Raises MailProblem where trying again may help."""
        correction = await self._waiting(team_id, decision_id)
        if correction is None:
            return
        decision, overview = await self._about(correction)
        if self._tools.mail is None or not correction.draft.to or not _is_true(overview, self._tools):
            await self._note(replace(correction, state=EffectState.FAILED))
            return
        await self._send(self._tools.mail, correction, decision, overview)

    async def _send(self, mail: Mailer, correction: Correction, decision: Decision, overview: Overview) -> None:
        message_id = mail.message_id(put_right_key(decision.id))
        planned, made_at = as_first_planned(overview, decision), correction.made_at
        letter = self._mail_room.compose(decision, correction.draft, planned, message_id, undone_at=made_at)
        records = await self._tools.database.read(decisions.effects, decision.id)
        if not any(record.effect is Effect.MAIL and record.reference for record in records):
            # The first one was the owner's own mail: no calendar was changed by us.
            letter = replace(letter, calendar=None)
        try:
            refused = await mail.send(letter)
        except MailProblem as problem:
            log.warning("mail_not_sent", decision=decision.id, code=problem.code.value, reply=problem.reply)
            if problem.code is MailCode.UNCERTAIN and not correction.in_doubt:
                await self._note(replace(correction, in_doubt=True))
                raise
            # A second doubt is one copy too many in a client's inbox: from here on it is the owner's.
            if problem.code is MailCode.TEMPORARY:
                raise
            await self._note(replace(correction, state=EffectState.FAILED))
            return
        await self._note(replace(correction, state=EffectState.DONE, in_doubt=False, refused=refused))

    async def _mail_given_up(self, team_id: str, decision_id: str) -> bool:
        """It is not tried again behind the owner's back."""
        correction = await self._waiting(team_id, decision_id)
        if correction is not None:
            await self._note(replace(correction, state=EffectState.FAILED))
        return True

    async def _show(self, team_id: str, decision_id: str) -> None:
        """In the message with the text stands what became of it."""
        correction = await self._tools.database.read(corrections.get, team_id, decision_id)
        key = put_right_key(decision_id)
        live = await self._tools.posting.posted(team_id, key)
        if correction is None or live is None:
            return
        _, overview = await self._about(correction)
        draft = correction.draft
        link = mailto_link(draft.to, draft.subject, draft.body) if draft.to else ""
        message = ready_page.correction(translator(overview.owner.language), correction, overview.contact, link)
        await self._tools.posting.edit(team_id, live, key, message)

    async def _waiting(self, team_id: str, decision_id: str) -> Correction | None:
        found = await self._tools.database.read(corrections.get, team_id, decision_id)
        return found if found is not None and found.state is EffectState.WAITING else None

    async def _about(self, correction: Correction) -> tuple[Decision, Overview]:
        decision = await self._tools.database.read(decisions.get, correction.team_id, correction.decision_id)
        if decision is None:
            raise LookupError(f"no decision {correction.decision_id}")
        now = self._tools.clock.now()
        return decision, await self._tools.database.read(overviews.load, decision.team_id, decision.meeting_id, now)

    async def _note(self, correction: Correction) -> None:
        await self._tools.database.run(corrections.change, correction)


def _is_true(overview: Overview, tools: Tools) -> bool:
    """While a mail server was away, the meeting may have been decided on anew, cancelled, or begun."""
    decision, meeting = overview.decision, overview.meeting
    is_stepped_down = decision is not None and decision.option in STEP_DOWNS
    return not (is_stepped_down or meeting.cancelled or meeting.has_started(tools.clock.now()))
