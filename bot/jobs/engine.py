"""The one engine of durable work (DBOS): a workflow that was started is finished, also after `kill -9`."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar

from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._error import DBOSMaxStepRetriesExceeded

T = TypeVar("T")

WORKFLOW_VERSION = "1"
"""Pinned: with DBOS's default (a hash of the code) a new release would not pick up the workflows of the old one."""

MAX_ATTEMPTS = 6
FIRST_PAUSE_S = 2.0
BACKOFF = 4.0
"""A step is tried at 0 s, 2 s, 10 s, 42 s, 3 min and 11 min before it is given up and the owner is told."""

Workflow = Callable[[str, str], Coroutine[Any, Any, None]]
"""Takes the team's id and the id of what it is about."""


class GaveUp(Exception):  # noqa: N818 - an outcome that every workflow has an answer to
    """A step failed as often as it is tried."""


class Steps(Protocol):
    """Runs one step of the present workflow: once where it succeeded, again after a crash before that.

    Raises GaveUp after the last try.
    """

    async def __call__(self, name: str, function: Callable[..., Awaitable[T]], *args: Any) -> T: ...


class DurableSteps:
    """Steps as DBOS keeps them: a result that was recorded is not computed again."""

    def __init__(self, *, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._first_pause_s = first_pause_s

    async def __call__(self, name: str, function: Callable[..., Awaitable[T]], *args: Any) -> T:
        async def run(*given: Any) -> T:
            return await function(*given)

        try:
            return await DBOS.run_step_async(
                {
                    "name": name,
                    "retries_allowed": True,
                    "max_attempts": MAX_ATTEMPTS,
                    "interval_seconds": self._first_pause_s,
                    "backoff_rate": BACKOFF,
                },
                run,
                *args,
            )
        except DBOSMaxStepRetriesExceeded as error:
            raise GaveUp(name) from error


class Engine:
    """One per process. Launch it on the event loop that the workflows shall run on."""

    def __init__(self, *, database_url: str, executor_id: str = "meetdown") -> None:
        """`database_url`: where the engine keeps its own tables, a SQLite file of its own or a PostgreSQL database."""
        config: DBOSConfig = {
            "name": "meetdown",
            "system_database_url": database_url,
            "application_version": WORKFLOW_VERSION,
            "executor_id": executor_id,
            "log_level": "WARNING",
        }
        self._dbos = DBOS(config=config)
        self._workflows: dict[str, Workflow] = {}

    def register(self, name: str, workflow: Workflow) -> None:
        """Before `launch`; the name is what the database remembers."""

        async def run(team_id: str, subject_id: str) -> None:
            await workflow(team_id, subject_id)

        run.__qualname__ = run.__name__ = name
        self._workflows[name] = DBOS.workflow(name=name)(run)

    def launch(self) -> None:
        """Takes up what an earlier run left unfinished."""
        DBOS.launch()

    async def start(self, name: str, key: str, team_id: str, subject_id: str) -> None:
        """Start the workflow under that key; where it was started before, nothing happens."""
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._workflows[name], team_id, subject_id)

    def knows(self, name: str) -> bool:
        return name in self._workflows

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

    def close(self, *, seconds: int = 5) -> None:
        """Lets running workflows end for that long; what is cut off goes on at the next launch."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)
