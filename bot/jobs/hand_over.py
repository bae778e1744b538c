"""What follows a delegate's answer, and the questions between delegate and owner."""

from bot.jobs.client_mail import MailRoom
from bot.jobs.follow_up import settle_answer
from bot.jobs.in_turn import Step, in_turn
from bot.jobs.live_message import LiveMessages
from bot.jobs.tools import Tools
from domain.brief import Brief, HandoffState, Question
from domain.decision import Decision, DecisionState, HandoffTerms
from domain.member import Member
from domain.overview import LiveMessage, Overview
from messages import brief_answers, brief_pages
from messages.blocks import Message
from messages.i18n import translator
from storage import briefs, decisions, meetings, members, overviews


class HandOver:
    def __init__(self, tools: Tools, mail_room: MailRoom, live: LiveMessages) -> None:
        self._tools = tools
        self._mail_room = mail_room
        self._live = live

    async def answered(self, team_id: str, brief_id: str) -> None:
        """Accepted: the client is told now, and not before. Declined: the owner has the buttons again."""
        await in_turn(
            self._tools.steps,
            team_id,
            brief_id,
            Step("mail", self._mail, self._mail_given_up),
            Step("delegate", self.show_delegate),
            Step("tell", self._tell),
            Step("owner", self._owner),
            Step("silence", self._settle_silence),
        )

    async def asked(self, team_id: str, question_id: str) -> None:
        await self._tools.steps("ask", self._ask, team_id, question_id)

    async def question_answered(self, team_id: str, question_id: str) -> None:
        """The delegate is told, and finds the answer in the brief as well; the owner's button is gone."""
        await in_turn(
            self._tools.steps,
            team_id,
            question_id,
            Step("answer", self._answer),
            Step("question", self._show_question),
        )

    async def moved(self, team_id: str, move: str) -> None:
        """Both are told of the new time, once for each move: nobody is told of an edit. `move`: a brief's id, `@`, and
        what sets the move apart.
        """
        await in_turn(
            self._tools.steps,
            team_id,
            move,
            Step("delegate", self._tell_delegate_of_move),
            Step("owner", self._tell_owner_of_move),
        )

    async def show_delegate(self, team_id: str, brief_id: str) -> None:
        """Bring the delegate's message up to date."""
        brief, _, overview = await self._load(team_id, brief_id)
        live = await self._tools.database.read(briefs.delegate_message, team_id, brief_id)
        if live is None:
            return
        message = await self._delegate_message(brief, overview)
        await self._tools.posting.edit(team_id, LiveMessage(channel=live[0], ts=live[1]), f"brief-{brief_id}", message)

    async def show_meeting(self, team_id: str, meeting_id: str) -> None:
        """The meeting is another one now, and a colleague was asked to take it over."""
        decision = await self._tools.database.read(decisions.standing, team_id, meeting_id)
        if decision is None or not isinstance(decision.terms, HandoffTerms):
            return
        meeting = await self._tools.database.read(meetings.get, team_id, meeting_id)
        if meeting is not None and meeting.cancelled:
            await self.tell_it_is_over(team_id, decision.terms.brief_id)
        else:
            await self.show_delegate(team_id, decision.terms.brief_id)

    async def tell_it_is_over(self, team_id: str, brief_id: str) -> None:
        """The delegate's message loses its buttons, and a new one says so: nobody is told of an edit."""
        brief, decision, overview = await self._load(team_id, brief_id)
        await settle_answer(self._tools, team_id, decision.id, is_answered=False)
        if await self._tools.database.read(briefs.delegate_message, team_id, brief_id) is None:
            return
        await self.show_delegate(team_id, brief_id)
        message = await self._delegate_message(brief, overview)
        await self._tools.posting.to_member(team_id, brief.delegate_id, f"over-{brief_id}", message)

    async def _mail(self, team_id: str, brief_id: str) -> None:
        brief, decision, _ = await self._load(team_id, brief_id)
        if brief.state is HandoffState.ACCEPTED and decision.state is DecisionState.STANDING:
            await self._mail_room.deliver(decision)

    async def _mail_given_up(self, team_id: str, brief_id: str) -> bool:
        _, decision, _ = await self._load(team_id, brief_id)
        await self._mail_room.give_up(decision)
        return True

    async def _tell(self, team_id: str, brief_id: str) -> None:
        brief, decision, overview = await self._load(team_id, brief_id)
        delegate = await self._member(team_id, brief.delegate_id)
        message = brief_answers.owner_told(
            translator(overview.owner.language), brief, delegate.name, overview, self._tools.clock.now()
        )
        await self._tools.posting.to_member(team_id, decision.owner_id, f"answered-{brief_id}", message)

    async def _owner(self, team_id: str, brief_id: str) -> None:
        _, decision, _ = await self._load(team_id, brief_id)
        await self._live.show(team_id, decision.meeting_id, key=f"answered-meeting-{brief_id}")

    async def _settle_silence(self, team_id: str, brief_id: str) -> None:
        """A late answer is one: what asked about the silence is settled."""
        _, decision, _ = await self._load(team_id, brief_id)
        await settle_answer(self._tools, team_id, decision.id, is_answered=True)

    async def _ask(self, team_id: str, question_id: str) -> None:
        owner_id, message = await self._question_message(team_id, question_id)
        await self._tools.posting.to_member(team_id, owner_id, f"question-{question_id}", message)

    async def _show_question(self, team_id: str, question_id: str) -> None:
        key = f"question-{question_id}"
        live = await self._tools.posting.posted(team_id, key)
        if live is not None:
            _, message = await self._question_message(team_id, question_id)
            await self._tools.posting.edit(team_id, live, key, message)

    async def _question_message(self, team_id: str, question_id: str) -> tuple[str, Message]:
        """Whom the question is for, and how it is shown to them now."""
        brief, question = await self._question(team_id, question_id)
        _, decision, overview = await self._load(team_id, brief.id)
        delegate = await self._member(team_id, brief.delegate_id)
        message = brief_answers.question_message(
            translator(overview.owner.language), question, delegate.name, overview, self._tools.clock.now()
        )
        return decision.owner_id, message

    async def _tell_delegate_of_move(self, team_id: str, move: str) -> None:
        brief, decision, overview = await self._load(team_id, move.partition("@")[0])
        # Who has not been asked yet is asked with the new time.
        asked = await self._tools.database.read(briefs.delegate_message, team_id, brief.id)
        if asked is None or not self._is_running(brief, decision, overview):
            return
        delegate, now = await self._member(team_id, brief.delegate_id), self._tools.clock.now()
        message = brief_answers.delegate_told_of_move(translator(delegate.language), brief, overview, now)
        await self._tools.posting.to_member(team_id, brief.delegate_id, f"moved-{move}", message)

    async def _tell_owner_of_move(self, team_id: str, move: str) -> None:
        brief, decision, overview = await self._load(team_id, move.partition("@")[0])
        if brief.state is not HandoffState.ACCEPTED or not self._is_running(brief, decision, overview):
            return
        delegate, now = await self._member(team_id, brief.delegate_id), self._tools.clock.now()
        message = brief_answers.owner_told_of_move(translator(overview.owner.language), delegate.name, overview, now)
        await self._tools.posting.to_member(team_id, decision.owner_id, f"moved-owner-{move}", message)

    def _is_running(self, brief: Brief, decision: Decision, overview: Overview) -> bool:
        running = brief.state in {HandoffState.OFFERED, HandoffState.ACCEPTED}
        meeting = overview.meeting
        ahead = not meeting.cancelled and not meeting.has_started(self._tools.clock.now())
        return running and ahead and decision.state is DecisionState.STANDING

    async def _answer(self, team_id: str, question_id: str) -> None:
        brief, question = await self._question(team_id, question_id)
        _, _, overview = await self._load(team_id, brief.id)
        delegate = await self._member(team_id, brief.delegate_id)
        message = brief_answers.answered_message(
            translator(delegate.language), question, overview, self._tools.clock.now()
        )
        await self._tools.posting.to_member(team_id, brief.delegate_id, f"answer-{question_id}", message)
        await self.show_delegate(team_id, brief.id)

    async def _delegate_message(self, brief: Brief, overview: Overview) -> Message:
        delegate = await self._member(brief.team_id, brief.delegate_id)
        return brief_pages.delegate_message(
            translator(delegate.language),
            brief,
            overview.meeting,
            overview.client,
            overview.owner,
            delegate.time_zone,
            self._tools.clock.now(),
        )

    async def _load(self, team_id: str, brief_id: str) -> tuple[Brief, Decision, Overview]:
        tools = self._tools
        brief = await tools.database.read(briefs.get, team_id, brief_id)
        decision = await tools.database.read(decisions.get, team_id, brief.decision_id) if brief else None
        if brief is None or decision is None:
            raise LookupError(f"no brief {brief_id}")
        overview = await tools.database.read(overviews.load, team_id, decision.meeting_id, tools.clock.now())
        return brief, decision, overview

    async def _question(self, team_id: str, question_id: str) -> tuple[Brief, Question]:
        found = await self._tools.database.read(briefs.brief_of_question, team_id, question_id)
        if found is None:
            raise LookupError(f"no question {question_id}")
        return found

    async def _member(self, team_id: str, user_id: str) -> Member:
        known = await self._tools.database.read(members.get, team_id, user_id)
        return known or Member(team_id=team_id, user_id=user_id)
