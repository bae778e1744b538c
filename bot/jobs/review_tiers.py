"""The workflow `review_tiers`: once a quarter each lead is asked whether the tiers of their clients still fit.

Its subject is `member@quarter` for the question itself, with `@shown` behind it where an answer is to be shown.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendars.work_week import policy_of, week_of
from bot.jobs.tools import Tools
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.member import Member
from domain.tiering import Quarter, needs_review, question_key, reviews_to_plan, standing
from messages import client_tiers
from messages.blocks import Message
from messages.client_tiers import Ranked, Thresholds
from messages.i18n import translator
from storage import clients, members, outbox, workspaces
from storage.outbox import Work


class ReviewTiers:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, subject: str) -> None:
        await self._tools.steps("ask", self._ask, team_id, subject)

    async def _ask(self, team_id: str, subject: str) -> None:
        user_id, _, rest = subject.partition("@")
        name, _, shown = rest.partition("@")
        tools, quarter = self._tools, Quarter.parse(name)
        key = question_key(user_id, quarter)
        message, is_open = await tools.database.read(_message, team_id, user_id, quarter)
        live = await tools.posting.posted(team_id, key)
        if live is not None:
            await tools.posting.edit(team_id, live, key, message)
        elif is_open and not shown:
            try:
                await tools.posting.to_member(team_id, user_id, key, message)
            except SlackProblem as problem:
                if problem.code not in UNREACHABLE_PEOPLE:
                    raise


def plan_reviews(session: Session, now: datetime) -> None:
    """Promises the questions that are due or soon will be; safe to call again, and in several processes.

    What was promised and kept is known to the engine by its key for longer than a question is worth asking, so none
    comes twice.
    """
    for team_id, user_id in clients.leads(session):
        member = members.get(session, team_id, user_id) or Member(team_id=team_id, user_id=user_id)
        week = week_of(member, workspaces.get(session, team_id))
        for quarter, due_at in reviews_to_plan(now, week):
            subject = f"{user_id}@{quarter.name}"
            outbox.promise(session, team_id, Work.REVIEW_TIERS, subject, due_at, edition=team_id)


def _message(session: Session, team_id: str, user_id: str, quarter: Quarter) -> tuple[Message, bool]:
    """The question as it stands now, and whether anything in it is open."""
    member = members.get(session, team_id, user_id) or Member(team_id=team_id, user_id=user_id)
    workspace = workspaces.get(session, team_id)
    policy, week = policy_of(workspace), week_of(member, workspace)
    mine = clients.led_by(session, team_id, user_id)
    open_ = [client for client in mine if needs_review(client, quarter, week)]
    done = [client for client in mine if not needs_review(client, quarter, week)]
    ranked = [Ranked(client=client, standing=standing(client, policy)) for client in open_]
    message = client_tiers.question(translator(member.language), quarter.name, ranked, done, Thresholds.of(policy))
    return message, bool(open_)
