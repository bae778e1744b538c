"""The buttons of what was decided: undo, sent by hand, and the follow-ups."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.listeners.answers import Answers
from bot.listeners.caller import Caller, Callers
from bot.listeners.payload import action_of, id_of, response_url_of
from bot.services.decisions import Decisions, FollowUpAnswer
from domain.clock import Clock
from domain.planned import FollowUp
from messages import follow_up_page, mistakes
from messages.ids import Action

_ANSWERS = {
    Action.FOLLOW_UP_CALL.value: FollowUpAnswer.CALL,
    Action.FOLLOW_UP_REBOOKED.value: FollowUpAnswer.REBOOKED,
    Action.FOLLOW_UP_COMPLAINED.value: FollowUpAnswer.COMPLAINED,
}


class Decided:
    def __init__(self, *, callers: Callers, answers: Answers, decisions: Decisions, clock: Clock) -> None:
        self._callers = callers
        self._answers = answers
        self._decisions = decisions
        self._clock = clock

    async def undo(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The jobs bring the live message up to date; an ephemeral copy with the button is told here."""
        caller = await self._callers.of(body)
        await self._decisions.undo(caller.team_id, caller.user_id, id_of(body))
        done = caller.t.text("Undone. The meeting stands as it was planned; you find it in our conversation.")
        await self._answers.replace(body, mistakes.ephemeral(caller.t, done))
        await ack()

    async def put_right(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The jobs send the text and show in its message what came of it."""
        caller = await self._callers.of(body)
        await self._decisions.put_right(caller.team_id, caller.user_id, id_of(body))
        await ack()

    async def sent_by_hand(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._decisions.mark_sent(caller.team_id, caller.user_id, id_of(body))
        thanks = caller.t.text("✓ Noted: you have sent it. The text is above if you need it again.")
        await self._answers.tell(body, mistakes.ephemeral(caller.t, thanks))
        await ack()

    async def follow_up_answered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        answer = _ANSWERS.get(str(action_of(body).get("action_id")), FollowUpAnswer.DONE)
        settled = await self._decisions.answer_follow_up(caller.team_id, caller.user_id, id_of(body), answer)
        await self._show(caller, body, settled)
        await ack()

    async def follow_up_snoozed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        caller = await self._callers.of(body)
        await self._show(caller, body, await self._decisions.snooze(caller.member, id_of(body)))
        await ack()

    async def _show(self, caller: Caller, body: dict[str, Any], follow_up: FollowUp) -> None:
        """What became of the question, in its place."""
        overview = await self._decisions.about(follow_up)
        message = follow_up_page.settled(
            caller.t,
            follow_up,
            overview.meeting,
            overview.client,
            caller.member.time_zone,
            self._clock.now(),
            delegate_name=overview.delegate.name if overview.delegate else "",
            owner_name=overview.owner.name,
        )
        await self._answers.replace_at(response_url_of(body), message)
