"""The workflow `take_back`: what an undone decision already did is put right, or its owner is told how."""

from dataclasses import replace

from bot.jobs.client_mail import MailRoom, as_first_planned, put_right_key
from bot.jobs.hand_over import HandOver
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.live_message import LiveMessages
from bot.jobs.tools import Tools
from domain.correction import Correction
from domain.decision import Decision, Draft, Effect, EffectState
from domain.overview import Overview
from domain.timeline import EffectRecord
from domain.words import Option
from messages.from_overview import draft_of, template_key
from messages.own_templates import own_draft
from storage import briefs, corrections, decisions, overviews, wordings

MAY_HAVE_LEFT = frozenset({EffectState.DONE, EffectState.STARTED})


class TakeBack:
    def __init__(self, tools: Tools, mail_room: MailRoom, live: LiveMessages, hand_over: HandOver) -> None:
        self._tools = tools
        self._mail_room = mail_room
        self._live = live
        self._hand_over = hand_over

    async def run(self, team_id: str, decision_id: str) -> None:
        await in_turn(
            self._tools.steps,
            team_id,
            decision_id,
            Step("delegate", self._delegate),
            Step("client", self._client),
            Step("owner", self._owner),
        )

    async def _delegate(self, team_id: str, decision_id: str) -> None:
        """The delegate's message loses its buttons and says that the meeting is the owner's again."""
        decision = await self._decision(team_id, decision_id)
        brief = await self._tools.database.read(briefs.of_decision, team_id, decision.id)
        if brief is not None:
            await self._hand_over.tell_it_is_over(team_id, brief.id)

    async def _client(self, team_id: str, decision_id: str) -> None:
        """Where the client has been told already, the owner gets the words that put it right.

        A text that the owner has not sent is taken out of their sight.
        """
        decision = await self._decision(team_id, decision_id)
        records = await self._tools.database.read(decisions.effects, decision.id)
        mail = next((record for record in records if record.effect is Effect.MAIL), None)
        if decision.draft is None or mail is None:
            return
        overview = await self._overview(decision)
        if not _may_have_it(mail):
            await self._mail_room.take_text_back(decision, overview)
            return
        if mail.refused:
            await self._mail_room.take_text_back(decision, overview)
        made = await self._correction(decision, as_first_planned(overview, decision))
        # It goes to those who have the first one, whoever is invited by now.
        correction = Correction(
            decision_id=decision.id,
            team_id=team_id,
            owner_id=decision.owner_id,
            draft=replace(made, to=decision.draft.to or made.to),
            made_at=self._tools.clock.now(),
        )
        # The one that was kept before a crash is the one that the owner may have read.
        kept = await self._tools.database.run(corrections.keep, correction)
        key = put_right_key(decision.id)
        await self._mail_room.hand_over(decision, kept.draft, overview, key=key, is_correction=True)

    async def _correction(self, decision: Decision, overview: Overview) -> Draft:
        """From the owner's template or the workspace's, where there is one; else the product's text."""
        key = template_key(overview, Option.KEEP, first_contact=False)
        template = await self._tools.database.read(wordings.in_use, decision.team_id, decision.owner_id, key)
        now = self._tools.clock.now()
        return own_draft(
            lambda chosen: draft_of(overview, Option.KEEP, decision.terms, now, template=chosen), template
        ).draft

    async def _owner(self, team_id: str, decision_id: str) -> None:
        decision = await self._decision(team_id, decision_id)
        await self._live.show(team_id, decision.meeting_id, key=f"undone-{decision.id}", undone=decision)

    async def _decision(self, team_id: str, decision_id: str) -> Decision:
        decision = await self._tools.database.read(decisions.get, team_id, decision_id)
        if decision is None:
            raise LookupError(f"no decision {decision_id}")
        return decision

    async def _overview(self, decision: Decision) -> Overview:
        return await self._tools.database.read(
            overviews.load, decision.team_id, decision.meeting_id, self._tools.clock.now()
        )


def _may_have_it(mail: EffectRecord) -> bool:
    """Whether the client may have read the mail; what was sent by hand, its owner has told us."""
    return mail.state in MAY_HAVE_LEFT or mail.in_doubt
