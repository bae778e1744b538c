"""Which workflow does which work; names and the order of steps are what the database remembers."""

import time

from bot.jobs.carry_out import CarryOut
from bot.jobs.client_mail import MailRoom
from bot.jobs.engine import Engine, Workflow
from bot.jobs.follow_up import AskAfterwards
from bot.jobs.hand_over import HandOver
from bot.jobs.live_message import LiveMessages
from bot.jobs.propose import Propose
from bot.jobs.remind import Remind
from bot.jobs.sync import Sync
from bot.jobs.take_back import TakeBack
from bot.jobs.tools import Count, Tools
from storage.outbox import Work


def register_workflows(engine: Engine, tools: Tools, count: Count) -> None:
    live = LiveMessages(tools)
    mail_room = MailRoom(tools)
    hand_over = HandOver(tools, mail_room, live)
    propose = Propose(tools)

    async def show_meeting(team_id: str, meeting_id: str) -> None:
        await tools.steps("show", live.refresh, team_id, meeting_id)

    workflows: dict[Work, Workflow] = {
        Work.CARRY_OUT: CarryOut(tools, mail_room, live).run,
        Work.TAKE_BACK: TakeBack(tools, mail_room, live, hand_over).run,
        Work.SHOW_MEETING: show_meeting,
        Work.DELEGATE_ANSWERED: hand_over.answered,
        Work.QUESTION_ASKED: hand_over.asked,
        Work.QUESTION_ANSWERED: hand_over.question_answered,
        Work.REMIND: Remind(tools, live).run,
        Work.FOLLOW_UP: AskAfterwards(tools).run,
        Work.SYNC: Sync(tools).run,
        Work.PROPOSE_CLIENT: propose.run,
        Work.PROPOSAL_SETTLED: propose.settled,
    }
    for work, workflow in workflows.items():
        engine.register(work.value, _counted(work.value, workflow, count))


def _counted(name: str, workflow: Workflow, count: Count) -> Workflow:
    async def run(team_id: str, subject_id: str) -> None:
        started = time.perf_counter()
        outcome = "failed"
        try:
            await workflow(team_id, subject_id)
            outcome = "done"
        finally:
            count(name, outcome, time.perf_counter() - started)

    return run
