"""What can be done about a decision that was made: undo it, note that the mail was sent by hand, answer a follow-up."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from bot.calendars.work_week import week_of
from bot.services import corrections
from bot.services.corrections import own_decision
from bot.services.ports import Jobs
from bot.services.reminding import plan_again
from domain.aftermath import AnswerRecord, ClientAnswer
from domain.clock import Clock
from domain.decision import Decision, DecisionState, Effect, EffectState
from domain.errors import DomainError, Problem
from domain.member import Member
from domain.overview import Overview
from domain.planned import FollowUp, FollowUpKind, FollowUpState
from domain.timeline import EffectRecord
from storage import aftermath, briefs, decisions, follow_ups, outbox, overviews, workspaces
from storage.database import Database
from storage.outbox import Work

WAIT = timedelta(hours=4)
"""Working hours more for a delegate to answer; every other question comes back on the next working day."""


class FollowUpAnswer(StrEnum):
    DONE = "done"
    CALL = "call"
    """The mail did not settle it."""
    REBOOKED = "rebooked"
    """The client wants another date instead."""
    COMPLAINED = "complained"


_MEANS = {
    FollowUpAnswer.DONE: ClientAnswer.CONFIRMED,
    FollowUpAnswer.REBOOKED: ClientAnswer.REBOOKED,
    FollowUpAnswer.COMPLAINED: ClientAnswer.COMPLAINED,
}

_ABOUT_THE_CLIENT = frozenset({FollowUpKind.CONFIRM, FollowUpKind.CALL})
"""The other questions are about a colleague: whatever is pressed there, it is no word of the client."""


class Decisions:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def undo(self, team_id: str, user_id: str, decision_id: str) -> Decision:
        """Raises DomainError where it is too late, undone already, or somebody else's."""
        decision = await self._database.run(undo_standing, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()
        return decision

    async def mark_sent(self, team_id: str, user_id: str, decision_id: str) -> Decision:
        """The owner has sent the text themselves."""
        decision = await self._database.run(_mark_sent, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()
        return decision

    async def put_right(self, team_id: str, user_id: str, decision_id: str) -> None:
        """Send the client the text that takes an undone decision back. Once; raises DomainError where it is too late
        for it, or the meeting was decided on anew.
        """
        await self._database.run(corrections.send, team_id, user_id, decision_id, self._clock.now())
        self._jobs.poke()

    async def answer_follow_up(self, team_id: str, user_id: str, follow_up_id: str, answer: FollowUpAnswer) -> FollowUp:
        """As it is now: one that was answered or withdrawn before stays as it was."""
        follow_up = await self._own_follow_up(team_id, user_id, follow_up_id)
        await self._database.run(_answer, follow_up, answer, self._clock.now())
        return await self._own_follow_up(team_id, user_id, follow_up_id)

    async def about(self, follow_up: FollowUp) -> Overview:
        """The meeting that it is about, for whoever was asked: that need not be its owner."""
        return await self._database.read(overviews.load, follow_up.team_id, follow_up.meeting_id, self._clock.now())

    async def snooze(self, member: Member, follow_up_id: str) -> FollowUp:
        """As it is now: planned again, unless it is done or withdrawn."""
        follow_up, now = await self._own_follow_up(member.team_id, member.user_id, follow_up_id), self._clock.now()
        week = week_of(member, await self._database.read(workspaces.get, member.team_id))
        tomorrow = week.next_working(week.same_time(now, 1))
        due_at = week.after_working_hours(now, WAIT) if follow_up.kind is FollowUpKind.ANSWER else tomorrow
        await self._database.run(follow_ups.move, member.team_id, follow_up_id, due_at)
        return await self._own_follow_up(member.team_id, member.user_id, follow_up_id)

    async def _own_follow_up(self, team_id: str, user_id: str, follow_up_id: str) -> FollowUp:
        follow_up = await self._database.read(follow_ups.get, team_id, follow_up_id)
        if follow_up is None:
            raise DomainError(Problem.DECISION_NOT_FOUND)
        if follow_up.member_id != user_id:
            raise DomainError(Problem.NOT_YOURS)
        return follow_up


def _answer(session: Session, follow_up: FollowUp, answer: FollowUpAnswer, now: datetime) -> None:
    """What the client answered is remembered with the decision; a call that is needed is no answer yet."""
    if not follow_ups.finish(session, follow_up.team_id, follow_up.id, FollowUpState.DONE, answer, now=now):
        return
    if follow_up.kind in _ABOUT_THE_CLIENT and answer in _MEANS:
        said = AnswerRecord(
            decision_id=follow_up.decision_id,
            team_id=follow_up.team_id,
            answer=_MEANS[answer],
            said_by=follow_up.member_id,
            said_at=now,
        )
        aftermath.say(session, said)


def undo_standing(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> Decision:
    """Raises DomainError as `Decisions.undo` does, before anything is written."""
    decision = own_decision(session, team_id, user_id, decision_id)
    if decision.state is not DecisionState.STANDING:
        raise DomainError(Problem.ALREADY_UNDONE)
    overview = overviews.load(session, team_id, decision.meeting_id, now)
    if overview.undo_until(now) is None:
        raise DomainError(Problem.UNDO_TOO_LATE)
    if decisions.end(session, team_id, decision_id, DecisionState.UNDONE, now):
        briefs.withdraw(session, team_id, decision_id, now)
        follow_ups.withdraw(session, team_id, decision_id)
        plan_again(session, overview.meeting, overview.owner, now, is_shown=True)
        outbox.promise(session, team_id, Work.TAKE_BACK, decision_id, now)
    return decision


def _mark_sent(session: Session, team_id: str, user_id: str, decision_id: str, now: datetime) -> Decision:
    """Of the text that puts an undone decision right, only that text is noted: the decision is history."""
    decision = own_decision(session, team_id, user_id, decision_id)
    if decision.state is not DecisionState.STANDING:
        corrections.sent_by_hand(session, decision, now)
        return decision
    record = EffectRecord(effect=Effect.MAIL, state=EffectState.DONE, detail="by_hand")
    decisions.set_effect(session, decision_id, record, now)
    edition = f"sent-{decision_id}"
    outbox.promise(session, team_id, Work.SHOW_MEETING, decision.meeting_id, now, edition=edition)
    return decision
