"""The workflow `propose_rhythm`: another rhythm for a series goes to the client, or to the owner ready to send."""

from dataclasses import replace

import structlog

from bot.jobs.client_mail import SETTLED
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.tools import Tools
from bot.mail.compose import OutgoingMail
from bot.mail.links import mailto_link
from bot.mail.smtp import MailCode, Mailer, MailProblem
from domain.decision import Draft, EffectState
from domain.overview import Overview
from domain.rhythm import RhythmProposal
from messages import drafting, ready_page, rhythm_page
from messages.i18n import translator
from storage import overviews, rhythms

log = structlog.get_logger()


class ProposeRhythm:
    """Safe to call again, as the mail of a decision is: see `bot.jobs.client_mail` and ADR 0003."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, proposal_id: str) -> None:
        await in_turn(
            self._tools.steps,
            team_id,
            proposal_id,
            Step("mail", self._mail, self._mail_given_up),
            Step("owner", self._tell_owner),
        )

    async def _mail(self, team_id: str, proposal_id: str) -> None:
        """Raises MailProblem where trying again may help."""
        proposal = await self._tools.database.read(rhythms.get, team_id, proposal_id)
        if proposal is None or proposal.state in SETTLED:
            return
        if self._tools.mail is None or not proposal.draft.to:
            await self._hand_over(proposal, EffectState.HANDED_OVER)
            return
        await self._send(self._tools.mail, proposal)

    async def _send(self, mail: Mailer, proposal: RhythmProposal) -> None:
        overview = await self._overview(proposal)
        draft = proposal.draft
        letter = OutgoingMail(
            message_id=mail.message_id(proposal.id),
            to=draft.to,
            reply_to=overview.owner.email,
            reply_to_name=overview.owner.name,
            subject=draft.subject,
            text=draft.body,
            html=drafting.html(draft.body, draft.language),
            date=proposal.made_at,
        )
        try:
            refused = await mail.send(letter)
        except MailProblem as problem:
            log.warning("mail_not_sent", proposal=proposal.id, code=problem.code.value, reply=problem.reply)
            if problem.code is MailCode.UNCERTAIN and not proposal.in_doubt:
                await self._note(proposal, EffectState.STARTED, in_doubt=True)
                raise
            if problem.code is MailCode.TEMPORARY:
                raise
            await self._hand_over(proposal, EffectState.FAILED)
            return
        # Noted first: whatever becomes of the text for the others, those who have the mail get it once.
        await self._note(proposal, EffectState.DONE)
        if refused:
            log.warning("recipients_refused", proposal=proposal.id, count=len(refused))
            await self._give_text(proposal, replace(draft, to=refused), overview)

    async def _mail_given_up(self, team_id: str, proposal_id: str) -> bool:
        """From here on the text is the owner's: it is not tried again behind their back."""
        proposal = await self._tools.database.read(rhythms.get, team_id, proposal_id)
        if proposal is not None and proposal.state not in SETTLED:
            await self._hand_over(proposal, EffectState.FAILED)
        return True

    async def _tell_owner(self, team_id: str, proposal_id: str) -> None:
        proposal = await self._tools.database.read(rhythms.get, team_id, proposal_id)
        if proposal is None or proposal.state is not EffectState.DONE:
            return
        overview = await self._overview(proposal)
        t = translator(overview.owner.language)
        message = rhythm_page.sent(t, overview.meeting, overview.client, proposal.rhythm, proposal.minutes)
        await self._tools.posting.to_member(team_id, proposal.owner_id, f"rhythm-{proposal.id}", message)

    async def _hand_over(self, proposal: RhythmProposal, state: EffectState) -> None:
        await self._give_text(proposal, proposal.draft, await self._overview(proposal))
        await self._note(proposal, state, in_doubt=proposal.in_doubt)

    async def _give_text(self, proposal: RhythmProposal, draft: Draft, overview: Overview) -> None:
        """A DM with the text to copy and a link that opens the mail program."""
        link = mailto_link(draft.to, draft.subject, draft.body) if draft.to else ""
        message = ready_page.ready_to_send(translator(overview.owner.language), draft, overview.contact, link)
        await self._tools.posting.to_member(proposal.team_id, proposal.owner_id, f"ready-{proposal.id}", message)

    async def _overview(self, proposal: RhythmProposal) -> Overview:
        now = self._tools.clock.now()
        return await self._tools.database.read(overviews.load, proposal.team_id, proposal.meeting_id, now)

    async def _note(self, proposal: RhythmProposal, state: EffectState, *, in_doubt: bool = False) -> None:
        await self._tools.database.run(rhythms.set_state, proposal.team_id, proposal.id, state, in_doubt=in_doubt)
