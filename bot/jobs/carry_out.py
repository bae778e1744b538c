"""The workflow `carry_out`: one step per effect in the world, each of them done once."""

import structlog

from bot.jobs import follow_up_plan
from bot.jobs.client_mail import MailRoom
from bot.jobs.hand_over import HandOver
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.live_message import LiveMessages
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.brief import HandoffState
from domain.decision import Decision, DecisionState, Effect, EffectState, HandoffTerms
from domain.meeting import Source
from domain.overview import Overview
from domain.timeline import EffectRecord
from domain.words import Option
from messages import brief_pages
from messages.i18n import translator
from storage import briefs, decisions, follow_ups, meetings, overviews, workspaces

log = structlog.get_logger()


class CarryOut:
    """Every step looks first whether the decision still stands: an undo may have come in between."""

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
            Step("former_delegate", self._former_delegate),
            Step("calendar", self._calendar),
            Step("mail", self._mail, self._mail_given_up),
            Step("delegate", self._delegate, self._delegate_given_up),
            Step("follow_ups", self._follow_ups),
            Step("owner", self._owner),
        )

    async def _former_delegate(self, team_id: str, decision_id: str) -> None:
        """Where this decision took the place of a hand-over, its delegate is told that it is over."""
        former = await self._tools.database.read(decisions.superseded_by, team_id, decision_id)
        if former is None or not isinstance(former.terms, HandoffTerms):
            return
        await self._tools.database.run(briefs.withdraw, team_id, former.id, self._tools.clock.now())
        await self._hand_over.tell_it_is_over(team_id, former.terms.brief_id)

    async def _calendar(self, team_id: str, decision_id: str) -> None:
        """A feed is read only: the change becomes a to-do of the owner's, shown with the decision.

        What was entered by hand is in no calendar.
        """
        decision = await self._standing(team_id, decision_id)
        if decision is None or decision.option is Option.KEEP:
            return
        meeting = await self._tools.database.read(meetings.get, team_id, decision.meeting_id)
        if meeting is None or meeting.source is Source.BY_HAND:
            return
        await self._note(decision, EffectRecord(effect=Effect.CALENDAR, state=EffectState.HANDED_OVER))

    async def _mail(self, team_id: str, decision_id: str) -> None:
        """The mail of a hand-over waits for the delegate's yes: no client hears of a colleague who then declines."""
        decision = await self._standing(team_id, decision_id)
        if decision is None or decision.draft is None:
            return
        if decision.option is Option.HANDOFF:
            await self._note(decision, EffectRecord(effect=Effect.MAIL, state=EffectState.WAITING))
            return
        await self._mail_room.deliver(decision)

    async def _mail_given_up(self, team_id: str, decision_id: str) -> bool:
        """From here on the mail is the owner's: it is not tried again behind their back."""
        decision = await self._standing(team_id, decision_id)
        if decision is not None:
            await self._mail_room.give_up(decision)
        return True

    async def _delegate_given_up(self, team_id: str, decision_id: str) -> bool:
        """The owner sees that the delegate knows nothing yet; it is tried again later."""
        decision = await self._standing(team_id, decision_id)
        if decision is None:
            return True
        await self._note(decision, EffectRecord(effect=Effect.DELEGATE_MESSAGE, state=EffectState.FAILED))
        return False

    async def _delegate(self, team_id: str, decision_id: str) -> None:
        decision = await self._standing(team_id, decision_id)
        if decision is None or not isinstance(decision.terms, HandoffTerms):
            return
        brief = await self._tools.database.read(briefs.get, team_id, decision.terms.brief_id)
        if brief is None or brief.state is not HandoffState.OFFERED:
            return
        try:
            reference = await self._offer(decision, await self._overview(team_id, decision.meeting_id))
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            log.warning("delegate_unreachable", decision=decision_id, code=problem.code.value)
            record = EffectRecord(effect=Effect.DELEGATE_MESSAGE, state=EffectState.FAILED, detail=problem.code.value)
        else:
            record = EffectRecord(effect=Effect.DELEGATE_MESSAGE, state=EffectState.DONE, reference=reference)
        await self._note(decision, record)

    async def _offer(self, decision: Decision, overview: Overview) -> str:
        """The DM to the delegate; returns its ts."""
        tools = self._tools
        brief = await tools.database.read(briefs.of_decision, decision.team_id, decision.id)
        if brief is None or overview.delegate is None:
            raise LookupError(f"the hand-over {decision.id} has no brief")
        message = brief_pages.delegate_message(
            translator(overview.delegate.language),
            brief,
            overview.meeting,
            overview.client,
            overview.owner,
            overview.delegate.time_zone,
            tools.clock.now(),
        )
        key = f"brief-{brief.id}"
        live = await tools.posting.to_member(decision.team_id, brief.delegate_id, key, message)
        await tools.database.run(briefs.set_delegate_message, decision.team_id, brief.id, live.channel, live.ts)
        return live.ts

    async def _follow_ups(self, team_id: str, decision_id: str) -> None:
        decision = await self._standing(team_id, decision_id)
        if decision is None:
            return
        overview = await self._overview(team_id, decision.meeting_id)
        workspace = await self._tools.database.read(workspaces.get, team_id)
        planned = follow_up_plan.plan(decision, overview, workspace)
        await self._tools.database.run(follow_ups.plan, planned)
        await self._note(decision, EffectRecord(effect=Effect.FOLLOW_UPS, state=EffectState.DONE))

    async def _owner(self, team_id: str, decision_id: str) -> None:
        """Last, so that the message tells how the others went. A decision that no longer stands shows itself."""
        decision = await self._standing(team_id, decision_id)
        if decision is None:
            return
        try:
            reference = await self._show(decision)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
            log.warning("owner_unreachable", decision=decision_id, code=problem.code.value)
            record = EffectRecord(effect=Effect.OWNER_MESSAGE, state=EffectState.FAILED, detail=problem.code.value)
        else:
            record = EffectRecord(effect=Effect.OWNER_MESSAGE, state=EffectState.DONE, reference=reference)
        await self._note(decision, record)

    async def _show(self, decision: Decision) -> str:
        """The ts of the message; empty for one of many decisions that share a message of theirs."""
        if decision.bundle_id:
            await self._live.refresh(decision.team_id, decision.meeting_id)
            return ""
        return (await self._live.show(decision.team_id, decision.meeting_id, key=f"decided-{decision.id}")).ts

    async def _standing(self, team_id: str, decision_id: str) -> Decision | None:
        decision = await self._tools.database.read(decisions.get, team_id, decision_id)
        return decision if decision is not None and decision.state is DecisionState.STANDING else None

    async def _overview(self, team_id: str, meeting_id: str) -> Overview:
        return await self._tools.database.read(overviews.load, team_id, meeting_id, self._tools.clock.now())

    async def _note(self, decision: Decision, record: EffectRecord) -> None:
        await self._tools.database.run(decisions.set_effect, decision.id, record, self._tools.clock.now())
