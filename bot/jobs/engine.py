"""The one engine of durable work (DBOS): a workflow that was started is finished, also after `kill -9`."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol, TypeVar

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._error import DBOSMaxStepRetriesExceeded

from bot.mail.problems import MailProblem
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem, Uncertain
from domain.errors import DomainError

T = TypeVar("T")
log = structlog.get_logger()

STOP_LOOKS_EVERY_S = 0.05
"""DBOS's listener for messages between workflows, of which there are none here, sleeps this long at a time on SQLite,
and the end of the engine waits for it to wake: with DBOS's default a whole second.
"""

WORKFLOW_VERSION = "1"
"""Pinned: with DBOS's default (a hash of the code) a new release would not pick up the workflows of the old one."""

MAX_ATTEMPTS = 6
FIRST_PAUSE_S = 2.0
BACKOFF = 4.0
"""A step is tried at 0 s, 2 s, 10 s, 42 s, 3 min and 11 min before it is given up."""

Workflow = Callable[[str, str, int], Coroutine[Any, Any, None]]
"""Takes the team's id, the id of what it is about, and how often it was given up before."""


class GaveUp(Exception):  # noqa: N818 - an outcome that every workflow has an answer to
    """A step failed as often as it is tried. `final`: trying again later does not help either."""

    def __init__(self, name: str, *, final: bool = False) -> None:
        super().__init__(name)
        self.final = final


class StepFailed(Exception):  # noqa: N818 - what the database remembers of a failure
    """What a step raised, in a form that can be read back: the real errors hold what no pickle brings back, and
    sometimes what nobody should keep (a query's values).
    """

    def __init__(self, words: str, final: bool) -> None:
        super().__init__(words, final)
        self.final = final


class Steps(Protocol):
    """Runs one step of the present workflow: once where it succeeded, again after a crash before that.

    Raises GaveUp after the last try, or at once where waiting changes nothing.
    """

    async def __call__(self, name: str, function: Callable[..., Awaitable[T]], *args: Any) -> T: ...


class DurableSteps:
    """Steps as DBOS keeps them: a result that was recorded is not computed again."""

    def __init__(self, *, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._first_pause_s = first_pause_s

    async def __call__(self, name: str, function: Callable[..., Awaitable[T]], *args: Any) -> T:
        async def run(*given: Any) -> T:
            try:
                return await function(*given)
            except Exception as error:
                final = _is_final(error)
                # What the outside says is told in a line; a mistake of ours with all that helps to find it.
                unexpected = None if isinstance(error, SlackProblem | Uncertain | MailProblem) else error
                log.warning("step_failed", step=name, about=given, problem=str(error), exc_info=unexpected)
                raise StepFailed(f"{type(error).__name__} {getattr(error, 'code', '')}".strip(), final) from error

        try:
            return await DBOS.run_step_async(
                {
                    "name": name,
                    "retries_allowed": True,
                    "max_attempts": MAX_ATTEMPTS,
                    "interval_seconds": self._first_pause_s,
                    "backoff_rate": BACKOFF,
                    "should_retry": _may_pass,
                },
                run,
                *args,
            )
        except StepFailed as error:
            raise GaveUp(name, final=error.final) from error
        except DBOSMaxStepRetriesExceeded as error:
            raise GaveUp(name) from error


def _is_final(error: Exception) -> bool:
    """Nothing changes by waiting: what it is about is gone, or nobody is there to read it."""
    if isinstance(error, SlackProblem):
        return error.code in UNREACHABLE_PEOPLE
    return isinstance(error, DomainError | LookupError)


def _may_pass(error: BaseException) -> bool:
    return not (isinstance(error, StepFailed) and error.final)


class Engine:
    """One per process. Launch it on the event loop that the workflows shall run on."""

    def __init__(self, *, database_url: str, executor_id: str = "meetdown") -> None:
        """`database_url`: where the engine keeps its own tables, a SQLite file of its own or a PostgreSQL database."""
        config: DBOSConfig = {
            "name": "meetdown",
            "system_database_url": database_url,
            "application_version": WORKFLOW_VERSION,
            "executor_id": executor_id,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": STOP_LOOKS_EVERY_S,
        }
        self._dbos = DBOS(config=config)
        self._workflows: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {}
        self._running: set[asyncio.Task[Any]] = set()

    def register(self, name: str, workflow: Workflow) -> None:
        """Before `launch`; the name is what the database remembers."""

        async def run(team_id: str, subject_id: str, attempt: int = 0) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            await workflow(team_id, subject_id, attempt)

        run.__qualname__ = run.__name__ = name
        self._workflows[name] = DBOS.workflow(name=name)(run)

    def launch(self) -> None:
        """Takes up what an earlier run left unfinished."""
        DBOS.launch()

    async def start(self, name: str, key: str, team_id: str, subject_id: str, attempt: int = 0) -> None:
        """Start the workflow under that key; where it was started before, nothing happens."""
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._workflows[name], team_id, subject_id, attempt)

    def knows(self, name: str) -> bool:
        return name in self._workflows

    async def executors_at_work(self) -> frozenset[str]:
        """The executor ids that unfinished workflows run under, or ran under when their process ended."""
        pending = await DBOS.list_workflows_async(status="PENDING", limit=1000, load_input=False, load_output=False)
        return frozenset(workflow.executor_id for workflow in pending if workflow.executor_id)

    async def take_over(self, executor_id: str) -> int:
        """Let the workflows of an executor that ended go on, here or wherever is room; how many they are."""
        pending = await DBOS.list_workflows_async(
            status="PENDING",
            executor_id=executor_id,
            app_version=WORKFLOW_VERSION,
            limit=1000,
            load_input=False,
            load_output=False,
        )
        if pending:
            await DBOS.resume_workflows_async([workflow.workflow_id for workflow in pending])
        return len(pending)

    async def prune(self, before: datetime) -> None:
        """Forget workflows that ended before that moment: their traces are in the product's own tables."""
        ended = await DBOS.list_workflows_async(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before.isoformat(),
            limit=5000,
            load_input=False,
            load_output=False,
        )
        if ended:
            await DBOS.delete_workflows_async([workflow.workflow_id for workflow in ended])

    async def close(self, *, seconds: float = 5.0) -> None:
        """Lets running workflows end for that long; what is cut off goes on at the next launch.

        Not by DBOS's own wait: it would hold the very loop that the workflows run on.
        """
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)
        cut_off = set(self._running)
        for task in cut_off:
            task.cancel()
        if cut_off:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*cut_off, return_exceptions=True), 1.0)
        # DBOS had put its own threads under the loop, and ends them with itself.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
