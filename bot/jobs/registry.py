"""Which workflow does which work; names and the order of steps are what the database remembers."""

import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog

from bot.jobs.approve import Approve
from bot.jobs.bundle import Bundles
from bot.jobs.carry_out import CarryOut
from bot.jobs.client_mail import MailRoom
from bot.jobs.debriefed import Debriefed
from bot.jobs.engine import Engine, GaveUp, Workflow
from bot.jobs.export_clients import ExportClients
from bot.jobs.follow_up import AskAfterwards
from bot.jobs.hand_over import HandOver
from bot.jobs.live_message import LiveMessages
from bot.jobs.plan_reminders import PlanReminders
from bot.jobs.propose import Propose
from bot.jobs.propose_rhythm import ProposeRhythm
from bot.jobs.put_right import PutRight
from bot.jobs.remind import Remind
from bot.jobs.report import Reporting
from bot.jobs.review_tiers import ReviewTiers
from bot.jobs.sync import Sync
from bot.jobs.take_back import TakeBack
from bot.jobs.tools import Count, Tools
from storage import outbox
from storage.outbox import Work

log = structlog.get_logger()

FIRST_AGAIN = timedelta(minutes=15)
MOST_AGAIN = 7
"""What was given up begins anew after 15 min, 30 min, 1 h … 16 h: more than a day in all, the longest that Slack or a
mail server may be away without anything being lost. All of it is safe to do again."""

Job = Callable[[str, str], Coroutine[Any, Any, None]]
"""Takes the team's id and the id of what it is about."""


def register_workflows(engine: Engine, tools: Tools, count: Count) -> None:
    bundles = Bundles(tools)
    live = LiveMessages(tools, bundles)
    mail_room = MailRoom(tools)
    hand_over = HandOver(tools, mail_room, live)
    propose = Propose(tools)
    reporting = Reporting(tools)
    approve = Approve(tools, live)

    async def show_meeting(team_id: str, meeting_id: str) -> None:
        await tools.steps("show", live.refresh, team_id, meeting_id)
        await tools.steps("delegate", hand_over.show_meeting, team_id, meeting_id)

    begins_again: dict[Work, Job] = {
        Work.CARRY_OUT: CarryOut(tools, mail_room, live, hand_over).run,
        Work.TAKE_BACK: TakeBack(tools, mail_room, live, hand_over).run,
        Work.PUT_RIGHT: PutRight(tools, mail_room).run,
        Work.SHOW_MEETING: show_meeting,
        Work.DELEGATE_ANSWERED: hand_over.answered,
        Work.QUESTION_ASKED: hand_over.asked,
        Work.QUESTION_ANSWERED: hand_over.question_answered,
        Work.HANDOVER_MOVED: hand_over.moved,
        Work.APPROVAL_ASKED: approve.asked,
        Work.APPROVAL_ANSWERED: approve.answered,
        Work.APPROVAL_DUE: approve.due,
        Work.PROPOSE_CLIENT: propose.run,
        Work.PROPOSAL_SETTLED: propose.settled,
        Work.PROPOSE_RHYTHM: ProposeRhythm(tools).run,
        Work.PLAN_REMINDERS: PlanReminders(tools).run,
        Work.DEBRIEFED: Debriefed(tools).run,
        Work.REMIND: Remind(tools, live).run,
        Work.REPORT: reporting.run,
        Work.REPORT_FILE: reporting.file,
        Work.BUNDLE_SHOWN: bundles.run,
        Work.FOLLOW_UP: AskAfterwards(tools).run,
        Work.REVIEW_TIERS: ReviewTiers(tools).run,
        Work.EXPORT_CLIENTS: ExportClients(tools).run,
    }
    for work, job in begins_again.items():
        engine.register(work.value, _counted(work, _begins_again(tools, work, job), count))
    # A calendar has its own next turn.
    engine.register(Work.SYNC.value, _counted(Work.SYNC, _once(Sync(tools).run), count))


def _once(job: Job) -> Workflow:
    async def run(team_id: str, subject_id: str, _attempt: int) -> None:
        await job(team_id, subject_id)

    return run


def _begins_again(tools: Tools, work: Work, job: Job) -> Workflow:
    async def promise(team_id: str, subject_id: str, attempt: int) -> None:
        now = tools.clock.now()
        edition = f"again{attempt + 1}-{now:%Y%m%dT%H%M%S%f}"
        due_at = now + FIRST_AGAIN * 2**attempt
        await tools.database.run(
            outbox.promise, team_id, work, subject_id, due_at, edition=edition, attempt=attempt + 1
        )

    async def run(team_id: str, subject_id: str, attempt: int) -> None:
        try:
            await job(team_id, subject_id)
        except GaveUp as error:
            if error.final or attempt >= MOST_AGAIN:
                raise
            await tools.steps("again", promise, team_id, subject_id, attempt)

    return run


def _counted(work: Work, workflow: Workflow, count: Count) -> Workflow:
    async def run(team_id: str, subject_id: str, attempt: int) -> None:
        started = time.perf_counter()
        outcome = "failed"
        try:
            await workflow(team_id, subject_id, attempt)
            outcome = "done"
        except GaveUp as error:
            # The steps' own errors are in the log already; the workflow has ended, and says so.
            log.error("job_given_up", job=work.value, subject=subject_id, step=str(error))
            raise
        except Exception:
            log.exception("job_failed", job=work.value, subject=subject_id)
            raise
        finally:
            count(work.value, outcome, time.perf_counter() - started)

    return run
