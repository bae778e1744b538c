"""The real bot in processes of their own, which carry out what is due and end themselves with SIGKILL where told.

    python -m tests.support.crashing_bot

imports the bot once (the slow part of a start) and forks a bot for each line on stdin, a JSON object:
`environment` (the settings), `now`, `crash` (subject → boundary) and `report`, the file to which it writes a JSON pair
on a line: its pid, each boundary that a workflow reaches (subject and boundary), and how it ended.

The subjects in `crash` stop at their boundaries; once all of them stand there, the process is killed. With `stay` it
works until it is killed from outside; else it ends when nothing is left to do.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from dbos import DBOS

from bot.assembly import Meetdown, assemble
from bot.calendars.holidays import countries, holidays_of
from bot.jobs import executors
from bot.jobs.engine import DurableSteps, Engine
from bot.mail.smtp import Mailer
from bot.services import day_words
from bot.settings import read_settings
from bot.slack.gateway import SlackGateway
from domain.clock import SystemClock
from storage import outbox, reminders
from tests.support.bot import MovedClock

T = TypeVar("T")

OUTSIDE = (
    (SlackGateway, "post_message"),
    (SlackGateway, "update_message"),
    (Mailer, "send"),
)
"""What the world sees. After each of these has returned, the bot has yet to note that it did."""

_at: ContextVar[tuple[str, str]] = ContextVar("at")
"""Subject and step under way."""


class Boundaries:
    def __init__(self, report: Path, crash: dict[str, str]) -> None:
        self._report = report
        self._crash = crash
        self._standing: set[str] = set()
        self._times: Counter[tuple[str, str]] = Counter()

    async def reach(self, subject: str, boundary: str) -> None:
        write(self._report, subject, boundary)
        if self._crash.get(subject) != boundary:
            return
        self._standing.add(subject)
        if len(self._standing) == len(self._crash):
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.Event().wait()

    async def acted(self, what: str) -> None:
        """Something outside was done in the present step; the second of its kind is a boundary of its own."""
        at = _at.get(None)
        if at is not None:
            subject, step = at
            self._times[subject, f"{what} in {step}"] += 1
            await self.reach(subject, f"{what} {self._times[subject, f'{what} in {step}']} in {step}")


class CrashingSteps:
    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries
        self._steps = DurableSteps(first_pause_s=0.002)

    async def __call__(self, name: str, function: Callable[..., Awaitable[T]], *args: Any) -> T:
        subject = str(args[1])

        async def run(*given: Any) -> T:
            _at.set((subject, name))
            result = await function(*given)
            await self._boundaries.reach(subject, f"done {name}")
            return result

        await self._boundaries.reach(subject, f"before {name}")
        result = await self._steps(name, run, *args)
        await self._boundaries.reach(subject, f"kept {name}")
        return result


def watch_the_outside(boundaries: Boundaries) -> None:
    for owner, name in OUTSIDE:
        setattr(owner, name, _followed(getattr(owner, name), name, boundaries))


def _followed(method: Callable[..., Awaitable[Any]], name: str, boundaries: Boundaries) -> Callable[..., Any]:
    async def run(*args: Any, **kwargs: Any) -> Any:
        result = await method(*args, **kwargs)
        await boundaries.acted(name)
        return result

    return run


def watch_the_starts(boundaries: Boundaries) -> None:
    """The first boundary of all: what was decided is stored, and no workflow knows of it."""
    start = Engine.start

    async def run(engine: Engine, name: str, key: str, team_id: str, subject_id: str, attempt: int = 0) -> None:
        await boundaries.reach(subject_id, "before the start")
        await start(engine, name, key, team_id, subject_id, attempt)
        await boundaries.reach(subject_id, "after the start")

    setattr(Engine, "start", run)  # noqa: B010 - mypy knows that a method is not assigned to


def watch_the_looks(report: Path) -> None:
    """Among several processes: when this one has looked for those that ended."""
    look_once = executors.OneOfMany.look_once

    async def run(one: executors.OneOfMany, work: executors.Work) -> None:
        await look_once(one, work)
        write(report, "executors", "looked")

    setattr(executors.OneOfMany, "look_once", run)  # noqa: B010 - as above


async def nothing_left(meetdown: Meetdown, clock: MovedClock) -> None:
    while True:
        busy = await DBOS.list_workflows_async(status=["PENDING", "ENQUEUED"], load_input=False)
        promised = await meetdown.database.read(outbox.promised, clock.now())
        due = await meetdown.database.read(reminders.due, clock.now(), 1)
        if not (busy or promised or due):
            return
        await asyncio.sleep(0.03)


async def work(told: dict[str, Any]) -> None:
    boundaries = Boundaries(Path(told["report"]), told["crash"])
    clock = MovedClock(datetime.fromisoformat(told["now"]))
    # Another process's end is noticed at once.
    executors.LOOK_EVERY_S, executors.PATIENCE_S = 0.1, 0.3
    watch_the_outside(boundaries)
    watch_the_starts(boundaries)
    watch_the_looks(Path(told["report"]))
    settings = read_settings(told["environment"])
    async with assemble(settings, clock=clock, steps=CrashingSteps(boundaries)) as meetdown:
        if told["crash"] or told["stay"]:
            await asyncio.Event().wait()
        await nothing_left(meetdown, clock)


def write(report: Path, *words: object) -> None:
    with report.open("a") as file:
        file.write(json.dumps(words) + "\n")


def attend(told: dict[str, Any]) -> None:
    """Fork the bot, and stay to say how it ended."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            asyncio.run(work(told))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    write(Path(told["report"]), "pid", pid)
    _, ended = os.waitpid(pid, 0)
    write(Path(told["report"]), "ended", os.waitstatus_to_exitcode(ended))


def serve() -> None:
    # What every start reads once is read before the fork, and what is loaded by then no fork's collector walks again.
    day_words.preload()
    holidays_of("NL")(SystemClock().now().date())
    countries()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for line in sys.stdin:
        told = json.loads(line)
        if os.fork() == 0:
            with open(told["report"] + ".log", "w") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            attend(told)
            os._exit(0)


if __name__ == "__main__":
    serve()
